import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS, toIso } from "@/lib/time/instant";
import type { SeriesFacts } from "./mail-facts";
import type { Attendee, Meeting, MeetingSeries } from "./meeting";
import { occurrencesOf } from "./recurrence";
import { formatRule } from "./rrule";
import type { Series } from "./series";
import { localText } from "./series";

const iso = (epochMs: number): string => toIso(instantOf(epochMs));

/**
 * SEQUENCE of one meeting's entry. A date of a series counts its own changes on top of its series', so that the number
 * rises with either.
 */
export const sequenceInFile = ({
  series,
  sequence,
}: Pick<Meeting, "series" | "sequence">): number => (series?.sequence ?? 0) + sequence;

/** The number a series has after a change: above every number any of its entries had. */
export const nextSequence = (
  series: Pick<Series, "sequence">,
  dates: readonly Pick<Meeting, "sequence">[],
): number => series.sequence + Math.max(0, ...dates.map(({ sequence }) => sequence)) + 1;

/** What a mail about one date says of its series. */
export const oneDateFacts = (meeting: Meeting, series: MeetingSeries): SeriesFacts => ({
  rule: series.rule,
  zone: series.zone,
  startsLocal: series.startsLocal,
  minutes: Math.max(1, Math.round((meeting.end - meeting.start) / MINUTE_MS)),
  scope: "one",
  recurrenceId: iso(series.recurrenceStart),
  excluded: [],
  exceptions: [],
});

/** Who a reader is on every date: each date has rows of its own. */
export const readerKey = ({ userId, email }: Pick<Attendee, "userId" | "email">): string =>
  userId ?? email.toLowerCase();

const takesPart = (meeting: Meeting, key: string): boolean =>
  meeting.attendees.some((one) => one.leftAt === null && readerKey(one) === key);

const placeText = ({ placeLabel, placeDetail }: Meeting): string =>
  [placeLabel, placeDetail].filter(Boolean).join(", ");

const originalStart = (meeting: Meeting): number =>
  meeting.series?.recurrenceStart ?? meeting.start;

const differs = (meeting: Meeting, model: Meeting, series: Series): boolean =>
  meeting.start !== originalStart(meeting) ||
  meeting.end - meeting.start !== series.durationMinutes * MINUTE_MS ||
  meeting.subject !== model.subject ||
  placeText(meeting) !== placeText(model);

const exceptionOf = (meeting: Meeting): SeriesFacts["exceptions"][number] => {
  const place = placeText(meeting) || meeting.joinUrl;
  return {
    recurrenceId: iso(originalStart(meeting)),
    start: iso(meeting.start),
    end: iso(meeting.end),
    sequence: sequenceInFile(meeting),
    subject: meeting.subject,
    ...(place ? { place } : {}),
  };
};

/**
 * What one reader is told of a whole series: its rule, the dates that are none of theirs, and the dates that differ
 * from `model`, the date that stands for the series. `dates` are all its meetings, cancelled ones included.
 */
export function seriesFacts(
  series: Series,
  dates: readonly Meeting[],
  {
    model,
    key,
    shortened = false,
  }: { readonly model: Meeting; readonly key: string; readonly shortened?: boolean },
): SeriesFacts {
  const held = new Map(
    dates
      .filter((meeting) => meeting.state !== "cancelled" && takesPart(meeting, key))
      .map((meeting) => [originalStart(meeting), meeting]),
  );
  const starts = occurrencesOf(series.rule, series.startsLocal, series.zone).map(
    ({ start }) => start,
  );
  const missing = (start: Instant): boolean => !held.has(start);
  return {
    rule: formatRule(series.rule, series.zone),
    zone: series.zone,
    startsLocal: localText(series.startsLocal),
    minutes: series.durationMinutes,
    scope: "all",
    recurrenceId: iso(originalStart(model)),
    excluded: starts.filter(missing).map(toIso),
    exceptions: starts.flatMap((start) => {
      const meeting = held.get(start);
      return meeting !== undefined && differs(meeting, model, series) ? [exceptionOf(meeting)] : [];
    }),
    ...(shortened ? { shortened } : {}),
  };
}
