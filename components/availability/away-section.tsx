"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import { Tag } from "@/components/ui/tag";
import { removeAbsenceAction, saveAbsenceAction } from "@/lib/availability/actions";
import { absenceDates } from "@/lib/availability/core/absence";
import { withinAbsences } from "@/lib/availability/core/conflicts";
import type { Absence, BookedMeeting } from "@/lib/availability/core/schedule";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import classes from "./availability.module.css";
import type { RedirectChoice } from "./away-dialog";
import { AwayDialog } from "./away-dialog";
import { dateWords } from "./date-words";
import { MeetingLinks } from "./meeting-links";
import { send } from "./send";
import { UndoLine } from "./undo-line";
import { words } from "./words";

type Props = {
  readonly personId: string;
  /** Set when these are somebody else's absences. */
  readonly personName: string | undefined;
  readonly zone: TimeZone;
  readonly absences: readonly Absence[];
  readonly booked: readonly BookedMeeting[];
  readonly redirects: readonly RedirectChoice[];
  readonly reader: ScreenReader;
  readonly now: Instant;
};

/** "Tue 24 Nov", or with the time where it is no whole day, on the person's own calendar. */
function edges(absence: Absence, { zone, reader, now }: Pick<Props, "zone" | "reader" | "now">) {
  const today = calendarDateAt(zone, now);
  const dates = absenceDates(absence, zone);
  const own = { ...reader, zone };
  const time = (moment: Instant) =>
    dates.fromMinute === null ? "" : ` ${formatTime(moment, own)}`;
  return {
    from: `${dateWords(dates.from, today, reader.locale)}${time(absence.from)}`,
    to: `${dateWords(dates.to, today, reader.locale)}${time(absence.to)}`,
    same: dates.from === dates.to && dates.fromMinute === null,
  };
}

function AbsenceRow({
  absence,
  about,
  onEdit,
  onRemove,
}: {
  absence: Absence;
  about: Props;
  onEdit?: () => void;
  onRemove: () => void;
}) {
  const { now, booked, reader } = about;
  const { from, to, same } = edges(absence, about);
  const within = absence.to > now ? withinAbsences([absence], booked) : [];
  return (
    <li className={classes.entry}>
      <b>{same ? from : words("away.dates", { from, to })}</b>
      <span>
        {words(`away.reasons.${absence.reason}`)}{" "}
        {absence.from <= now && now < absence.to ? (
          <Tag tone="warn">{words("away.now")}</Tag>
        ) : null}
        {absence.redirect === null ? null : (
          <small>{words("away.meanwhile", { name: absence.redirect.name })}</small>
        )}
        {absence.note === null ? null : <small>{absence.note}</small>}
        {within.length === 0 ? null : (
          <small className={classes.within}>
            {words("away.within", { count: within.length })}
            <MeetingLinks meetings={within} reader={reader} />
          </small>
        )}
      </span>
      {onEdit === undefined ? null : (
        <ActionIcon onClick={onEdit} aria-label={words("away.edit", { from })}>
          <IconPencil size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      )}
      <ActionIcon onClick={onRemove} aria-label={words("away.remove", { from })}>
        <IconTrash size={16} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

/** When the person is away from all their links: kept at once, taken back with an undo. */
export function AwaySection(props: Props) {
  const { personId, personName, zone, absences, booked, redirects, reader, now } = props;
  const [editing, setEditing] = useState<Absence | "new">();
  const [saved, setSaved] = useState<readonly BookedMeeting[]>();
  const [removed, setRemoved] = useState<Absence>();
  const [problem, setProblem] = useState<string>();
  const coming = absences.filter((absence) => absence.to > now);
  const over = absences.filter((absence) => absence.to <= now);

  const open = (what: Absence | "new") => {
    setSaved(undefined);
    setEditing(what);
  };
  const remove = async (absence: Absence) => {
    const said = await send(removeAbsenceAction, { absenceId: absence.id });
    setProblem(said.status === "refused" ? said.message : undefined);
    setSaved(undefined);
    setRemoved(said.status === "done" ? absence : undefined);
  };
  const restore = async ({ reason, note, redirect, ...span }: Absence) => {
    const draft = {
      ...absenceDates(span, zone),
      reason,
      note,
      redirectLinkId: redirect?.id ?? null,
    };
    const said = await send(saveAbsenceAction, { personId, draft: JSON.stringify(draft) });
    setProblem(said.status === "refused" ? said.message : undefined);
    if (said.status === "done") setRemoved(undefined);
  };
  const row = (absence: Absence, editable: boolean) => (
    <AbsenceRow
      key={absence.id}
      absence={absence}
      about={props}
      {...(editable ? { onEdit: () => open(absence) } : {})}
      onRemove={() => {
        remove(absence).catch(() => undefined);
      }}
    />
  );

  return (
    <section className={classes.section} aria-labelledby="away">
      <SectionHead id="away" title={words("away.title")}>
        <Button
          size="xs"
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
          onClick={() => open("new")}
        >
          {words("away.add")}
        </Button>
      </SectionHead>
      <p className={classes.lead}>
        {personName === undefined
          ? words("away.hint", { zone: zoneCity(zone) })
          : words("away.hintOf", { name: personName, zone: zoneCity(zone) })}
      </p>
      <div role="status">
        {saved === undefined ? null : <p className={classes.ok}>{words("away.saved")}</p>}
      </div>
      <div role="alert">
        {problem === undefined ? null : <p className={classes.problem}>{problem}</p>}
      </div>
      {removed === undefined ? null : (
        <UndoLine
          undo={words("away.undo")}
          onUndo={() => {
            restore(removed).catch(() => undefined);
          }}
        >
          {words("away.removed", { from: edges(removed, props).from })}
        </UndoLine>
      )}
      {coming.length === 0 ? (
        <p className={classes.quiet}>
          {words(personName === undefined ? "away.none" : "away.noneOf")}
        </p>
      ) : (
        <ul className={classes.entries}>{coming.map((absence) => row(absence, true))}</ul>
      )}
      {over.length === 0 ? null : (
        <details className={classes.folded}>
          <summary>{words("away.over", { count: over.length })}</summary>
          <ul className={classes.entries}>{over.map((absence) => row(absence, false))}</ul>
        </details>
      )}
      <AwayDialog
        key={editing === undefined || editing === "new" ? editing : editing.id}
        absence={editing === "new" ? undefined : editing}
        personId={personId}
        zone={zone}
        booked={booked}
        redirects={redirects}
        reader={reader}
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
        onSaved={(meetings) => {
          setEditing(undefined);
          setRemoved(undefined);
          setSaved(meetings);
        }}
      />
    </section>
  );
}
