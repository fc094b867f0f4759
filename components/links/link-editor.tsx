"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { MouseEvent } from "react";
import { useEffect, useState } from "react";
import type { GuestTexts } from "@/components/guest/words";
import type { LinkDetail } from "@/lib/links/core/link-view";
import type { Instant } from "@/lib/time/instant";
import { AfterSection } from "./after-section";
import { ApprovalSection } from "./approval-section";
import { BasicsSection } from "./basics-section";
import { ClashPanel } from "./clash-panel";
import classes from "./editor.module.css";
import { HoursSection } from "./hours-section";
import { LeaveGuard } from "./leave-guard";
import type { LinkNumbers } from "./link-head";
import { LinkHead } from "./link-head";
import { LinkMenu } from "./link-menu";
import { LookSection } from "./look-section";
import { PlaceSection } from "./place-section";
import type { Device } from "./preview-pane";
import { PreviewPane } from "./preview-pane";
import { QuestionsSection } from "./questions-section";
import { RulesSection } from "./rules-section";
import type { SectionProps } from "./section-props";
import { useLinkDraft } from "./use-link-draft";
import { words } from "./words";

const PARTS = [
  "basics",
  "hours",
  "rules",
  "place",
  "questions",
  "approval",
  "after",
  "look",
] as const;
type Part = (typeof PARTS)[number];

/** The part whose heading was passed last while scrolling. */
function usePassedPart(): Part {
  const [part, setPart] = useState<Part>("basics");
  useEffect(() => {
    const look = () => {
      const passed = PARTS.filter((id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top < 160;
      });
      setPart(passed.at(-1) ?? "basics");
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  return part;
}

function Parts({ questions }: { questions: number }) {
  const current = usePassedPart();
  const jump = (event: MouseEvent, part: Part) => {
    event.preventDefault();
    document.getElementById(part)?.scrollIntoView({ block: "start" });
    document.getElementById(`${part}-title`)?.focus({ preventScroll: true });
  };
  return (
    <nav className={classes.parts} aria-label={words("head.settings")}>
      {PARTS.map((part) => (
        <a
          key={part}
          href={`#${part}`}
          aria-current={part === current ? "true" : undefined}
          onClick={(event) => jump(event, part)}
        >
          {words(`${part}.title`)}
          {part === "questions" && questions > 0 ? <span>{questions}</span> : null}
        </a>
      ))}
    </nav>
  );
}

type Props = Pick<SectionProps, "reader" | "choices"> & {
  readonly link: LinkDetail;
  readonly appUrl: string;
  readonly numbers: LinkNumbers;
  readonly texts: GuestTexts;
  readonly now: Instant;
};

/** Every setting of a link, and beside them what guests find with the settings as they stand. */
export function LinkEditor({ link, choices, appUrl, numbers, texts, reader, now }: Props) {
  const editing = useLinkDraft(link.id, link.version, link.draft, choices.people);
  const { draft, saved, unsaved, hours, dirty, errors, tried } = editing;
  const [device, setDevice] = useState<Device>("phone");
  const archived = link.state === "archived";
  const problems = Object.keys(errors).length;

  const discard = () => {
    const undo = editing.discard();
    notifications.show({
      color: "accent",
      message: (
        <span className={classes.undo}>
          {words("head.discarded")}
          <Button size="xs" onClick={undo}>
            {words("head.undo")}
          </Button>
        </span>
      ),
    });
  };
  const section: SectionProps = {
    linkId: link.id,
    draft,
    errors,
    set: editing.set,
    choices,
    hours,
    reader,
    now,
    uses: link.uses,
  };
  return (
    <div className={classes.page}>
      <LinkHead
        id={link.id}
        name={saved.draft.name}
        token={saved.draft.token}
        appUrl={appUrl}
        state={link.state}
        numbers={numbers}
      >
        <p className={classes.dirty} data-dirty={dirty || undefined} role="status">
          {dirty ? words("head.unsaved", { count: unsaved }) : words("head.allSaved")}
        </p>
        {dirty ? (
          <Button variant="subtle" onClick={discard}>
            {words("head.discard")}
          </Button>
        ) : null}
        <Button component="a" href="#preview" className={classes.toPreview}>
          {words("head.preview")}
        </Button>
        <LinkMenu
          id={link.id}
          name={saved.draft.name}
          version={saved.version}
          address={`${appUrl}/book/${saved.draft.token}`}
          archived={archived}
          onChanged={editing.renew}
        />
        <Button
          variant="filled"
          className={classes.save}
          disabled={archived}
          loading={editing.busy}
          onClick={editing.save}
        >
          {words("head.save")}
        </Button>
      </LinkHead>
      {archived ? <p className={classes.notice}>{words("head.archived")}</p> : null}
      {link.parent === null ? null : (
        <p className={classes.notice}>{words("head.oneOff", { name: link.parent.name })}</p>
      )}
      {editing.found === undefined ? null : (
        <div className={classes.notice} role="status">
          <p>{words("head.found")}</p>
          <Button size="xs" onClick={() => editing.bringBack(true)}>
            {words("head.bringBack")}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => editing.bringBack(false)}>
            {words("head.forget")}
          </Button>
        </div>
      )}
      {editing.clashes === undefined ? null : (
        <ClashPanel clashes={editing.clashes} draft={draft} onDecide={editing.decide} />
      )}
      {tried && problems > 0 ? (
        <div className={classes.problems} role="alert">
          <p>{words("head.problems", { count: problems })}</p>
          <ul>
            {Object.entries(errors).map(([path, message]) => (
              <li key={path}>{message}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <Parts questions={draft.questions.length} />
      <div className={classes.split} data-device={device}>
        <form className={classes.settings} onSubmit={(event) => event.preventDefault()} noValidate>
          <BasicsSection
            {...section}
            addressStart={`${appUrl.replace(/^https?:\/\//, "")}/book/`}
          />
          <HoursSection {...section} />
          <RulesSection {...section} />
          <PlaceSection {...section} />
          <QuestionsSection {...section} />
          <ApprovalSection {...section} />
          <AfterSection {...section} />
          <LookSection {...section} />
        </form>
        <PreviewPane
          linkId={link.id}
          draft={draft}
          hours={hours.changed}
          dirty={dirty}
          texts={texts}
          reader={reader}
          now={now}
          device={device}
          onDevice={setDevice}
        />
      </div>
      <LeaveGuard unsaved={unsaved} />
    </div>
  );
}
