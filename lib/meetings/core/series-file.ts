import { minuteOfDayOf } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { calendarDateAt, minuteOfDayAt, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";
import type { CalendarFileFacts } from "./calendar-file";
import { buildCalendarFile } from "./calendar-file";
import type { LocalMoment, RecurrenceRule } from "./recurrence";
import { lastMomentOf, momentOfWall, occurrencesOf } from "./recurrence";
import { formatRule } from "./rrule";
import { vtimezoneLines } from "./vtimezone";

/** What a series repeats by, and which of its dates are left out for this reader. */
export type SeriesRule = {
  readonly rule: RecurrenceRule;
  readonly zone: TimeZone;
  readonly startsLocal: LocalMoment;
  /** Original starts: cancelled, skipped, or not this reader's. */
  readonly excluded: readonly Instant[];
};

/** What one entry says: of the series as such, or of one of its dates. */
export type SeriesEntry = Pick<
  CalendarFileFacts,
  "summary" | "description" | "location" | "url" | "start" | "end" | "settled"
> &
  Partial<Pick<CalendarFileFacts, "attendee" | "others" | "sequence">>;

/** One date that differs from its series, or is sent by itself. `recurrenceId`: its original start. */
export type SeriesException = SeriesEntry & { readonly recurrenceId: Instant };

/** A series as one reader's calendar shows it. */
export type SeriesFileFacts = Omit<
  CalendarFileFacts,
  Exclude<keyof SeriesEntry, "attendee" | "others" | "sequence">
> & {
  readonly series: SeriesRule;
  /** The series as such; absent when only some of its dates are sent. `start` and `end` are its first date's. */
  readonly master?: SeriesEntry;
  readonly exceptions: readonly SeriesException[];
};

const wallText = ({ date, minute }: LocalMoment): string => {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.replaceAll("-", "")}T${two(Math.floor(minute / 60))}${two(minute % 60)}00`;
};

const utcText = (moment: Instant): string =>
  new Date(moment).toISOString().replace(/[-:]|\.\d{3}/g, "");

/** `;TZID=Europe/Berlin:20261124T090000`, or `:20261124T090000Z` of a series in UTC. */
function timeValue(moment: Instant, wall: LocalMoment, zone: TimeZone): string {
  return zone === UTC ? `:${utcText(moment)}` : `;TZID=${zone}:${wallText(wall)}`;
}

/** Whether clocks there show this wall time exactly once. */
const isPlain = ({ date, minute }: LocalMoment, zone: TimeZone): boolean =>
  wallToInstants(date, minute, zone).length === 1;

/** A moment as the clock shows it; in UTC where the clock shows that twice and readers would choose differently. */
function shownValue(moment: Instant, zone: TimeZone): string {
  const wall = {
    date: calendarDateAt(zone, moment),
    minute: minuteOfDayOf(minuteOfDayAt(zone, moment)),
  };
  return isPlain(wall, zone) ? timeValue(moment, wall, zone) : `:${utcText(moment)}`;
}

/** How the rule itself names each of its dates: in the local time the rule has, also where the clock skips it. */
function namesOf({ rule, startsLocal, zone }: SeriesRule): (moment: Instant) => string {
  const dates = new Map(occurrencesOf(rule, startsLocal, zone).map((one) => [one.start, one.date]));
  return (moment) => {
    const date = dates.get(moment);
    return date === undefined
      ? shownValue(moment, zone)
      : timeValue(moment, { date, minute: startsLocal.minute }, zone);
  };
}

/**
 * The dates whose wall time the clock shows twice or skips. RFC 5545 says which moment is meant, yet programs disagree,
 * so these say it themselves.
 */
function oddDates({ series, exceptions }: SeriesFileFacts, master: SeriesEntry): SeriesException[] {
  const { rule, startsLocal, zone, excluded } = series;
  const spoken = new Set([...excluded, ...exceptions.map((one) => one.recurrenceId)]);
  return occurrencesOf(rule, startsLocal, zone)
    .filter(({ date, start }) => !spoken.has(start) && !isPlain({ ...startsLocal, date }, zone))
    .map(({ start }) => ({
      ...master,
      recurrenceId: start,
      start,
      end: instantOf(start + (master.end - master.start)),
    }));
}

const EVENT = /^BEGIN:VEVENT\r\n(?:[^\r\n]*\r\n)*?END:VEVENT\r\n/m;

/**
 * One VEVENT. The writer of single meetings makes all of it but the times, which it has in UTC: a rule in UTC would
 * move with the clocks. Its own lines begin at the line's start, and nobody's text does: that is folded or escaped.
 */
function eventText(
  facts: SeriesFileFacts,
  entry: SeriesEntry,
  times: { readonly start: string; readonly end: string; readonly more: readonly string[] },
): string {
  const { series: _series, master: _master, exceptions: _exceptions, ...shared } = facts;
  const single = buildCalendarFile({ ...shared, ...entry });
  const [event] = EVENT.exec(single) ?? [];
  if (event === undefined) throw new Error("a calendar file without an event");
  return event
    .replace(
      /^DTSTART:.*\r\n/m,
      `DTSTART${times.start}\r\n${times.more.map((line) => `${line}\r\n`).join("")}`,
    )
    .replace(/^DTEND:.*\r\n/m, `DTEND${times.end}\r\n`);
}

function masterText(facts: SeriesFileFacts, master: SeriesEntry): string {
  const { series, method } = facts;
  const { rule, zone, startsLocal, excluded } = series;
  const name = namesOf(series);
  const start = momentOfWall(startsLocal, zone);
  const end = instantOf(start + (master.end - master.start));
  return eventText(facts, master, {
    start: timeValue(start, startsLocal, zone),
    end: shownValue(end, zone),
    more: [
      `RRULE:${formatRule(rule, zone)}`,
      // One a line: no line needs folding, and readers that know one value only know all.
      ...(method === "CANCEL"
        ? []
        : excluded.toSorted((a, b) => a - b).map((moment) => `EXDATE${name(moment)}`)),
    ],
  });
}

function exceptionText(facts: SeriesFileFacts, exception: SeriesException): string {
  const { recurrenceId, ...entry } = exception;
  const { zone } = facts.series;
  const name = namesOf(facts.series);
  return eventText(facts, entry, {
    start: shownValue(entry.start, zone),
    end: shownValue(entry.end, zone),
    more: [`RECURRENCE-ID${name(recurrenceId)}`],
  });
}

/** From the first to the last moment the file names. */
function spanOf({ series, master, exceptions }: SeriesFileFacts): readonly [Instant, Instant] {
  const { rule, startsLocal, zone } = series;
  const begin = momentOfWall(startsLocal, zone);
  const dates = master === undefined ? [] : occurrencesOf(rule, startsLocal, zone);
  const length = master === undefined ? 0 : master.end - master.start;
  const moments = [
    begin,
    ...dates.map(({ start }) => start + length),
    ...(rule.end.kind === "until" ? [lastMomentOf(rule.end.date, zone)] : []),
    ...exceptions.flatMap((one) => [one.recurrenceId, one.start, one.end]),
  ];
  return [instantOf(Math.min(...moments)), instantOf(Math.max(...moments) + MINUTE_MS)];
}

/**
 * The VEVENTs of a series for one reader, each ending in CRLF: the series with its rule and left-out dates, then the
 * dates that differ. For a file of their own, or for a feed. Throws as `buildCalendarFile` does.
 */
export function seriesEvents(facts: SeriesFileFacts): string {
  const { master, exceptions, method } = facts;
  const odd = master === undefined || method === "CANCEL" ? [] : oddDates(facts, master);
  return [
    ...(master === undefined ? [] : [masterText(facts, master)]),
    ...[...exceptions, ...odd]
      .sort((a, b) => a.recurrenceId - b.recurrenceId)
      .map((exception) => exceptionText(facts, exception)),
  ].join("");
}

/** The VTIMEZONE the events of a series name, ending in CRLF; empty for UTC. */
export function seriesZone(facts: SeriesFileFacts): string {
  if (facts.series.zone === UTC) return "";
  const [from, to] = spanOf(facts);
  return vtimezoneLines(facts.series.zone, from, to)
    .map((line) => `${line}\r\n`)
    .join("");
}

/**
 * The iCalendar object of a series, or of some of its dates, for one reader: local times of the series' zone, which the
 * file declares. Pure. Throws when there is nothing to say, and as `buildCalendarFile` does.
 */
export function buildSeriesFile(facts: SeriesFileFacts): string {
  const sample = facts.master ?? facts.exceptions[0];
  if (sample === undefined) throw new Error("a series file needs an entry");
  const { series: _series, master: _master, exceptions: _exceptions, ...shared } = facts;
  const frame = buildCalendarFile({ ...shared, ...sample });
  return frame.replace(EVENT, () => seriesZone(facts) + seriesEvents(facts));
}
