import { comma } from "@/lib/i18n/locale";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import type { ClockReader } from "@/lib/time/format";
import { formatDateLong, formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS, parseInstant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import type { PlaceRow } from "./letter";
import type { Voice } from "./voice";

/** A moment of a snapshot. Snapshots are checked when read, so anything else is a defect. */
export function momentOf(text: string): Instant {
  const moment = parseInstant(text);
  if (moment === undefined) throw new TypeError(`not a moment: ${text}`);
  return moment;
}

/** A zone of a snapshot. A zone this runtime has forgotten is told in UTC rather than not at all. */
export const zoneOf = (name: string): TimeZone => parseTimeZone(name) ?? UTC;

export const spanOf = (start: string, end: string): Interval => ({
  from: momentOf(start),
  to: momentOf(end),
});

export const meetingSpan = ({ meeting }: MailFacts): Interval => spanOf(meeting.start, meeting.end);

const inZone = (voice: Voice, zone: TimeZone): ClockReader => ({ ...voice.clock, zone });

/** "14:00–15:00", in reading order whatever the direction of the language around it. */
export const rangeOf = (voice: Voice, span: Interval, zone: TimeZone): string =>
  voice.apart(formatTimeRange(span, inZone(voice, zone)));

const sameDay = (moment: Instant, a: TimeZone, b: TimeZone): boolean =>
  calendarDateAt(a, moment) === calendarDateAt(b, moment);

/** "05:00–06:00 UTC", or "Tue 17 Nov, 21:00–22:00 UTC" where the reader's day is another one. */
export function utcLine(voice: Voice, span: Interval): string {
  const utc = inZone(voice, UTC);
  const line = voice.say("when.utc", { range: formatTimeRange(span, utc) });
  return sameDay(span.from, UTC, voice.clock.zone)
    ? line
    : `${formatDateShort(span.from, utc)}${comma(voice.locale)}${line}`;
}

/** "60 minutes", "2 hours", "2 hours 30 minutes". */
export function durationWords(voice: Voice, { from, to }: Interval): string {
  const total = Math.round((to - from) / MINUTE_MS);
  if (total < 120) return voice.say("when.minutes", { count: total });
  const hours = voice.say("when.hours", { count: Math.floor(total / 60) });
  const rest = total % 60;
  return rest === 0 ? hours : `${hours} ${voice.say("when.minutes", { count: rest })}`;
}

/** "Wed 18 Nov 14:00–15:00 (JST)": a time that stands alone in a sentence. */
export const shortWhen = (voice: Voice, span: Interval): string =>
  `${formatDateShort(span.from, voice.clock)} ${rangeOf(voice, span, voice.clock.zone)} (${zoneName(voice, span.from)})`;

/** "Wednesday 18 November 2026 14:00 (JST)" */
export const longMoment = (voice: Voice, moment: Instant): string =>
  `${formatDateLong(moment, voice.clock)} ${formatTime(moment, voice.clock)} (${zoneName(voice, moment)})`;

/** The reader's own zone at that moment: "JST". */
export const zoneName = (voice: Voice, moment: Instant): string =>
  zoneAbbreviation(moment, voice.clock.zone, voice.locale);

/** One row of the time-zone table: the meeting as a clock on that wall shows it. */
export function placeRow(
  voice: Voice,
  span: Interval,
  place: { readonly name: string; readonly detail?: string | undefined; readonly zone: TimeZone },
): PlaceRow {
  const there = inZone(voice, place.zone);
  return {
    name: place.name,
    range: rangeOf(voice, span, place.zone),
    zone: zoneAbbreviation(span.from, place.zone, voice.locale),
    own: place.zone === voice.clock.zone,
    ...(place.detail ? { detail: place.detail } : {}),
    ...(sameDay(span.from, place.zone, voice.clock.zone)
      ? {}
      : { date: formatDateShort(span.from, there) }),
  };
}
