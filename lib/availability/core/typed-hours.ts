import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { HoursProblem } from "./day-hours";
import { endOfRange, rangeOf, tidyDay } from "./day-hours";
import type { DayRange } from "./query";

export type TypedProblem = HoursProblem | "not-understood";

const MAX_TYPED = 400;
const CLOSED = /^(?:closed|off|none|no|-|–|—)?$/i;
const ALL_DAY = /^(?:all day|whole day|24\s*h(?:ours)?|always|open)$/i;
const TIME = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a|p)?$|^(\d{2})(\d{2})\s*(am|pm|a|p)?$/;

type Clock = {
  readonly minute: number;
  /** "am" or "pm" was written. */
  readonly half: boolean;
  /** Only an hour was written, of the kind people say aloud: 1 to 12. */
  readonly bare: boolean;
  /** The same with "pm", for the first half of "1-5pm". */
  readonly afternoon: number | undefined;
};

const NAMED: Readonly<Record<string, number>> = { noon: 720, midnight: 0 };
const named = (minute: number): Clock => ({
  minute,
  half: true,
  bare: false,
  afternoon: undefined,
});

/** Hour 1…12 of the morning or the afternoon as 0…23. */
const onHalf = (hour: number, half: string): number =>
  (hour % 12) + (half.startsWith("p") ? 12 : 0);

function parseClock(text: string): Clock | undefined {
  const known = NAMED[text];
  if (known !== undefined) return named(known);
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const hour = Number(match[1] ?? match[4]);
  const minutes = Number(match[2] ?? match[5] ?? "0");
  const half = match[3] ?? match[6];
  const spoken = hour >= 1 && hour <= 12;
  if (minutes > 59) return undefined;
  if (half !== undefined) return spoken ? named(onHalf(hour, half) * 60 + minutes) : undefined;
  if (hour * 60 + minutes > 1440) return undefined;
  return {
    minute: hour * 60 + minutes,
    half: false,
    bare: spoken && match[1] !== undefined && match[2] === undefined,
    afternoon: spoken ? onHalf(hour, "pm") * 60 + minutes : undefined,
  };
}

/** "9–5" is said for nine to five in the afternoon; "9:00–5:00" is taken at its word, and crosses midnight. */
function endMinute(from: Clock, to: Clock): number {
  const meansAfternoon = from.bare && to.bare && to.minute <= from.minute && to.minute < 720;
  return meansAfternoon ? (to.afternoon ?? to.minute) : to.minute;
}

/** "1-5pm" is the afternoon from one; "9-5pm" and "11-1pm" begin in the morning. */
function startMinute(from: Clock, to: Clock): number {
  const shares = !from.half && to.half && from.afternoon !== undefined && to.minute > 720;
  return shares && (from.afternoon ?? 0) < to.minute ? (from.afternoon ?? 0) : from.minute;
}

function parseRange(text: string): DayRange | undefined {
  const sides = text.split(/\s*(?:-|–|—|−|~|\bto\b|\buntil\b)\s*/);
  if (sides.length !== 2) return undefined;
  const [from, to] = sides.map((side) => parseClock(side.trim()));
  if (from === undefined || to === undefined) return undefined;
  const start = startMinute(from, to);
  const end = endMinute(from, to);
  // Midnight at the end of a range is the end of its day.
  return start === 1440 ? undefined : rangeOf(start, end === 0 ? 1440 : end);
}

/**
 * The hours of one day as a person types them: "9-12, 13-17:30", "9am–5pm", "22:00-02:00" (into the next day),
 * "closed". Ranges that overlap or touch become one. Refused with what is wrong; never guesses a part away.
 */
export function parseTypedHours(text: string): Result<readonly DayRange[], TypedProblem> {
  if (text.length > MAX_TYPED) return refuse("not-understood");
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/([ap])\.\s?m\.?/g, "$1m")
    .replace(/\bo'?clock\b|\buhr\b/g, "")
    .trim();
  if (CLOSED.test(plain)) return tidyDay([]);
  if (ALL_DAY.test(plain)) return tidyDay([rangeOf(0, 1440)]);
  const parts = plain
    .split(/[,;\n+&]|\band\b/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const ranges = parts.map(parseRange);
  const understood = ranges.filter((range) => range !== undefined);
  if (understood.length === 0 || understood.length < ranges.length) return refuse("not-understood");
  return tidyDay(understood);
}

function clockText(minute: number, hourCycle: 12 | 24): string {
  const minutes = String(minute % 60).padStart(2, "0");
  const hour = Math.floor(minute / 60);
  if (hourCycle === 24) return `${String(hour).padStart(2, "0")}:${minutes}`;
  const half = hour % 24 < 12 ? "am" : "pm";
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes === "00" ? "" : `:${minutes}`}${half}`;
}

/** "09:00–12:00" or "9am–12pm". A night ends with the clock of the next day: "22:00–02:00". */
export const rangeText = (range: DayRange, hourCycle: 12 | 24): string =>
  `${clockText(range.fromMinute, hourCycle)}–${clockText(
    endOfRange(range) > 1440 ? endOfRange(range) - 1440 : range.toMinute,
    hourCycle,
  )}`;

/** What `parseTypedHours` reads back as the same hours: "09:00–12:00, 13:00–17:30", "closed". */
export const hoursText = (ranges: readonly DayRange[], hourCycle: 12 | 24): string =>
  ranges.length === 0 ? "closed" : ranges.map((range) => rangeText(range, hourCycle)).join(", ");
