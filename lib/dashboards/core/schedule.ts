import { z } from "zod";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addDays, calendarDateAt, dayOfWeek, endOfDay, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";
import { FILE_FORMATS } from "./file-about";
import { DASHBOARDS } from "./view-state";

/** The prefix of the events of mails with a dashboard. */
export const DASHBOARD_MAIL = "dashboard";

export const CADENCES = ["daily", "weekly", "monthly"] as const;

/** When a mail is due, on clocks of its own zone. */
export type Timing = {
  readonly cadence: (typeof CADENCES)[number];
  /** 0 Sunday … 6 Saturday; of weekly ones. */
  readonly weekday: number | null;
  /** 1 … 28; of monthly ones. */
  readonly monthDay: number | null;
  /** Minutes since midnight. */
  readonly minute: number;
  readonly zone: TimeZone;
};

/** Two months hold every kind of day there is. */
const LOOKED_AHEAD_DAYS = 62;

function isDay({ cadence, weekday, monthDay }: Timing, day: CalendarDate): boolean {
  if (cadence === "weekly") return dayOfWeek(day) === weekday;
  return cadence === "daily" || Number(day.slice(8)) === monthDay;
}

/** The moment of that time of day; of two the earlier, and where the clock skips it, the end of the gap. */
function momentOn(day: CalendarDate, { minute, zone }: Timing): Instant {
  for (let later = minute; later < 1_440; later += 1) {
    const [first] = wallToInstants(day, later, zone);
    if (first !== undefined) return first;
  }
  return endOfDay(day, zone);
}

/** The next time a mail is due after a moment. */
export function nextDue(timing: Timing, after: Instant): Instant {
  const today = calendarDateAt(timing.zone, after);
  for (let ahead = 0; ahead < LOOKED_AHEAD_DAYS; ahead += 1) {
    const day = addDays(today, ahead);
    if (!isDay(timing, day)) continue;
    const moment = momentOn(day, timing);
    if (moment > after) return moment;
  }
  throw new Error("a schedule without a next day");
}

const MOST_RECIPIENTS = 50;

const zone = z.string().transform((text, context): TimeZone => {
  const known = parseTimeZone(text);
  if (known !== undefined) return known;
  context.addIssue({ code: "custom", message: "is no time zone" });
  return z.NEVER;
});

export const scheduleFields = z
  .strictObject({
    dashboard: z.enum(DASHBOARDS),
    name: z.string().trim().min(1).max(80),
    query: z.string().max(8_000),
    cadence: z.enum(CADENCES),
    weekday: z.int().min(0).max(6).nullable(),
    monthDay: z.int().min(1).max(28).nullable(),
    minute: z.int().min(0).max(1_439),
    zone,
    format: z.enum(FILE_FORMATS),
    recipients: z.array(z.uuid()).min(1).max(MOST_RECIPIENTS).readonly(),
  })
  .refine(
    ({ cadence, weekday, monthDay }) =>
      (cadence === "weekly") === (weekday !== null) &&
      (cadence === "monthly") === (monthDay !== null),
    { error: "a weekly one has its weekday, a monthly one its day" },
  );

export type ScheduleFields = z.infer<typeof scheduleFields>;

/** What is done with scheduled mails: made, changed by who saw `version`, deleted, sent once to who asks. */
export const scheduleAct = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("make"), schedule: scheduleFields }),
  z.strictObject({
    act: z.literal("change"),
    id: z.uuid(),
    version: z.int().min(1),
    schedule: scheduleFields,
  }),
  z.strictObject({ act: z.literal("delete"), id: z.uuid() }),
  z.strictObject({ act: z.literal("test"), id: z.uuid() }),
]);

export type ScheduleAct = z.infer<typeof scheduleAct>;
export type ScheduleRefusal = "not-here" | "changed-meanwhile" | "no-such-person" | "too-many";

/** Of one workspace. */
export const MOST_SCHEDULES = 100;

export type ScheduleAnswer =
  | { readonly status: "done"; readonly id: string }
  | { readonly status: "refused"; readonly message: string };

/** A scheduled mail as whoever manages it sees it. */
export type Schedule = Omit<ScheduleFields, "recipients"> & {
  readonly id: string;
  readonly version: number;
  readonly nextAt: Instant;
  readonly recipients: readonly {
    readonly id: string;
    readonly name: string;
    /** They wanted no more of it. */
    readonly stopped: boolean;
  }[];
};

/** A scheduled mail as somebody who gets it sees it. */
export type ReceivedSchedule = {
  readonly id: string;
  readonly name: string;
  readonly dashboard: ScheduleFields["dashboard"];
  readonly cadence: Timing["cadence"];
  readonly stopped: boolean;
};

/** What one mail says. The file is in it, as it was computed for its reader. */
export const dashboardFacts = z.strictObject({
  occurredAt: z.string(),
  workspaceName: z.string(),
  name: z.string(),
  title: z.string(),
  /** What the figures are of, in words. */
  lines: z.array(z.string()),
  cards: z.array(
    z.strictObject({
      name: z.string(),
      value: z.string(),
      change: z.string(),
      before: z.string(),
    }),
  ),
  /** Starts with a slash. */
  path: z.string(),
  file: z.strictObject({ name: z.string(), type: z.string(), base64: z.string() }).nullable(),
});

export type DashboardFacts = z.infer<typeof dashboardFacts>;
