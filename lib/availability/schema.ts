import { z } from "zod";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import { calendarDateOnWire, timeZoneOnWire } from "@/lib/time/wire";
import { HOURS_PROBLEMS, tidyDay, tidyWeek } from "./core/day-hours";
import { ABSENCE_REASONS } from "./core/schedule";

// Generous for people, far below what would make a page or a calendar slow.
const MAX_WEEKLY = 84;
const MAX_DATES = 400;
const MAX_STAYS = 50;
const MAX_DRAFT_CHARACTERS = 200_000;

const oneLine = (most: number, named: string) =>
  z
    .string(`${named} is text.`)
    .transform((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
    .refine((text) => text.length <= most, `Keep ${named.toLowerCase()} under ${most} characters.`)
    .refine((text) => !/\p{Cc}/v.test(text), `${named} holds characters that cannot be kept.`);

const note = (most: number) =>
  oneLine(most, "The note")
    .nullable()
    .transform((text) => (text === "" ? null : text));

const minute = z
  .int(HOURS_PROBLEMS["not-a-time"])
  .min(0, HOURS_PROBLEMS["not-a-time"])
  .max(1440, HOURS_PROBLEMS["not-a-time"])
  .transform(minuteOfDayOf);

const isOfOurTime = (date: CalendarDate): boolean => date >= "2000-01-01" && date <= "2099-12-31";

const date = calendarDateOnWire.refine(isOfOurTime, "Choose a date between 2000 and 2099.");

const range = z.strictObject({ fromMinute: minute, toMinute: minute });

const weekly = z
  .array(
    z.strictObject({
      day: z.literal([0, 1, 2, 3, 4, 5, 6], "There is no such day of the week."),
      fromMinute: minute,
      toMinute: minute,
    }),
    "The weekly hours are not a list.",
  )
  // One day too full is named as such below; this is for what no person entered.
  .max(10 * MAX_WEEKLY, "These are more hours than a week has.")
  .transform((ranges, context) => {
    const tidy = tidyWeek(ranges);
    if (tidy.ok) return tidy.value;
    const { day, problem } = tidy.refusal;
    context.addIssue({ code: "custom", path: [day], message: HOURS_PROBLEMS[problem] });
    return z.NEVER;
  });

const datedHours = z
  .strictObject({ date, ranges: z.array(range).max(10 * MAX_WEEKLY), note: note(200) })
  .transform((dated, context) => {
    const tidy = tidyDay(dated.ranges);
    if (tidy.ok) return { ...dated, ranges: tidy.value };
    context.addIssue({ code: "custom", path: ["ranges"], message: HOURS_PROBLEMS[tidy.refusal] });
    return z.NEVER;
  });

const overrides = z
  .array(datedHours)
  .max(
    MAX_DATES,
    `At most ${MAX_DATES} dates can have hours of their own. Remove some that are over.`,
  )
  .refine(
    (dates) => new Set(dates.map((dated) => dated.date)).size === dates.length,
    "One date is in the list twice.",
  )
  .transform((dates) => [...dates].sort((a, b) => (a.date < b.date ? -1 : 1)));

const travel = z
  .array(
    z
      .strictObject({ from: date, to: date, zone: timeZoneOnWire })
      .refine((stay) => stay.from <= stay.to, {
        path: ["to"],
        message: "This ends before it begins.",
      }),
  )
  .max(MAX_STAYS, `At most ${MAX_STAYS} journeys can be kept. Remove some that are over.`)
  .transform((stays) => [...stays].sort((a, b) => (a.from < b.from ? -1 : 1)))
  .superRefine((stays, context) => {
    for (const [index, stay] of stays.entries()) {
      const before = stays[index - 1];
      if (before === undefined || before.to < stay.from) continue;
      const message = `You cannot be in two zones: this overlaps ${before.from} to ${before.to}.`;
      context.addIssue({ code: "custom", path: [index, "from"], message });
    }
  });

/** All of a schedule that is edited together; days come out tidy, lists in order. */
export const scheduleHours = z.strictObject({
  zone: timeZoneOnWire,
  weekly,
  overrides,
  travel,
  observesHolidays: z.boolean(),
});

/** A field of a form that holds JSON; what is not JSON is told like any other mistake. */
const jsonOf = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .string()
    .max(MAX_DRAFT_CHARACTERS, "This is more than a schedule can hold.")
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "This form was not complete." });
        return z.NEVER;
      }
    })
    .pipe(shape);

const version = z.coerce.number().int().min(1);
const name = oneLine(80, "The name").refine((text) => text !== "", "Give the schedule a name.");

export const saveScheduleInput = z.strictObject({
  scheduleId: z.uuid(),
  version,
  draft: jsonOf(scheduleHours),
});

export const makeScheduleInput = z.strictObject({
  personId: z.uuid(),
  name,
  copyOf: z.uuid().optional(),
});

export const renameScheduleInput = z.strictObject({ scheduleId: z.uuid(), version, name });
export const scheduleInput = z.strictObject({ scheduleId: z.uuid(), version });

const absence = z.strictObject({
  from: date,
  to: date,
  fromMinute: minute.nullable(),
  toMinute: minute.nullable(),
  reason: z.enum(ABSENCE_REASONS, "Choose one of the reasons."),
  note: note(500),
  redirectLinkId: z.uuid().nullable(),
});

export const saveAbsenceInput = z.strictObject({
  personId: z.uuid(),
  /** The one that is changed; a new one without it. */
  absenceId: z.uuid().optional(),
  draft: jsonOf(absence),
});

export const removeAbsenceInput = z.strictObject({ absenceId: z.uuid() });

export type AbsenceInput = z.output<typeof absence>;

/** What guests would see of a draft: through the link of a token, or the hours alone. */
export const previewInput = z.strictObject({
  scheduleId: z.uuid(),
  draft: jsonOf(scheduleHours),
  zone: timeZoneOnWire,
  from: date,
  token: z.string().max(64).optional(),
});
