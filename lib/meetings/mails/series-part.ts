import type { CalendarFileFacts } from "@/lib/meetings/core/calendar-file";
import { singleLine, withoutLinks } from "@/lib/meetings/core/inert-text";
import type { SeriesFacts } from "@/lib/meetings/core/mail-facts";
import { momentOfWall } from "@/lib/meetings/core/recurrence";
import { storedRule } from "@/lib/meetings/core/rrule";
import type { SeriesEntry } from "@/lib/meetings/core/series-file";
import { buildSeriesFile } from "@/lib/meetings/core/series-file";
import { minuteOfDayOf, parseCalendarDate } from "@/lib/time/calendar-date";
import { addMinutes } from "@/lib/time/instant";
import { momentOf, zoneOf } from "./clock";

function wallOf(text: string) {
  const date = parseCalendarDate(text.slice(0, 10));
  if (date === undefined) throw new TypeError(`not a wall time: ${text}`);
  return {
    date,
    minute: minuteOfDayOf(Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16))),
  };
}

/**
 * The calendar file of a mail about a series, or about one of its dates. `single` is what the file of the one meeting
 * would say, whose words stand for the series.
 */
export function seriesPart(series: SeriesFacts, single: CalendarFileFacts): string {
  const zone = zoneOf(series.zone);
  const startsLocal = wallOf(series.startsLocal);
  const rule = {
    rule: storedRule(series.rule, zone),
    zone,
    startsLocal,
    excluded: series.excluded.map(momentOf),
  };
  if (series.scope === "one")
    return buildSeriesFile({
      ...single,
      series: rule,
      exceptions: [{ ...single, recurrenceId: momentOf(series.recurrenceId) }],
    });
  const start = momentOfWall(startsLocal, zone);
  const master: SeriesEntry = {
    ...entryOf(single),
    // The date the mail stands at may be off; those that are left are not.
    settled: single.settled || series.shortened === true,
    start,
    end: addMinutes(start, series.minutes),
  };
  return buildSeriesFile({
    ...single,
    series: rule,
    master,
    exceptions:
      single.method === "CANCEL"
        ? []
        : series.exceptions.map(({ place, subject, ...one }) => ({
            ...entryOf(single),
            settled: master.settled,
            summary: withoutLinks(singleLine(subject)) || single.summary,
            ...(place ? { location: singleLine(place) } : {}),
            start: momentOf(one.start),
            end: momentOf(one.end),
            sequence: one.sequence,
            recurrenceId: momentOf(one.recurrenceId),
          })),
  });
}

const entryOf = ({
  summary,
  description,
  location,
  url,
  start,
  end,
  settled,
}: CalendarFileFacts): SeriesEntry => ({
  summary,
  start,
  end,
  settled,
  ...(description ? { description } : {}),
  ...(location ? { location } : {}),
  ...(url ? { url } : {}),
});
