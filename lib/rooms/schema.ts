import { z } from "zod";
import { groups } from "@/lib/access/actor";
import { HOURS_PROBLEMS, tidyWeek } from "@/lib/availability/core/day-hours";
import type { WeeklyRange } from "@/lib/availability/core/query";
import { parseTypedHours } from "@/lib/availability/core/typed-hours";
import { minuteOfDaySchema, timeZoneOnWire } from "@/lib/time/wire";
import { parseTimeZone } from "@/lib/time/zone";
import type { RoomHours } from "./core/room";
import { sameEquipment } from "./core/room";

const NO_CONTROL = /^[^\p{Cc}]*$/u;

const line = (most: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.length <= most, `Use ${most} characters or fewer.`)
    .refine((text) => NO_CONTROL.test(text), "Contains a character that cannot be written.");

const named = (most: number, missing: string) => line(most).refine((text) => text !== "", missing);

const orNull = <Value>(shape: z.ZodType<Value, string>) =>
  z
    .string()
    .optional()
    .transform((text = "", context): Value | null => {
      if (text.trim() === "") return null;
      const parsed = shape.safeParse(text);
      if (parsed.success) return parsed.data;
      for (const { message } of parsed.error.issues) context.addIssue({ code: "custom", message });
      return z.NEVER;
    });

const whole = (from: number, to: number, words: string) =>
  z
    .string()
    .trim()
    .refine((text) => /^\d{1,6}$/.test(text) && Number(text) >= from && Number(text) <= to, words)
    .transform(Number);

const ticked = z
  .string()
  .optional()
  .transform((text) => text === "on");

/** One value or several of the same name. */
const several = <Value>(shape: z.ZodType<Value, string>) =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => [given ?? []].flat())
    .pipe(z.array(shape).max(100, "Too many."));

const version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** What is in a room, as the field of words sends it: with commas between. */
const equipment = z
  .string()
  .optional()
  .transform((text = "") =>
    text
      .split(",")
      .map((word) => word.normalize("NFC").trim())
      .filter((word, at, all) => word && all.findIndex((one) => sameEquipment(one, word)) === at),
  )
  .refine((words) => words.length <= 30, "Name at most 30 things.")
  .refine(
    (words) => words.every((word) => word.length <= 60 && NO_CONTROL.test(word)),
    "Use 60 characters or fewer for each thing.",
  );

const dayHours = z.string().optional();

const DAYS = ["hours0", "hours1", "hours2", "hours3", "hours4", "hours5", "hours6"] as const;

/** A range that runs into the next day is two rows: the columns know one day. */
function rowsOf(day: number, from: number, to: number): [number, number, number][] {
  const end = to > from ? to : to + 1440;
  if (end <= 1440) return [[day, from, end]];
  return [
    [day, from, 1440],
    [(day + 1) % 7, 0, end - 1440],
  ];
}

const roomShape = z.strictObject({
  id: z.uuid().optional(),
  version: version.optional(),
  name: named(120, "A room needs a name."),
  location: named(120, "Choose where it is."),
  floor: orNull(line(40)),
  detail: orNull(line(200)),
  capacity: whole(1, 10_000, "Write how many people it seats, 1 to 10000."),
  equipment,
  active: ticked,
  setupMinutes: whole(0, 240, "Write minutes from 0 to 240."),
  cleanupMinutes: whole(0, 240, "Write minutes from 0 to 240."),
  needsApproval: ticked,
  keeperId: orNull(z.uuid("Choose somebody of the list.")),
  bookingGroups: several(z.enum(groups, "Choose groups of the list.")),
  checkIn: ticked,
  releaseMinutes: whole(1, 120, "Write minutes from 1 to 120."),
  parts: several(z.uuid("Choose rooms of the list.")),
  hours0: dayHours,
  hours1: dayHours,
  hours2: dayHours,
  hours3: dayHours,
  hours4: dayHours,
  hours5: dayHours,
  hours6: dayHours,
});

/** A room as its form sends it. Hours are typed, one text a day; a week without any is open around the clock. */
export const roomForm = roomShape.transform((input, context) => {
  const { hours0: _0, hours1: _1, hours2: _2, hours3: _3, hours4: _4, hours5: _5, ...more } = input;
  const { hours6: _6, parts, id, version: seen, ...settings } = more;
  const hours: [number, number, number][] = [];
  for (const [day, field] of DAYS.entries()) {
    const parsed = parseTypedHours(input[field] ?? "");
    if (parsed.ok) {
      hours.push(
        ...parsed.value.flatMap(({ fromMinute, toMinute }) => rowsOf(day, fromMinute, toMinute)),
      );
      continue;
    }
    const message =
      parsed.refusal === "not-understood"
        ? "Write hours such as 9:00–18:00, or closed."
        : HOURS_PROBLEMS[parsed.refusal];
    context.addIssue({ code: "custom", path: [field], message });
  }
  const sorted: RoomHours = hours.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    id,
    version: seen,
    partIds: [...new Set(parts)],
    settings: { ...settings, hours: sorted },
  };
});

export type RoomInput = z.output<typeof roomForm>;

export const locationForm = z.strictObject({
  /** Its name so far; absent for a new one. */
  was: z.string().max(120).optional(),
  name: named(120, "A location needs a name."),
  zone: z.string().transform((name, context) => {
    const zone = parseTimeZone(name);
    if (zone !== undefined) return zone;
    context.addIssue({ code: "custom", message: "Choose a time zone of the list." });
    return z.NEVER;
  }),
  address: orNull(line(500)),
});

export type LocationInput = z.output<typeof locationForm>;

export const locationRemoval = z.strictObject({ name: z.string().max(120) });

const wallTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "Choose a day and a time.");

/** Out of service, in wall times of the room's zone. */
export const closureForm = z.strictObject({
  roomId: z.uuid(),
  from: wallTime,
  to: wallTime,
  note: orNull(line(200)),
});

export const closureRemoval = z.strictObject({ roomId: z.uuid(), id: z.uuid() });

const lineOrNull = (most: number) =>
  line(most)
    .transform((text) => (text === "" ? null : text))
    .nullable();

/** Each thing once, as it was first written. */
const things = z
  .array(named(60, "Name each thing."))
  .max(30, "Name at most 30 things.")
  .transform((words) =>
    words.filter((word, at) => words.findIndex((one) => sameEquipment(one, word)) === at),
  );

/** Opening hours in minutes of the room's wall clock, 0 is Sunday; an end before its start is on the next day. */
const weekOnWire = z
  .array(
    z.strictObject({
      day: z.int().min(0).max(6),
      fromMinute: minuteOfDaySchema,
      toMinute: minuteOfDaySchema,
    }),
  )
  .max(84)
  .transform((ranges, context): RoomHours => {
    const week = ranges.map((range) => ({ ...range, day: range.day as WeeklyRange["day"] }));
    const tidy = tidyWeek(week);
    if (!tidy.ok) {
      context.addIssue({ code: "custom", message: HOURS_PROBLEMS[tidy.refusal.problem] });
      return z.NEVER;
    }
    return tidy.value
      .flatMap(({ day, fromMinute, toMinute }) => rowsOf(day, fromMinute, toMinute))
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  });

const roomOnWire = {
  name: named(120, "A room needs a name."),
  location: named(120, "Say where it is."),
  floor: lineOrNull(40),
  detail: lineOrNull(200),
  capacity: z.int().min(1).max(10_000),
  equipment: things,
  active: z.boolean(),
  setupMinutes: z.int().min(0).max(240),
  cleanupMinutes: z.int().min(0).max(240),
  needsApproval: z.boolean(),
  keeperId: z.uuid().nullable(),
  bookingGroups: z
    .array(z.enum(groups))
    .max(groups.length)
    .transform((names) => [...new Set(names)]),
  checkIn: z.boolean(),
  releaseMinutes: z.int().min(1).max(120),
  hours: weekOnWire,
  /** The rooms it is made of. */
  partIds: z
    .array(z.uuid())
    .max(100)
    .transform((ids) => [...new Set(ids)]),
};

/** A room as machines make one. Without hours it is open around the clock. */
export const newRoomOnWire = z.strictObject({
  ...roomOnWire,
  floor: roomOnWire.floor.default(null),
  detail: roomOnWire.detail.default(null),
  equipment: roomOnWire.equipment.prefault([]),
  active: roomOnWire.active.default(true),
  setupMinutes: roomOnWire.setupMinutes.default(0),
  cleanupMinutes: roomOnWire.cleanupMinutes.default(0),
  needsApproval: roomOnWire.needsApproval.default(false),
  keeperId: roomOnWire.keeperId.default(null),
  bookingGroups: roomOnWire.bookingGroups.prefault([]),
  checkIn: roomOnWire.checkIn.default(false),
  releaseMinutes: roomOnWire.releaseMinutes.default(10),
  hours: roomOnWire.hours.prefault([]),
  partIds: roomOnWire.partIds.prefault([]),
});

export type NewRoomOnWire = z.output<typeof newRoomOnWire>;

/** As machines change one: the version they read, and the settings that change. */
export const roomChangeOnWire = z
  .strictObject({ ...roomOnWire, version: z.int().min(1) })
  .partial();

export type RoomChangeOnWire = z.output<typeof roomChangeOnWire>;

/** A location as machines make one. */
export const newLocationOnWire = z.strictObject({
  name: named(120, "A location needs a name."),
  zone: timeZoneOnWire,
  address: lineOrNull(500).default(null),
});
