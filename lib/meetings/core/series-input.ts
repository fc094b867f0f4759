import { z } from "zod";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import { MINUTE_MS } from "@/lib/time/instant";
import { calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import { instantOnWire, timeZoneOnWire } from "@/lib/time/wire";
import type { MeetingInput } from "../schema";
import { cancelMeetingInput, meetingChanges, meetingInput } from "../schema";
import type { LocalMoment } from "./recurrence";
import { MAX_OCCURRENCES } from "./recurrence";
import { parseRule } from "./rrule";

/** What is done about one date, named by its original start: leave it out, hold it at another time, or in other rooms. */
const dateChoice = z.discriminatedUnion("do", [
  z.strictObject({ at: instantOnWire, do: z.literal("skip") }),
  z.strictObject({ at: instantOnWire, do: z.literal("move"), start: instantOnWire }),
  z.strictObject({
    at: instantOnWire,
    do: z.literal("rooms"),
    roomIds: z.array(z.uuid()).max(20),
  }),
]);

export type DateChoice = z.output<typeof dateChoice>;

const repeatShape = z.strictObject({
  /** RRULE without its name: `FREQ=WEEKLY;BYDAY=TU;COUNT=10`. Daily, weekly, monthly; with an end. */
  rule: z.string().max(500),
  /** Whose clock the times keep to. */
  zone: timeZoneOnWire,
  choices: z.array(dateChoice).max(MAX_OCCURRENCES).default([]),
});

/** How a meeting repeats. */
export const repeatInput = repeatShape.transform(({ rule, ...rest }, context) => {
  const read = parseRule(rule, rest.zone);
  if (read !== undefined) return { ...rest, rule: read };
  context.addIssue({ code: "custom", path: ["rule"], message: "This is no way to repeat." });
  return z.NEVER;
});

export type RepeatInput = z.output<typeof repeatInput>;

/** A meeting that repeats: the meeting as at its first date, and how it goes on. */
export const seriesInput = z.strictObject({ meeting: meetingInput, repeat: repeatInput });

export type SeriesInput = z.output<typeof seriesInput>;

/** Which dates of a series a change is meant for, besides the one that was touched. */
const seriesScope = z.enum(["following", "all"]);

/** A series as a form sends it. Unconfirmed, its dates are drafts. */
export const newSeriesInput = z.strictObject({ confirm: z.boolean(), input: seriesInput });

const aDate = { meetingId: z.uuid(), version: z.int().min(1) };

export const seriesChangeInput = z.strictObject({
  ...aDate,
  scope: seriesScope,
  changes: meetingChanges,
  repeat: repeatInput.optional(),
  choices: z.array(dateChoice).max(MAX_OCCURRENCES).optional(),
  overwrite: z.boolean().optional(),
});

export const cancelSeriesInput = z.strictObject({
  ...aDate,
  scope: seriesScope,
  reason: cancelMeetingInput.shape.reason,
});

export const confirmSeriesInput = z.strictObject(aDate);

/** The wall time a series is asked to begin at. */
export const wallOf = (start: MeetingInput["start"], zone: RepeatInput["zone"]): LocalMoment => ({
  date: calendarDateAt(zone, start),
  minute: minuteOfDayOf(minuteOfDayAt(zone, start)),
});

export const minutesOf = ({
  start,
  end,
}: {
  readonly start: number;
  readonly end: number;
}): number => Math.round((end - start) / MINUTE_MS);
