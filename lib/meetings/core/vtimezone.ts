import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { OffsetSpan } from "@/lib/time/offset";
import { offsetSpans } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";

const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;
/** Longer than any summer: an offset that lasts is no daylight saving, whatever held before it. */
const LASTING_MS = 300 * DAY_MS;
/** How far ahead a yearly rule is compared with the zone's own table before it is believed. */
const YEARS_AHEAD = 6;
const YEAR_MS = 366 * DAY_MS;

/** One change of a zone's clocks. `wall` is what the clock showed just before it, as UTC milliseconds. */
type Change = {
  readonly at: number;
  readonly wall: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly daylight: boolean;
};

/** "+0530"; seconds only where a zone once had them. */
function offsetText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = seconds % 60;
  return `${ms < 0 ? "-" : "+"}${two(Math.floor(seconds / 3_600))}${two(Math.floor(seconds / 60) % 60)}${rest === 0 ? "" : two(rest)}`;
}

const wallText = (wall: number): string =>
  new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, "");

/**
 * Summer or winter is a name only; what counts are the offsets. The one further from UTC's east is called standard
 * (so Dublin's winter is, and Casablanca's Ramadan is no "negative" summer), and so is one that lasts.
 */
function changesOf(spans: readonly OffsetSpan[]): readonly Change[] {
  return spans.slice(1).map((span, index) => {
    const before = spans[index] ?? span;
    const next = spans[index + 2];
    const lasts = next === undefined || span.to - span.from > LASTING_MS;
    return {
      at: span.from,
      wall: span.from + before.offsetMs,
      fromMs: before.offsetMs,
      toMs: span.offsetMs,
      daylight: !lasts && span.offsetMs > before.offsetMs,
    };
  });
}

const standingStill = (from: number, offsetMs: number): Change => ({
  at: from - DAY_MS,
  wall: from - DAY_MS + offsetMs,
  fromMs: offsetMs,
  toMs: offsetMs,
  daylight: false,
});

type Yearly = {
  readonly month: number;
  readonly nth: number;
  readonly day: number;
  readonly timeMs: number;
};

const monthLength = (year: number, month: number): number =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** Every "nth weekday of a month" that a change fits: counted from the front, and from the end when it is the last. */
function yearlyRules({ wall }: Change): readonly Yearly[] {
  const on = new Date(wall);
  const date = on.getUTCDate();
  const month = on.getUTCMonth();
  const common = { month, day: on.getUTCDay(), timeMs: wall % DAY_MS };
  const isLast = date + 7 > monthLength(on.getUTCFullYear(), month);
  return [
    ...(isLast ? [{ ...common, nth: -1 }] : []),
    { ...common, nth: Math.floor((date - 1) / 7) + 1 },
  ];
}

function wallInYear({ month, nth, day, timeMs }: Yearly, year: number): number | undefined {
  const length = monthLength(year, month);
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  const last = new Date(Date.UTC(year, month, length)).getUTCDay();
  const date =
    nth === -1 ? length - ((last - day + 7) % 7) : 1 + ((day - first + 7) % 7) + 7 * (nth - 1);
  return date > length ? undefined : Date.UTC(year, month, date) + timeMs;
}

const sameKind = (a: Change, b: Change): boolean =>
  a.fromMs === b.fromMs && a.toMs === b.toMs && a.daylight === b.daylight;

type Observance = { readonly first: Change; readonly rule?: Yearly };

/** Whether a rule names every one of these changes, year by year, and none more up to the end of the table. */
function holds(rule: Yearly, changes: readonly Change[], tableEnd: number): boolean {
  const start = new Date(changes[0]?.wall ?? 0).getUTCFullYear();
  const next = wallInYear(rule, start + changes.length);
  return (
    changes.every((change, turn) => wallInYear(rule, start + turn) === change.wall) &&
    (next === undefined || next > tableEnd)
  );
}

/**
 * Changes of one kind: a yearly rule from where the zone keeps to one, each by itself before that. `changes` go on for
 * some years after the last that is needed, so that no rule is made of a single year's habit. A rule that ends is
 * never written: common readers cannot read UNTIL here.
 */
function observancesOf(
  changes: readonly Change[],
  { lastNeeded, tableEnd }: { readonly lastNeeded: number; readonly tableEnd: number },
): readonly Observance[] {
  const found: Observance[] = [];
  for (const [index, first] of changes.entries()) {
    if (first.at > lastNeeded) break;
    const rest = changes.slice(index);
    const rule =
      rest.length > 1 ? yearlyRules(first).find((one) => holds(one, rest, tableEnd)) : undefined;
    found.push(rule === undefined ? { first } : { first, rule });
    if (rule !== undefined) break;
  }
  return found;
}

function observanceLines({ first, rule }: Observance, zone: TimeZone): readonly string[] {
  const name = first.daylight ? "DAYLIGHT" : "STANDARD";
  return [
    `BEGIN:${name}`,
    `DTSTART:${wallText(first.wall)}`,
    `TZOFFSETFROM:${offsetText(first.fromMs)}`,
    `TZOFFSETTO:${offsetText(first.toMs)}`,
    `TZNAME:${zoneAbbreviation(instantOf(first.at), zone, "en")}`,
    ...(rule === undefined
      ? []
      : [`RRULE:FREQ=YEARLY;BYMONTH=${rule.month + 1};BYDAY=${rule.nth}${DAYS[rule.day]}`]),
    `END:${name}`,
  ];
}

/**
 * The VTIMEZONE (RFC 5545 3.6.5) of a zone, right for every moment from `from` to `to`: made from the changes this
 * runtime knows, as a yearly rule where the zone keeps one, each change by itself where it does not (Casablanca). Lines
 * without ends, none longer than 75 octets. Nothing for UTC, which is written with Z.
 */
export function vtimezoneLines(zone: TimeZone, from: Instant, to: Instant): readonly string[] {
  const tableEnd = to + YEARS_AHEAD * YEAR_MS;
  const table = offsetSpans(zone, from - 2 * YEAR_MS, tableEnd);
  const current = table.findIndex((span) => span.to > from);
  // Readers look for the latest change before a moment, so there is one before the first: the last real one, or one
  // that changes nothing.
  const changes =
    current > 0
      ? changesOf(table).slice(current - 1)
      : [standingStill(from, table[0]?.offsetMs ?? 0), ...changesOf(table)];
  const kinds: Change[][] = [];
  for (const change of changes) {
    const kind = kinds.find(([one]) => one !== undefined && sameKind(one, change));
    if (kind === undefined) kinds.push([change]);
    else kind.push(change);
  }
  return [
    "BEGIN:VTIMEZONE",
    `TZID:${zone}`,
    ...kinds
      .flatMap((kind) => observancesOf(kind, { lastNeeded: to, tableEnd }))
      .toSorted((a, b) => a.first.at - b.first.at)
      .flatMap((observance) => observanceLines(observance, zone)),
    "END:VTIMEZONE",
  ];
}
