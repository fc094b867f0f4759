"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { durationText } from "@/components/ui/duration";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { formatDateLong, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import classes from "./meeting-editor.module.css";
import { Section } from "./section";
import type { EditorReader } from "./time-fields";
import { TimeFields } from "./time-fields";
import { momentAt } from "./typed-moment";
import { words } from "./words";

const LENGTHS = [15, 30, 45, 60, 90, 120];

/** The two moments of a time the clock shows twice. */
function Twice({
  start,
  reader,
  onChoose,
}: {
  start: Instant;
  reader: ScreenReader;
  onChoose: (start: Instant) => void;
}) {
  const { zone, locale } = reader;
  const typed = momentAt(calendarDateAt(zone, start), minuteOfDayAt(zone, start), zone);
  if (typed.kind !== "twice") return null;
  const name = (moment: Instant, key: "when.earlier" | "when.later") =>
    words(key, {
      time: formatTime(moment, reader),
      abbreviation: zoneAbbreviation(moment, zone, locale),
    });
  const [earlier, later] = typed.moments;
  return (
    <div className={classes.note} role="status">
      <p>{words("when.twice", { zone: zoneCity(zone) })}</p>
      <SegmentedControl
        size="xs"
        value={String(start)}
        data={[
          { value: String(earlier), label: name(earlier, "when.earlier") },
          { value: String(later), label: name(later, "when.later") },
        ]}
        onChange={(value) => onChoose(instantOf(Number(value)))}
      />
    </div>
  );
}

/** When it is, in the reader's own zone: a day and two times, typed or chosen, or a length. */
export function TimeSection({
  draft,
  errors,
  reader,
  now,
  onMove,
}: {
  draft: MeetingDraft;
  errors: Readonly<Record<string, string>>;
  reader: EditorReader;
  now: Instant;
  onMove: (wanted: Interval) => void;
}) {
  const { zone } = reader;
  const { start, end } = draft;
  const [skipped, setSkipped] = useState<Instant>();
  const date = calendarDateAt(zone, start);
  const minutes = (end - start) / MINUTE_MS;
  const begin = (from: Instant) => onMove({ from, to: addMinutes(from, minutes) });
  const nextDay = calendarDateAt(zone, end) !== date;
  return (
    <Section id="when" title={words("when.title")}>
      <div className={classes.when}>
        <TimeFields
          wanted={{ from: start, to: end }}
          errors={errors}
          reader={reader}
          onMove={onMove}
          onSkipped={setSkipped}
        />
        <p className={classes.zone}>
          {words("when.zone", { zone: zoneCity(zone) })}{" "}
          <span>{zoneAbbreviation(start, zone, reader.locale)}</span>
        </p>
      </div>
      <fieldset className={classes.lengths} aria-label={words("when.length")}>
        {LENGTHS.map((length) => (
          <Button
            key={length}
            size="xs"
            variant={length === minutes ? "light" : "default"}
            aria-pressed={length === minutes}
            onClick={() => onMove({ from: start, to: addMinutes(start, length) })}
          >
            {durationText(length)}
          </Button>
        ))}
        {LENGTHS.includes(minutes) ? null : <span>{durationText(minutes)}</span>}
      </fieldset>
      {nextDay ? (
        <p className={classes.help}>
          {words("when.endsNextDay", { date: formatDateLong(end, reader) })}
        </p>
      ) : null}
      <Twice start={start} reader={reader} onChoose={begin} />
      {skipped === start ? (
        <p className={classes.note} role="status">
          {words("when.skipped", { zone: zoneCity(zone), time: formatTime(start, reader) })}
        </p>
      ) : null}
      {start <= now ? (
        <p className={classes.note} role="status">
          {words("when.past")}
        </p>
      ) : null}
    </Section>
  );
}
