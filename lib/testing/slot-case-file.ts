import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WeeklyRange } from "@/lib/availability/core/query";
import type { MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";

export type Span = { start: string; end: string };
type BusySpan = Span & { source?: string };
export type WorkingHours = { days: number[]; start: string; end: string };
export type CaseHost = {
  timezone: string;
  availability: WorkingHours[];
  dateOverrides: (Span & { date: string })[];
  busy: BusySpan[];
};
export type PerPeriod = Partial<Record<"PER_DAY" | "PER_WEEK" | "PER_MONTH" | "PER_YEAR", number>>;

/** One case of the shared file, as far as its kind uses the fields. Instants are ISO text. */
export type SlotCase = {
  id: string;
  name: string;
  kind: string;
  tags: string[];
  now?: string;
  inviteeTimezone?: string | null;
  rangeStart?: string | null;
  rangeEnd?: string | null;
  eventLength?: number;
  slotInterval?: number | null;
  offsetStart?: number;
  bufferBefore?: number;
  bufferAfter?: number;
  minimumNotice?: number;
  schedulingType?: string | null;
  availability?: { timezone: string; workingHours: WorkingHours[] } | null;
  dateOverrides?: (Span & { date: string })[];
  travelSchedules?: (Span & { timezone: string })[];
  outOfOfficeDates?: string[];
  busyTimes?: BusySpan[];
  inputRanges?: Span[];
  inputRangeSets?: Span[][];
  hostFreeRanges?: { fixed: boolean; free: Span[] }[];
  slotStart?: string;
  daysNeeded?: number;
  countWeekends?: boolean;
  bookableByDate?: Record<string, boolean>;
  hosts?: CaseHost[];
  bookingLimits?: PerPeriod;
  durationLimits?: PerPeriod;
  teamBookingLimits?: PerPeriod;
  reservedSlots?: (Span & { uid: string; releaseAt: string })[];
  bookerUid?: string;
  period?: { type: string; days: number; countWeekends: boolean };
  restrictionSchedule?: {
    timezone: string;
    inBookerTimezone: boolean;
    availability: WorkingHours[];
  };
  expected: {
    slotStarts?: string[];
    freeRanges?: Span[];
    bookable?: Span[];
    notBookable?: Span[];
    conflict?: boolean;
    windowEnd?: string;
    slotStartsByInviteeDate?: Record<string, string[]>;
    noSlotsOnDates?: string[];
    slotStartsByHostDate?: Record<string, string[]>;
    countByHostDate?: Record<string, number>;
  };
};

/** What the engine answers and what the case wants, in the same shape, for `toEqual`. */
export type Comparison = { readonly actual: unknown; readonly expected: unknown };

const FILE = "data/slot-cases.json";
const root = fileURLToPath(new URL("../../", import.meta.url));

/** Where a local clone came from: the shared folder may stand beside the original. */
function originOfClone(): readonly string[] {
  try {
    const config = readFileSync(join(root, ".git", "config"), "utf8");
    const url = /^\s*url = (?:file:\/\/)?(\/.+)$/m.exec(config)?.[1];
    return url === undefined
      ? []
      : [join(url, "..", "shared", FILE), join(url, "..", "..", "shared", FILE)];
  } catch {
    return [];
  }
}

/**
 * Reads the shared cases, which stand beside the repository and are never copied into it. In CI a missing file fails:
 * a suite without its cases must not look green. On somebody's own machine it is undefined, and the caller says so.
 */
export function loadSlotCases(): readonly SlotCase[] | undefined {
  const path = [join(root, "..", "shared", FILE), ...originOfClone()].find(existsSync);
  if (path !== undefined)
    return (JSON.parse(readFileSync(path, "utf8")) as { cases: SlotCase[] }).cases;
  if (process.env.CI)
    throw new Error(`${FILE} is missing: expected ../shared/${FILE} beside the repository`);
  return undefined;
}

export const at = (iso: string): Instant => Date.parse(iso) as Instant;
export const intervalOf = (span: Span): Interval => ({ from: at(span.start), to: at(span.end) });
export const iso = (epochMs: number): string => new Date(epochMs).toISOString();
export const minuteOf = (time: string): MinuteOfDay => {
  const [hours, minutes] = time.split(":");
  return (Number(hours) * 60 + Number(minutes)) as MinuteOfDay;
};

export const weeklyOf = (hours: readonly WorkingHours[]): WeeklyRange[] =>
  hours.flatMap(({ days, start, end }) =>
    days.map((day) => ({
      day: day as WeeklyRange["day"],
      fromMinute: minuteOf(start),
      toMinute: minuteOf(end),
    })),
  );
