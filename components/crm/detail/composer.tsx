"use client";

import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useState, useTransition } from "react";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { logActivityAction, planActivityAction } from "@/lib/crm/actions/activities";
import { writeNoteAction } from "@/lib/crm/actions/deal";
import type { DealView } from "@/lib/crm/core/deal-view";
import { calendarDateAt } from "@/lib/time/offset";
import classes from "./composer.module.css";
import { t } from "./deal-text";
import { MailForm } from "./mail-form";
import { minuteOf, tell } from "./next-step";
import { toldPlainly } from "./note-entry";
import { NoteField, namedIn } from "./note-field";

type Props = {
  readonly view: DealView;
  readonly reader: ScreenReader;
  readonly onChanged: () => void;
};

function NoteForm({ view, onChanged }: Props) {
  const [text, setText] = useState("");
  const [busy, start] = useTransition();
  const send = () =>
    start(async () => {
      const mentions = namedIn(text, view.choices.people);
      const input = { leadId: view.lead.id, body: text, mentions };
      if (!toldPlainly(await writeNoteAction(payload(input)), t("composer.saved"))) return;
      setText("");
      onChanged();
    });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <NoteField
        value={text}
        onChange={setText}
        onSend={send}
        people={view.choices.people.filter(({ id }) => id !== view.readerId)}
        label={t("composer.note")}
        placeholder={t("composer.placeholder")}
      />
      {text === "" ? null : (
        <div className={classes.row}>
          <Button type="submit" size="xs" loading={busy}>
            {t("composer.writeNote")}
          </Button>
        </div>
      )}
    </form>
  );
}

const minutesOf = (text: string): number | null => {
  const minutes = Number.parseInt(text, 10);
  return Number.isFinite(minutes) ? Math.min(1440, Math.max(0, minutes)) : null;
};

function CallForm({ view, onChanged }: Props) {
  const [subject, setSubject] = useState("");
  const [minutes, setMinutes] = useState("");
  const [direction, setDirection] = useState<"in" | "out">("out");
  const [outcome, setOutcome] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const [busy, start] = useTransition();
  const send = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const input = {
        leadId: view.lead.id,
        kind: "call",
        subject,
        direction,
        outcome,
        durationMinutes: minutesOf(minutes),
      };
      const answer = await logActivityAction(payload(input));
      if (answer.status === "invalid") return setTrouble(answer.fields.subject ?? answer.message);
      if (!tell(answer, t("composer.logged"))) return;
      setSubject("");
      setMinutes("");
      setOutcome("");
      onChanged();
    });
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        size="xs"
        label={t("composer.callSubject")}
        value={subject}
        error={trouble}
        maxLength={200}
        onChange={(event) => {
          setSubject(event.currentTarget.value);
          setTrouble(undefined);
        }}
      />
      <div className={classes.row}>
        <NativeSelect
          size="xs"
          label={t("composer.direction")}
          value={direction}
          data={[
            { value: "out", label: t("composer.out") },
            { value: "in", label: t("composer.in") },
          ]}
          onChange={(event) => setDirection(event.currentTarget.value === "in" ? "in" : "out")}
        />
        <TextInput
          size="xs"
          label={t("composer.minutes")}
          inputMode="numeric"
          value={minutes}
          w={80}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
      </div>
      <Textarea
        size="xs"
        label={t("composer.outcome")}
        value={outcome}
        maxLength={2_000}
        autosize
        minRows={2}
        onChange={(event) => setOutcome(event.currentTarget.value)}
      />
      <div className={classes.row}>
        <Button type="submit" size="xs" loading={busy}>
          {t("composer.logCall")}
        </Button>
      </div>
    </form>
  );
}

const KINDS = ["call", "mail", "meeting", "task"] as const;

function PlanForm({ view, reader, onChanged }: Props) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>("call");
  const [subject, setSubject] = useState("");
  const [day, setDay] = useState<string>(() => calendarDateAt(reader.zone, view.now));
  const [time, setTime] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const [busy, start] = useTransition();
  const send = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const minute = minuteOf(time);
      const remindMinutes = minute === null ? 0 : 15;
      const input = { leadId: view.lead.id, kind, subject, day, minute, remindMinutes };
      const answer = await planActivityAction(payload(input));
      if (answer.status === "invalid") return setTrouble(answer.fields.subject ?? answer.message);
      if (!tell(answer, t("composer.planned"))) return;
      setSubject("");
      onChanged();
    });
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <div className={classes.row}>
        <TextInput
          size="xs"
          label={t("composer.what")}
          value={subject}
          error={trouble}
          maxLength={200}
          data-plan
          onChange={(event) => {
            setSubject(event.currentTarget.value);
            setTrouble(undefined);
          }}
        />
        <NativeSelect
          size="xs"
          label={t("composer.kind")}
          value={kind}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(event) =>
            setKind(KINDS.find((known) => known === event.currentTarget.value) ?? "call")
          }
        />
      </div>
      <div className={classes.row}>
        <TextInput
          type="date"
          size="xs"
          label={t("composer.day")}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          size="xs"
          label={t("composer.time")}
          value={time}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" loading={busy}>
          {t("composer.planIt")}
        </Button>
      </div>
    </form>
  );
}

function MeetingWay({ view }: Props) {
  return (
    <div className={classes.row}>
      <p className={classes.hint}>{t("composer.meetingWords")}</p>
      <ButtonLink size="xs" href={`/meetings/new?lead=${view.lead.id}`}>
        {t("meetings.new")}
      </ButtonLink>
    </div>
  );
}

export const WAYS = ["note", "mail", "call", "meeting", "plan"] as const;
export type Way = (typeof WAYS)[number];

const FORMS: Readonly<Record<Way, (props: Props) => ReactNode>> = {
  note: NoteForm,
  mail: MailForm,
  call: CallForm,
  meeting: MeetingWay,
  plan: PlanForm,
};

/** Where what happened is written down, and what comes next is planned. */
export function Composer({
  way,
  onWay,
  ...props
}: Props & { readonly way: Way; readonly onWay: (way: Way) => void }) {
  const Form = FORMS[way];
  return (
    <section className={classes.composer} aria-label={t("composer.label")}>
      <div className={classes.kinds}>
        {WAYS.map((one) => (
          <button key={one} type="button" aria-pressed={one === way} onClick={() => onWay(one)}>
            {t(`composer.${one}`)}
          </button>
        ))}
      </div>
      <Form {...props} />
    </section>
  );
}
