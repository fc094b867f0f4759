"use client";

import type { Icon } from "@tabler/icons-react";
import {
  IconArrowBackUp,
  IconArrowRight,
  IconCircleCheck,
  IconCircleX,
  IconGitMerge,
  IconNote,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUserShare,
  IconVideo,
} from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { durationText } from "@/components/ui/duration";
import type { DealMeeting, Named, TimelineEntry } from "@/lib/crm/core/deal-view";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import { TakeBackButton } from "../merge/take-back";
import { At } from "./at";
import { t } from "./deal-text";
import classes from "./deal-timeline.module.css";
import { changeWords } from "./fact-words";
import { ACTIVITY_ICONS } from "./next-step";
import { NoteEntry } from "./note-entry";

const EVENT_ICONS: Readonly<Record<string, Icon>> = {
  created: IconPlus,
  converted: IconArrowRight,
  won: IconCircleCheck,
  lost: IconCircleX,
  junked: IconTrash,
  deleted: IconTrash,
  reopened: IconArrowBackUp,
  restored: IconArrowBackUp,
  unmerged: IconArrowBackUp,
  merged: IconGitMerge,
};

const EVENTS = [
  "created",
  "converted",
  "reverted",
  "won",
  "lost",
  "junked",
  "reopened",
  "restated",
  "merged",
  "unmerged",
  "deleted",
  "restored",
] as const;

const VIAS = ["api", "import", "rule", "job", "undo", "booking"] as const;

function Who({ by, via }: { by: string | null; via?: string | null }) {
  const way = VIAS.find((known) => known === via);
  const words = [by, way === undefined ? undefined : t(`timeline.via.${way}`)]
    .filter((part) => part !== null && part !== undefined)
    .join(", ");
  return words === "" ? null : <p className={classes.sub}>{words}</p>;
}

type Entry<Kind extends TimelineEntry["kind"]> = Extract<TimelineEntry, { readonly kind: Kind }>;

function StageWords({ entry }: { entry: Entry<"stage"> }) {
  const { event, from, to, probabilityFrom, probabilityTo } = entry;
  const known = EVENTS.find((one) => one === event);
  const title =
    known === undefined
      ? t("timeline.moved", { from: from ?? "–", to: to ?? "–" })
      : t(`timeline.${known}`);
  const moved =
    probabilityFrom !== null && probabilityTo !== null && probabilityFrom !== probabilityTo
      ? t("timeline.probability", { from: probabilityFrom, to: probabilityTo })
      : undefined;
  return (
    <div>
      <p>
        <b>{title}</b>
      </p>
      {entry.reason === null || entry.reason === "" ? null : <p>{entry.reason}</p>}
      <Who by={[entry.by, moved].filter(Boolean).join(" · ") || null} via={entry.via} />
    </div>
  );
}

const MAIL_STATES = ["queued", "sending", "sent", "bounced", "failed", "suppressed"] as const;

function activityTitle({ activity }: Entry<"activity">): string {
  const { kind, direction, durationMinutes } = activity;
  if (kind === "mail" && direction !== null)
    return t(direction === "in" ? "timeline.mailFrom" : "timeline.mailTo");
  const name = kind === "call" && direction === "in" ? t("timeline.callFrom") : t(`kind.${kind}`);
  return durationMinutes === null
    ? name
    : t("timeline.activityMinutes", { kind: name, minutes: durationMinutes });
}

function ActivityWords({ entry }: { entry: Entry<"activity"> }) {
  const { activity } = entry;
  const state = MAIL_STATES.find((known) => known === activity.delivery?.state);
  return (
    <div>
      <p>
        <b>{activityTitle(entry)}</b>
        {state === undefined ? null : (
          <span className={classes.state} data-state={state}>
            {t(`timeline.mail.${state}`)}
          </span>
        )}
      </p>
      <p>{activity.subject}</p>
      {activity.note === null ? null : <p className={classes.text}>{activity.note}</p>}
      {activity.outcome === null ? null : <p className={classes.text}>{activity.outcome}</p>}
      <Who by={entry.by} />
    </div>
  );
}

const meetingTitle = ({ state, start, end }: DealMeeting): string => {
  if (state === "no_show") return t("timeline.meetingNoShow");
  if (state === "cancelled") return t("timeline.meetingCancelled");
  const minutes = durationText((end - start) / MINUTE_MS);
  return t(state === "done" ? "timeline.meetingHeld" : "timeline.meetingWas", { minutes });
};

function MeetingWords({ meeting }: { meeting: DealMeeting }) {
  return (
    <div>
      <p>
        <b>{meetingTitle(meeting)}</b>
      </p>
      <p>
        {meeting.readable ? (
          <Link className="link" href={`/meetings/${meeting.id}`}>
            {meeting.subject}
          </Link>
        ) : (
          t("timeline.private")
        )}
        {meeting.readable && meeting.hasMinutes ? (
          <>
            {" · "}
            <Link className="link" href={`/meetings/${meeting.id}#h-minutes`}>
              {t("timeline.minutes")}
            </Link>
          </>
        ) : null}
      </p>
      <p className={classes.sub}>
        {[
          meeting.hostName,
          meeting.booked ? t("timeline.booked") : undefined,
          meeting.place ?? undefined,
        ]
          .filter((part) => part !== undefined)
          .join(" · ")}
      </p>
    </div>
  );
}

function HandoverWords({ entry }: { entry: Entry<"assignment"> }) {
  return (
    <div>
      <p>
        <b>
          {entry.owner === null
            ? t("timeline.unassigned")
            : t("timeline.assigned", { owner: entry.owner })}
        </b>
      </p>
      <p className={classes.text}>{entry.reason}</p>
      <Who by={entry.by} />
    </div>
  );
}

function iconOf(entry: TimelineEntry): Icon {
  switch (entry.kind) {
    case "stage":
      return EVENT_ICONS[entry.event] ?? IconArrowRight;
    case "change":
      return IconPencil;
    case "activity":
      return ACTIVITY_ICONS[entry.activity.kind];
    case "note":
      return IconNote;
    case "meeting":
      return IconVideo;
    case "assignment":
      return IconUserShare;
    case "merge":
      return IconGitMerge;
  }
}

function wordsOf(
  entry: TimelineEntry,
  reader: ScreenReader,
  people: readonly Named[],
  onChanged: () => void,
): ReactNode {
  switch (entry.kind) {
    case "stage":
      return <StageWords entry={entry} />;
    case "change":
      return (
        <div>
          <p>{changeWords(entry, reader)}</p>
          <Who by={entry.by} via={entry.via} />
        </div>
      );
    case "activity":
      return <ActivityWords entry={entry} />;
    case "note":
      return <NoteEntry entry={entry} people={people} onChanged={onChanged} />;
    case "meeting":
      return <MeetingWords meeting={entry.meeting} />;
    case "assignment":
      return <HandoverWords entry={entry} />;
    case "merge":
      return (
        <div>
          <p>
            <b>{t("timeline.mergedIn", { count: entry.count })}</b>
            {entry.undone ? ` (${t("timeline.mergeUndone")})` : null}
          </p>
          <Who by={entry.by} />
          {entry.open ? (
            <TakeBackButton record="lead" mergeId={entry.id} onChanged={onChanged} />
          ) : null}
        </div>
      );
  }
}

/** Entries of a deal's life, newest first. */
export function Timeline({
  entries,
  more = false,
  empty,
  reader,
  now,
  people,
  onChanged,
}: {
  entries: readonly TimelineEntry[];
  more?: boolean;
  empty: string;
  reader: ScreenReader;
  now: Instant;
  people: readonly Named[];
  onChanged: () => void;
}) {
  if (entries.length === 0) return <p className={classes.empty}>{empty}</p>;
  return (
    <>
      <ol className={classes.line}>
        {entries.map((entry) => {
          const EntryIcon = iconOf(entry);
          return (
            <li key={`${entry.kind} ${entry.id}`} data-kind={entry.kind}>
              <span className={classes.icon}>
                <EntryIcon size={13} stroke={1.6} aria-hidden="true" />
              </span>
              {wordsOf(entry, reader, people, onChanged)}
              <At moment={entry.at} now={now} reader={reader} />
            </li>
          );
        })}
      </ol>
      {more ? <p className={classes.empty}>{t("timeline.more")}</p> : null}
    </>
  );
}
