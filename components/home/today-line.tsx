"use client";

import { IconDoor, IconVideo } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { dayMark } from "@/components/ui/day-mark";
import { durationText, roughDurationText } from "@/components/ui/duration";
import { t } from "@/components/ui/office-text";
import { Tag } from "@/components/ui/tag";
import { useNow } from "@/components/ui/use-now";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import { dayDifference, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS, toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { minuteOfDayAt } from "@/lib/time/offset";
import { zoneCity } from "@/lib/time/zone-names";
import type { DayEntry } from "./day-line";
import { dayLine } from "./day-line";
import classes from "./today-line.module.css";

const EVENING_MINUTE = 20 * 60;

type MeetingState = Extract<DayEntry, { kind: "meeting" }>["state"];

function peopleText(names: readonly string[]): string {
  const [first, second, ...rest] = names;
  if (first === undefined) return t("home.noGuests");
  if (second === undefined) return first;
  return rest.length === 0
    ? `${first}, ${second}`
    : t("home.andMore", { name: first, count: rest.length + 1 });
}

/** "15:30 Tokyo", with the day where the guest's date is another one. */
function GuestTime({ row, reader }: { row: MeetingRow; reader: ScreenReader }) {
  if (row.guestZone === null || row.guestZone === reader.zone) return null;
  const days = dayDifference(row.start, reader.zone, row.guestZone);
  return (
    <p className={classes.hint}>
      <b>{formatTime(row.start, { ...reader, zone: row.guestZone })}</b> {zoneCity(row.guestZone)}
      {days === 0 ? null : <span className={classes.days}>{dayMark(days)}</span>}
    </p>
  );
}

function StateTag({ row, state, now }: { row: MeetingRow; state: MeetingState; now: Instant }) {
  if (row.status === "pending") return <Tag tone="warn">{t("status.pending")}</Tag>;
  if (state === "running")
    return (
      <Tag tone="solid">
        {t("home.endsIn", { time: durationText(Math.ceil((row.end - now) / MINUTE_MS)) })}
      </Tag>
    );
  if (state === "next")
    return (
      <Tag tone="solid">
        {t("home.startsIn", { time: roughDurationText(Math.ceil((row.start - now) / MINUTE_MS)) })}
      </Tag>
    );
  return null;
}

function Meeting({
  row,
  state,
  reader,
  now,
}: {
  row: MeetingRow;
  state: MeetingState;
  reader: ScreenReader;
  now: Instant;
}) {
  const looked = state === "next" || state === "running";
  const evening = minuteOfDayAt(reader.zone, row.start) >= EVENING_MINUTE;
  return (
    <li className={classes.meeting} data-state={state} data-looked={looked || undefined}>
      <p className={classes.when}>
        <time dateTime={toIso(row.start)}>{formatTime(row.start, reader)}</time>
        <span>
          <span className="sr-only">{t("home.until")} </span>
          {formatTime(row.end, reader)}
        </span>
      </p>
      <span className={classes.node} aria-hidden="true" />
      <div className={classes.what}>
        <h3>
          <Link href={`/meetings/${row.id}`}>{row.subject}</Link>
          <StateTag row={row} state={state} now={now} />
          {evening && !looked ? <Tag>{t("home.afterHours")}</Tag> : null}
        </h3>
        <p className={classes.meta}>
          {peopleText(row.guestNames)}
          {row.place === null ? null : (
            <span>
              {row.joinUrl === null ? (
                <IconDoor size={14} stroke={1.6} aria-hidden="true" />
              ) : (
                <IconVideo size={14} stroke={1.6} aria-hidden="true" />
              )}
              {row.place}
            </span>
          )}
        </p>
      </div>
      <GuestTime row={row} reader={reader} />
      {row.joinUrl === null || state === "past" ? null : (
        <div className={classes.act}>
          <ButtonLink
            href={row.joinUrl}
            external
            size={looked ? "sm" : "xs"}
            variant={looked ? "filled" : "default"}
            aria-label={t("home.joinNamed", { subject: row.subject })}
          >
            {t("home.join")}
          </ButtonLink>
        </div>
      )}
    </li>
  );
}

function NowMark({ now, reader }: { now: Instant; reader: ScreenReader }) {
  return (
    <li className={classes.now}>
      <b>
        <span className="sr-only">{t("home.now")} </span>
        {formatTime(now, reader)}
      </b>
      <span className={classes.node} aria-hidden="true" />
      <i />
    </li>
  );
}

function Gap({ span }: { span: Interval }) {
  return (
    <li className={classes.gap}>
      <span className={classes.node} aria-hidden="true" />
      <p>{t("home.free", { time: durationText((span.to - span.from) / MINUTE_MS) })}</p>
    </li>
  );
}

/** Today's meetings on a line with the moment running through it; moves on with every minute. */
export function TodayLine({
  rows,
  reader,
  now: serverNow,
}: {
  rows: readonly MeetingRow[];
  reader: ScreenReader;
  now: Instant;
}) {
  const now = useNow(serverNow);
  return (
    <ol className={classes.line}>
      {dayLine(rows, now).map((entry) => {
        if (entry.kind === "now") return <NowMark key="now" now={now} reader={reader} />;
        if (entry.kind === "gap") return <Gap key={`gap-${entry.span.to}`} span={entry.span} />;
        const { row, state } = entry;
        return <Meeting key={row.id} row={row} state={state} reader={reader} now={now} />;
      })}
    </ol>
  );
}
