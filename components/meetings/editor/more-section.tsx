"use client";

import {
  ActionIcon,
  Button,
  Checkbox,
  Chip,
  Radio,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { durationText } from "@/components/ui/duration";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import classes from "./meeting-editor.module.css";
import { Section } from "./section";
import { words } from "./words";

type Props = {
  draft: MeetingDraft;
  errors: Readonly<Record<string, string>>;
  set: (change: Partial<MeetingDraft>) => void;
};

const BEFORE = [10, 30, 60, 120, 1440, 2880];
const MOST_REMINDERS = 5;
const MOST_PAPERS = 20;

function Papers({ draft, errors, set }: Props) {
  const { attachments } = draft;
  const change = (index: number, paper: (typeof attachments)[number]) =>
    set({ attachments: attachments.map((one, place) => (place === index ? paper : one)) });
  return (
    <fieldset className={classes.group}>
      <legend>{words("more.papers")}</legend>
      <p className={classes.help}>{words("more.papersHelp")}</p>
      {attachments.map((paper, index) => {
        const number = index + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: typing in a row must keep the field that has the focus.
          <div key={index} className={classes.paper}>
            <TextInput
              aria-label={words("more.paperTitle", { number })}
              placeholder={words("more.paperTitle", { number })}
              value={paper.title}
              error={errors[`attachments.${index}.title`]}
              onChange={(event) => change(index, { ...paper, title: event.currentTarget.value })}
            />
            <TextInput
              aria-label={words("more.paperUrl", { number })}
              placeholder="https://"
              type="url"
              value={paper.url}
              error={errors[`attachments.${index}.url`]}
              onChange={(event) => change(index, { ...paper, url: event.currentTarget.value })}
            />
            <ActionIcon
              aria-label={words("more.removePaper", { number })}
              onClick={() =>
                set({ attachments: attachments.filter((_, place) => place !== index) })
              }
            >
              <IconX size={16} stroke={1.6} aria-hidden="true" />
            </ActionIcon>
          </div>
        );
      })}
      {attachments.length < MOST_PAPERS ? (
        <Button
          size="xs"
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
          onClick={() => set({ attachments: [...attachments, { title: "", url: "" }] })}
        >
          {words("more.addPaper")}
        </Button>
      ) : null}
    </fieldset>
  );
}

function Reminders({ draft, set }: Props) {
  const { reminderMinutes: chosen } = draft;
  const modes = { own: chosen === null, none: chosen?.length === 0 };
  const rest = modes.none ? "none" : "set";
  const mode = modes.own ? "own" : rest;
  const offered = [...new Set([...BEFORE, ...(chosen ?? [])])].sort((a, b) => a - b);
  return (
    <div>
      <Select
        label={words("more.reminders")}
        data={[
          { value: "own", label: words("more.remindersOwn") },
          { value: "none", label: words("more.remindersNone") },
          { value: "set", label: words("more.remindersSet") },
        ]}
        value={mode}
        allowDeselect={false}
        onChange={(value) =>
          set({
            reminderMinutes: { own: null, none: [], set: [1440, 60] }[value ?? "own"] ?? null,
          })
        }
      />
      {mode === "set" ? (
        <Chip.Group
          multiple
          value={(chosen ?? []).map(String)}
          onChange={(values) =>
            set({ reminderMinutes: values.slice(0, MOST_REMINDERS).map(Number) })
          }
        >
          <div className={classes.chips}>
            {offered.map((minutes) => (
              <Chip key={minutes} value={String(minutes)} size="xs">
                {durationText(minutes)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      ) : null}
    </div>
  );
}

/** What is to be talked about, papers, reminders, and who may see it. */
export function MoreSection(props: Props) {
  const { draft, errors, set } = props;
  return (
    <Section id="more" title={words("more.title")}>
      <Textarea
        label={words("more.agenda")}
        description={words("more.agendaHelp")}
        autosize
        minRows={3}
        maxRows={14}
        value={draft.agenda}
        error={errors.agenda}
        onChange={(event) => set({ agenda: event.currentTarget.value })}
      />
      <Papers {...props} />
      <div className={classes.two}>
        <Reminders {...props} />
        <Radio.Group
          label={words("more.visibility")}
          value={draft.visibility}
          onChange={(value) => set({ visibility: value === "private" ? "private" : "public" })}
        >
          <div className={classes.radios}>
            <Radio
              value="public"
              label={words("more.public")}
              description={words("more.publicHelp")}
            />
            <Radio
              value="private"
              label={words("more.private")}
              description={words("more.privateHelp")}
            />
          </div>
        </Radio.Group>
      </div>
      <Checkbox
        label={words("more.sharesList")}
        description={words("more.sharesListHelp")}
        checked={draft.sharesList}
        onChange={(event) => set({ sharesList: event.currentTarget.checked })}
      />
    </Section>
  );
}
