import type { CalendarDate } from "./calendar-date";
import type { Instant } from "./instant";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./instant";
import type { TimeZone } from "./zone";

/** A stretch of instants, half-open, over which a zone keeps one offset (milliseconds east of UTC). */
export type OffsetSpan = { readonly from: number; readonly to: number; readonly offsetMs: number };

/** 0 = Sunday … 6 = Saturday. */
export type DayOfWeek = 0 | 1 | 2 | 3 | 4 | 5 | 6;

// 2^35 ms, a little over a year: the piece of time whose offset changes are looked up together.
const CHUNK_MS = 2 ** 35;
// No zone of the database has two changes that cancel each other out within a week.
const PROBE_MS = 7 * DAY_MS;
// Guests choose zones and dates, so what is remembered is bounded; a chunk costs about 0.2 ms to rebuild.
const MAX_REMEMBERED_CHUNKS = 4_096;
const MAX_REMEMBERED_FORMATS = 700;
// The largest distance between a wall time and UTC is 14 h today; Manila once had 15:56.
const WIDEST_OFFSET_MS = 16 * HOUR_MS;
const LAST_INSTANT = 8.64e15;

const formats = new Map<string, Intl.DateTimeFormat>();
const chunks = new Map<string, Map<number, readonly OffsetSpan[]>>();
let rememberedChunks = 0;

function offsetFormat(zone: string): Intl.DateTimeFormat {
  const existing = formats.get(zone);
  if (existing) return existing;
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  if (formats.size >= MAX_REMEMBERED_FORMATS) formats.clear();
  formats.set(zone, format);
  return format;
}

const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** The only place that asks the runtime's time zone database. Milliseconds east of UTC. */
function lookUpOffsetMs(zone: string, epochMs: number): number {
  const bounded = Math.min(Math.max(epochMs, -LAST_INSTANT), LAST_INSTANT);
  const match = OFFSET.exec(offsetFormat(zone).format(bounded));
  if (!match) throw new RangeError(`no offset known for zone ${zone}`);
  const [, sign, hours, minutes, seconds] = match;
  if (sign === undefined) return 0;
  const size =
    Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds ?? "0") * 1_000;
  return sign === "-" ? -size : size;
}

/** First instant after `low` at which `high`'s offset holds. `low` and `high` differ in offset. */
function findChange(zone: string, low: number, high: number, lowOffsetMs: number): number {
  let before = low;
  let after = high;
  // Every change of the database falls on a whole second; binary search ends there.
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000;
    const probe = middle <= before ? before + 1_000 : middle;
    if (lookUpOffsetMs(zone, probe) === lowOffsetMs) before = probe;
    else after = probe;
  }
  return Math.floor(after / 1_000) * 1_000;
}

function buildChunk(zone: string, index: number): readonly OffsetSpan[] {
  const start = index * CHUNK_MS;
  const end = start + CHUNK_MS;
  const spans: OffsetSpan[] = [];
  let from = start;
  let offsetMs = lookUpOffsetMs(zone, start);
  for (let probe = start; probe < end; ) {
    const next = Math.min(probe + PROBE_MS, end);
    const nextOffsetMs = lookUpOffsetMs(zone, next);
    if (nextOffsetMs !== offsetMs) {
      const change = findChange(zone, probe, next, offsetMs);
      spans.push({ from, to: change, offsetMs });
      from = change;
      offsetMs = lookUpOffsetMs(zone, change);
      probe = change;
    } else probe = next;
  }
  if (from < end) spans.push({ from, to: end, offsetMs });
  return spans;
}

function chunkOf(zone: string, index: number): readonly OffsetSpan[] {
  let ofZone = chunks.get(zone);
  const existing = ofZone?.get(index);
  if (existing) return existing;
  const spans = buildChunk(zone, index);
  if (rememberedChunks >= MAX_REMEMBERED_CHUNKS) {
    chunks.clear();
    rememberedChunks = 0;
    ofZone = undefined;
  }
  if (!ofZone) {
    ofZone = new Map();
    chunks.set(zone, ofZone);
  }
  ofZone.set(index, spans);
  rememberedChunks += 1;
  return spans;
}

/**
 * Every stretch of one offset that touches [from, to), ascending, without holes, neighbours always different; the
 * first and the last may reach further. Epoch milliseconds.
 */
export function offsetSpans(zone: TimeZone, from: number, to: number): readonly OffsetSpan[] {
  const first = Math.floor(from / CHUNK_MS);
  const last = Math.floor(Math.max(from, to - 1) / CHUNK_MS);
  const found: OffsetSpan[] = [];
  for (let index = first; index <= last; index++)
    for (const span of chunkOf(zone, index))
      if (span.to > from && span.from < to) append(found, span);
  return found.length > 0 ? found : [offsetSpanAt(zone, from)];
}

/** The table is kept in pieces; where two of them meet, nothing changed. */
function append(spans: OffsetSpan[], span: OffsetSpan): void {
  const last = spans.at(-1);
  if (last?.to === span.from && last.offsetMs === span.offsetMs)
    spans[spans.length - 1] = { from: last.from, to: span.to, offsetMs: span.offsetMs };
  else spans.push(span);
}

/** The stretch of constant offset around a moment. Throws RangeError for a zone the runtime does not know. */
export function offsetSpanAt(zone: TimeZone, epochMs: number): OffsetSpan {
  const spans = chunkOf(zone, Math.floor(epochMs / CHUNK_MS));
  for (const span of spans) if (epochMs < span.to) return span;
  throw new RangeError(`not an instant: ${epochMs}`);
}

/** Minutes east of UTC that clocks in `zone` show at `instant`; whole for every zone since 1972. */
export const offsetMinutesAt = (zone: TimeZone, instant: Instant): number =>
  offsetSpanAt(zone, instant).offsetMs / MINUTE_MS;

/** Midnight UTC of a calendar day, epoch ms: the day as a number. Throws RangeError on a malformed date. */
export function utcMidnight(date: CalendarDate): number {
  const epochMs = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(epochMs)) throw new RangeError(`not a calendar date: ${date}`);
  return epochMs;
}

/** The calendar day that a UTC midnight stands for; the inverse of `utcMidnight`. */
export const dateOfUtcMidnight = (epochMs: number): CalendarDate =>
  new Date(epochMs).toISOString().slice(0, 10) as CalendarDate;

/**
 * The instants at which a clock in `zone` shows `minuteOfDay` on `date`: none inside a gap, one on an ordinary
 * day, two (ascending) where the clock was turned back. 1440 is midnight at the end of the day.
 */
export function wallToInstants(
  date: CalendarDate,
  minuteOfDay: number,
  zone: TimeZone,
): readonly Instant[] {
  const wall = utcMidnight(date) + minuteOfDay * MINUTE_MS;
  const instants: Instant[] = [];
  for (const span of offsetSpans(zone, wall - WIDEST_OFFSET_MS, wall + WIDEST_OFFSET_MS)) {
    const candidate = wall - span.offsetMs;
    if (candidate >= span.from && candidate < span.to) instants.push(candidate as Instant);
  }
  return instants;
}

/** The date that calendars in `zone` show at `instant`. */
export const calendarDateAt = (zone: TimeZone, instant: Instant): CalendarDate =>
  dateOfUtcMidnight(Math.floor((instant + offsetSpanAt(zone, instant).offsetMs) / DAY_MS) * DAY_MS);

/** Minutes since midnight on clocks in `zone`, 0…1439; seconds are dropped. */
export function minuteOfDayAt(zone: TimeZone, instant: Instant): number {
  const local = instant + offsetSpanAt(zone, instant).offsetMs;
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/** The calendar day `days` later (earlier when negative). Plain calendar arithmetic, no zone involved. */
export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  dateOfUtcMidnight(utcMidnight(date) + days * DAY_MS);

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  Math.round((utcMidnight(to) - utcMidnight(from)) / DAY_MS);

export const dayOfWeek = (date: CalendarDate): DayOfWeek =>
  new Date(utcMidnight(date)).getUTCDay() as DayOfWeek;

/**
 * The first instant of a local day. It is 01:00 where the clock skips midnight (Cairo in spring), and the first
 * instant of the following day where the whole day never happened (Apia, 2011-12-30).
 */
export const startOfDay = (date: CalendarDate, zone: TimeZone): Instant =>
  firstInstantFrom(utcMidnight(date), zone);

/** The first instant after a local day: the start of the next one. */
export const endOfDay = (date: CalendarDate, zone: TimeZone): Instant =>
  firstInstantFrom(utcMidnight(date) + DAY_MS, zone);

function firstInstantFrom(wall: number, zone: TimeZone): Instant {
  for (const span of offsetSpans(zone, wall - WIDEST_OFFSET_MS, wall + 2 * DAY_MS)) {
    if (span.to + span.offsetMs > wall) return Math.max(span.from, wall - span.offsetMs) as Instant;
  }
  throw new RangeError(`no midnight in ${zone} around ${wall}`);
}
