import { z } from "zod";
import { scheduleHours } from "@/lib/availability/schema";
import { calendarDateOnWire, instantOnWire, timeZoneOnWire } from "@/lib/time/wire";

const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const CONTROL_BUT_LINES = /[\p{Cc}--[\n\r\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/v;

const YEAR_MINUTES = 525_600;
const DAY_MINUTES = 1_440;
export const MOST_QUESTIONS = 50;
export const MOST_OPTIONS = 50;
export const MOST_HOSTS = 50;
export const MOST_PLACES = 10;
export const MOST_REMINDERS = 5;
export const MOST_OTHER_DURATIONS = 9;

const tidy = (text: string): string =>
  text.toWellFormed().replaceAll("\r\n", "\n").normalize("NFC").trim();

const words = (max: number, control: RegExp) =>
  z
    .string("This has to be text.")
    .transform(tidy)
    .refine((text) => text.length <= max, {
      error: `Keep this under ${max + 1} characters.`,
      abort: true,
    })
    .refine((text) => !control.test(text), {
      error: "This holds characters that cannot be shown.",
      abort: true,
    });

const line = (max: number) => words(max, CONTROL);
const requiredLine = (max: number, missing: string) =>
  line(max).refine((text) => text !== "", { error: missing, abort: true });
const emptyIsNull = (text: string | null): string | null => (text === "" ? null : text);
const optionalLine = (max: number) => line(max).nullable().transform(emptyIsNull);
const optionalText = (max: number) =>
  words(max, CONTROL_BUT_LINES).nullable().transform(emptyIsNull);

const whole = (least: number, most: number) => {
  const error = `A whole number from ${least} to ${most}.`;
  return z.int(error).min(least, error).max(most, error);
};

const differs = <Item>(items: readonly Item[]): boolean => new Set(items).size === items.length;

const horizonDays = whole(0, 1_000);

const horizon = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("days"), days: horizonDays }),
    z.strictObject({ kind: z.literal("business-days"), days: horizonDays }),
    z.strictObject({
      kind: z.literal("bookable-days"),
      days: whole(0, 366),
      businessDaysOnly: z.boolean().optional(),
    }),
    z.strictObject({ kind: z.literal("until"), date: calendarDateOnWire }),
  ],
  "Choose how far ahead guests may book.",
);

const limit = z
  .strictObject({
    per: z.enum(["day", "week", "month", "year"]),
    count: whole(1, 10_000).optional(),
    minutes: whole(5, YEAR_MINUTES).optional(),
  })
  .refine(({ count, minutes }) => count !== undefined || minutes !== undefined, {
    path: ["count"],
    error: "Say how many meetings, or how many minutes.",
  });

const question = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/, "Small letters, digits and _, beginning with a letter."),
    kind: z.enum(["text", "long_text", "select", "phone", "checkbox"]),
    label: requiredLine(300, "Write what is asked."),
    help: optionalLine(300),
    required: z.boolean(),
    options: z
      .array(requiredLine(200, "An option needs words."))
      .max(MOST_OPTIONS, `At most ${MOST_OPTIONS} options.`)
      .refine(differs, { error: "Each option may be there once." }),
  })
  .refine(({ kind, options }) => kind !== "select" || options.length > 0, {
    path: ["options"],
    error: "A choice needs at least one option.",
  })
  .refine(({ kind, options }) => kind === "select" || options.length === 0, {
    path: ["options"],
    error: "Only a choice has options.",
  });

const place = z
  .strictObject({
    id: z.uuid("This is not a place of this link."),
    kind: z.enum(["room", "virtual", "phone", "address"]),
    label: requiredLine(160, "Write how guests read this place."),
    detail: optionalLine(500),
    asks: z.enum(["phone", "address"]).nullable(),
    /** Of a place that is held online: where; null is a Jitsi meeting of its own. */
    virtualRoomId: z.uuid("There is no such virtual room.").nullable().default(null),
  })
  .refine(({ kind, virtualRoomId }) => kind === "virtual" || virtualRoomId === null, {
    path: ["virtualRoomId"],
    error: "Only a place that is held online has a virtual room.",
  })
  .refine(({ kind, asks }) => asks === null || asks === kind, {
    path: ["asks"],
    error: "Only a phone call asks for a number, and only an address for an address.",
  });

const host = z.strictObject({
  userId: z.uuid("Choose somebody from the list."),
  role: z.enum(["fixed", "one_of"]),
  weight: whole(1, 100),
  scheduleId: z.uuid("Choose one of this host's schedules."),
});

const redirectUrl = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => text.length <= 2_000, {
    error: "Keep this under 2001 characters.",
    abort: true,
  })
  .refine((text) => /^https:\/\/[^\s/?#@\\]+\.[^\s@\\]*$/.test(text) && URL.canParse(text), {
    error: "A whole address that begins with https://",
    abort: true,
  })
  .nullable();

const fields = {
  name: requiredLine(160, "A link needs a name."),
  description: optionalText(2_000),
  /** The last part of the link's address. */
  token: z.string().regex(/^[A-Za-z0-9_-]{3,64}$/, "Use 3 to 64 letters, digits and hyphens."),
  active: z.boolean(),
  zone: timeZoneOnWire,
  zoneLocked: z.boolean(),
  durationMinutes: whole(5, DAY_MINUTES),
  otherDurations: z
    .array(whole(5, DAY_MINUTES))
    .max(MOST_OTHER_DURATIONS, `At most ${MOST_OTHER_DURATIONS} further durations.`)
    .refine(differs, { error: "Each duration may be there once." }),
  /** Null: as long as the duration. */
  intervalMinutes: whole(5, DAY_MINUTES).nullable(),
  offsetMinutes: whole(0, DAY_MINUTES - 1),
  bufferBeforeMinutes: whole(0, 720),
  bufferAfterMinutes: whole(0, 720),
  noticeMinutes: whole(0, YEAR_MINUTES),
  horizon,
  limits: z
    .array(limit)
    .max(4, "At most one limit for each period.")
    .refine((limits) => differs(limits.map(({ per }) => per)), {
      error: "At most one limit for each period.",
    }),
  questions: z
    .array(question)
    .max(MOST_QUESTIONS, `At most ${MOST_QUESTIONS} questions.`)
    .refine((questions) => differs(questions.map(({ key }) => key)), {
      error: "Two questions have the same name.",
    }),
  extraGuests: whole(0, 50),
  seats: whole(1, 1_000),
  showSeats: z.boolean(),
  waitingList: z.boolean(),
  /** Who books becomes a lead of sales, unless they are one. */
  makesLeads: z.boolean(),
  places: z
    .array(place)
    .max(MOST_PLACES, `At most ${MOST_PLACES} places.`)
    .refine((places) => differs(places.map(({ id }) => id)), {
      error: "The same place is there twice.",
    }),
  /** Any one of these has to be free when the place is a room. */
  roomIds: z
    .array(z.uuid("Choose a room from the list."))
    .max(50, "At most 50 rooms.")
    .refine(differs, { error: "The same room is there twice." }),
  needsApproval: z.boolean(),
  holdMinutes: whole(5, 43_200),
  changeDeadlineMinutes: whole(0, YEAR_MINUTES),
  expiresAt: instantOnWire.nullable(),
  maxUses: whole(1, 1_000_000).nullable(),
  hosts: z
    .array(host)
    .min(1, "A link needs somebody to meet.")
    .max(MOST_HOSTS, `At most ${MOST_HOSTS} hosts.`)
    .refine((hosts) => differs(hosts.map(({ userId }) => userId)), {
      error: "The same person is there twice.",
    }),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, "A colour as # and six digits.")
    .nullable(),
  logoId: z.uuid("This picture is not here.").nullable(),
  afterNote: optionalText(2_000),
  redirectUrl,
  reminderMinutes: z
    .array(whole(5, 40_320))
    .max(MOST_REMINDERS, `At most ${MOST_REMINDERS} reminders.`)
    .refine(differs, { error: "The same reminder is there twice." }),
};

type Shared = {
  readonly seats: number;
  readonly needsApproval: boolean;
  readonly otherDurations: readonly number[];
  readonly places: readonly { readonly asks: string | null }[];
};

/** What a meeting that several guests share cannot have, by field. Empty for a link of one seat. */
export function seatConflicts(link: Shared): readonly (readonly [field: string, words: string])[] {
  if (link.seats <= 1) return [];
  const rules: readonly (readonly [boolean, string, string])[] = [
    [link.needsApproval, "needsApproval", "Shared meetings are confirmed at once."],
    [link.otherDurations.length > 0, "otherDurations", "Shared meetings have one duration."],
    [link.places.length > 1, "places", "Guests of a shared meeting meet in one place."],
    [
      link.places.some(({ asks }) => asks !== null),
      "places",
      "Guests of a shared meeting meet in one place, not each at their own.",
    ],
  ];
  return rules.flatMap(([broken, field, text]) => (broken ? [[field, text] as const] : []));
}

/** Every setting of a link, as it is saved. Cross-field rules name the field where something can be done about it. */
export const linkSettings = z.strictObject(fields).superRefine((link, context) => {
  const wrong = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  for (const [field, text] of seatConflicts(link)) wrong(field, text);
  if (link.otherDurations.includes(link.durationMinutes)) {
    wrong("otherDurations", "The usual duration need not be there twice.");
  }
  const inARoom = link.places.some(({ kind }) => kind === "room");
  if (inARoom && link.roomIds.length === 0) wrong("roomIds", "Choose at least one room.");
  if (!inARoom && link.roomIds.length > 0) {
    wrong("roomIds", "Rooms are taken only when a room is one of the places.");
  }
});

/** Settings as they were checked. */
export type LinkSettings = z.output<typeof linkSettings>;
/** Settings as they are typed: plain JSON. */
export type LinkDraft = z.input<typeof linkSettings>;

const linkId = z.uuid();
const version = z.int().min(1);

/** Weekly hours of schedules that were changed beside the settings, each as seen at its version. */
export const draftHours = z
  .array(z.strictObject({ scheduleId: z.uuid(), version, weekly: scheduleHours.shape.weekly }))
  .max(MOST_HOSTS, `At most ${MOST_HOSTS} schedules.`)
  .refine((hours) => differs(hours.map(({ scheduleId }) => scheduleId)), {
    error: "The same hours are there twice.",
  });

export const saveInput = z.strictObject({
  linkId,
  version,
  settings: z.unknown(),
  hours: z.unknown().optional(),
});
export const previewInput = z.strictObject({
  linkId,
  settings: z.unknown(),
  hours: z.unknown().optional(),
});
export const createInput = z.strictObject({
  name: requiredLine(160, "A link needs a name."),
  /** The link whose settings the new one begins with. */
  from: linkId.optional(),
});
export const oneLinkInput = z.strictObject({ linkId, version: version.optional() });
export const oneOffInput = z.strictObject({
  linkId,
  /** What the link is for; shown to nobody but those who run it. */
  name: requiredLine(160, "Say who it is for."),
  expiresAt: instantOnWire.nullable(),
});
