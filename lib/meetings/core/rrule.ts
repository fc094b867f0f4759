import { parseInstant, toIso } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { MonthlyBy, RecurrenceEnd, RecurrenceRule } from "./recurrence";
import { lastMomentOf, MAX_INTERVAL, MAX_OCCURRENCES } from "./recurrence";

const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;
const MONDAY: DayOfWeek = 1;

const compact = (iso: string): string => iso.replace(/[-:]|\.\d{3}/g, "");

/** UNTIL is in UTC wherever the start has a zone (RFC 5545 3.3.10): the last second of the last local day. */
const endText = (end: RecurrenceEnd, zone: TimeZone): string =>
  end.kind === "count"
    ? `COUNT=${end.count}`
    : `UNTIL=${compact(toIso(lastMomentOf(end.date, zone)))}`;

function byText(by: MonthlyBy): string {
  return by.kind === "date" ? `BYMONTHDAY=${by.day}` : `BYDAY=${by.nth}${DAYS[by.day]}`;
}

function partsOf(rule: RecurrenceRule): readonly string[] {
  switch (rule.freq) {
    case "daily":
      return [];
    case "weekly": {
      const days = [...new Set(rule.days)].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
      return [
        `BYDAY=${days.map((day) => DAYS[day]).join(",")}`,
        // Monday when absent; said only where it decides something.
        ...(rule.weekStart !== MONDAY && rule.interval > 1 ? [`WKST=${DAYS[rule.weekStart]}`] : []),
      ];
    }
    case "monthly":
      return [byText(rule.by)];
  }
}

/** RRULE without its name, always the same text for the same rule: `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`. */
export const formatRule = (rule: RecurrenceRule, zone: TimeZone): string =>
  [
    `FREQ=${rule.freq.toUpperCase()}`,
    ...(rule.interval === 1 ? [] : [`INTERVAL=${rule.interval}`]),
    ...partsOf(rule),
    endText(rule.end, zone),
  ].join(";");

const NUMBERS: Readonly<Record<string, DayOfWeek>> = {
  SU: 0,
  MO: 1,
  TU: 2,
  WE: 3,
  TH: 4,
  FR: 5,
  SA: 6,
};

const dayNamed = (name: string | undefined): DayOfWeek | undefined =>
  Object.hasOwn(NUMBERS, name ?? "") ? NUMBERS[name ?? ""] : undefined;

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^\d{1,4}$/.test(text) && value >= least && value <= most ? value : undefined;
}

function endFrom(parts: ReadonlyMap<string, string>, zone: TimeZone): RecurrenceEnd | undefined {
  const until = parts.get("UNTIL");
  const count = parts.get("COUNT");
  if ((until === undefined) === (count === undefined)) return undefined;
  if (count !== undefined) {
    const value = wholeNumber(count, 1, MAX_OCCURRENCES);
    return value === undefined ? undefined : { kind: "count", count: value };
  }
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(until ?? "");
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const moment = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return moment === undefined ? undefined : { kind: "until", date: calendarDateAt(zone, moment) };
}

function monthlyFrom(parts: ReadonlyMap<string, string>): MonthlyBy | undefined {
  const date = parts.get("BYMONTHDAY");
  const weekday = /^(-1|[1-5])([A-Z]{2})$/.exec(parts.get("BYDAY") ?? "");
  if (date !== undefined) {
    const day = date === "-1" ? -1 : wholeNumber(date, 1, 31);
    return day === undefined || parts.has("BYDAY") ? undefined : { kind: "date", day };
  }
  const day = dayNamed(weekday?.[2]);
  if (!weekday || day === undefined) return undefined;
  return { kind: "weekday", nth: Number(weekday[1]) as 1 | 2 | 3 | 4 | 5 | -1, day };
}

function weeklyFrom(parts: ReadonlyMap<string, string>) {
  const days = (parts.get("BYDAY") ?? "").split(",").map((name) => dayNamed(name));
  const weekStart = parts.has("WKST") ? dayNamed(parts.get("WKST")) : MONDAY;
  const known = days.filter((day) => day !== undefined);
  if (known.length !== days.length || known.length > 7 || weekStart === undefined) return undefined;
  return { days: known, weekStart };
}

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  DAILY: [],
  WEEKLY: ["BYDAY", "WKST"],
  MONTHLY: ["BYDAY", "BYMONTHDAY"],
};

/** Name and value of each part; undefined when one comes twice, has no value, or is none of ours. */
function readParts(text: string): ReadonlyMap<string, string> | undefined {
  if (text.length > 500) return undefined;
  const parts = new Map<string, string>();
  for (const part of text.split(";")) {
    const [name = "", value = "", ...rest] = part.split("=");
    if (value === "" || rest.length > 0 || parts.has(name)) return undefined;
    parts.set(name, value);
  }
  const own = KNOWN[parts.get("FREQ") ?? ""];
  if (own === undefined) return undefined;
  const allowed = ["FREQ", "INTERVAL", "COUNT", "UNTIL", ...own];
  return [...parts.keys()].every((name) => allowed.includes(name)) ? parts : undefined;
}

/**
 * Reads a rule of the kinds we hold: daily, weekly and monthly, with an end. Undefined for everything else, however
 * legal elsewhere (SECONDLY, rules without an end, several dates a month). `zone` is the series', for UNTIL.
 */
export function parseRule(text: string, zone: TimeZone): RecurrenceRule | undefined {
  const parts = readParts(text);
  if (parts === undefined) return undefined;
  const interval = wholeNumber(parts.get("INTERVAL") ?? "1", 1, MAX_INTERVAL);
  const end = endFrom(parts, zone);
  if (interval === undefined || end === undefined) return undefined;
  switch (parts.get("FREQ")) {
    case "DAILY":
      return { freq: "daily", interval, end };
    case "WEEKLY": {
      const week = weeklyFrom(parts);
      return week === undefined ? undefined : { freq: "weekly", interval, ...week, end };
    }
    default: {
      const by = monthlyFrom(parts);
      return by === undefined ? undefined : { freq: "monthly", interval, by, end };
    }
  }
}

/** A stored rule; anything unreadable there is a defect. */
export function storedRule(text: string, zone: TimeZone): RecurrenceRule {
  const rule = parseRule(text, zone);
  if (rule === undefined) throw new TypeError(`not a rule of ours: ${text}`);
  return rule;
}
