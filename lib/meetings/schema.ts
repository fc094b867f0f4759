import { z } from "zod";
import { parseInstant } from "@/lib/time/instant";
import { instantOnWire, timeZoneOnWire } from "@/lib/time/wire";

const reason = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .refine((text) => text.length <= 500, "Keep the reason under 500 characters.")
  .refine(
    (text) => !/[\p{Cc}--[\n\r\t]]/v.test(text),
    "The reason holds characters that cannot be sent.",
  );

const version = z.coerce.number().int().min(1).optional();

export const confirmInput = z.object({ meetingId: z.uuid(), version });

export const declineInput = z.object({
  meetingId: z.uuid(),
  version,
  reason: reason.refine((text) => text !== "", "Say why: the guest reads it."),
});

export const cancelMeetingInput = z.object({
  meetingId: z.uuid(),
  version,
  reason: reason.refine((text) => text !== "", "Say why: everybody invited reads it."),
});

export const resendInput = z.object({ meetingId: z.uuid(), mailId: z.uuid() });

export const completeTaskInput = z.object({ id: z.uuid() });

/** "2026-12-01T09:00:00.000Z/<id>": the last meeting of the call before. */
const handOverCursor = z
  .string()
  .max(80)
  .transform((text, context) => {
    const [iso = "", id = ""] = text.split("/");
    const start = parseInstant(iso);
    if (start !== undefined && z.uuid().safeParse(id).success) return { start, id };
    context.addIssue({ code: "custom", message: "is not where a call stopped" });
    return z.NEVER;
  });

export const handOverInput = z.strictObject({
  from: z.uuid(),
  to: z.uuid(),
  after: handOverCursor.optional(),
});

/** Longest meeting, minutes. What lasts longer is several meetings, or a series. */
export const LONGEST_MINUTES = 24 * 60;

const oneLine = (longest: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.length <= longest, `Keep this under ${longest} characters.`)
    .refine((text) => !/\p{Cc}/v.test(text), "This holds characters that cannot be sent.");

const severalLines = (longest: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.length <= longest, `Keep this under ${longest} characters.`)
    .refine(
      (text) => !/[\p{Cc}--[\n\r\t]]/v.test(text),
      "This holds characters that cannot be sent.",
    );

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This address is too long.")
  .regex(
    /^[^\s<>()[\]\\,;:"@]{1,64}@[^\s<>()[\]\\,;:"@]+\.[^\s<>()[\]\\,;:"@]+$/,
    "This is no mail address.",
  );

const webAddress = z
  .string()
  .trim()
  .max(2_000)
  .refine(
    (text) => /^https?:\/\/[^\s"<>]+$/.test(text) && URL.canParse(text),
    "Give a web address that begins with https://",
  );

const invitedPerson = z.strictObject({
  userId: z.uuid(),
  required: z.boolean().default(true),
  coHost: z.boolean().default(false),
});

const invitedGuest = z.strictObject({
  name: oneLine(200).refine((text) => text !== "", "Say who this is."),
  email,
  /** The host's when absent. */
  zone: timeZoneOnWire.optional(),
  locale: z.string().max(35).optional(),
  required: z.boolean().default(true),
});

const meetingFields = z.strictObject({
  subject: oneLine(200).refine((text) => text !== "", "Say what the meeting is about."),
  start: instantOnWire,
  end: instantOnWire,
  /** Who holds it; whoever makes it, when absent. */
  hostId: z.uuid().optional(),
  people: z.array(invitedPerson).max(500).default([]),
  guests: z.array(invitedGuest).max(500).default([]),
  roomIds: z.array(z.uuid()).max(20).default([]),
  virtualRoomId: z.uuid().nullable().default(null),
  /** Where, when it is neither in a room of ours nor online. */
  place: z
    .strictObject({ kind: z.enum(["phone", "address"]), detail: oneLine(500) })
    .nullable()
    .default(null),
  agenda: severalLines(4_000).default(""),
  attachments: z
    .array(
      z.strictObject({
        title: oneLine(200).refine((text) => text !== "", "Name it."),
        url: webAddress,
      }),
    )
    .max(20)
    .default([]),
  /** Minutes before the start; null leaves it to each reader. */
  reminderMinutes: z.array(z.int().min(0).max(40_320)).max(5).nullable().default(null),
  visibility: z.enum(["public", "private"]).default("public"),
  /** Everybody invited reads who else is. */
  sharesList: z.boolean().default(false),
});

function checkTimes(
  { start, end }: { readonly start?: number | undefined; readonly end?: number | undefined },
  context: { addIssue: (issue: { code: "custom"; path: string[]; message: string }) => void },
): void {
  if (start === undefined || end === undefined) return;
  const minutes = (end - start) / 60_000;
  const wrong = (message: string) => context.addIssue({ code: "custom", path: ["end"], message });
  if (minutes <= 0) wrong("The end comes before the start.");
  else if (minutes < 5) wrong("A meeting lasts at least 5 minutes.");
  else if (minutes > LONGEST_MINUTES) wrong("A meeting lasts at most 24 hours.");
}

/** A meeting as somebody of the house makes it. */
export const meetingInput = meetingFields.superRefine(checkTimes);

export type MeetingInput = z.output<typeof meetingInput>;

const { shape } = meetingFields;

const changeFields = {
  subject: shape.subject,
  start: shape.start,
  end: shape.end,
  hostId: z.uuid(),
  people: shape.people.unwrap(),
  guests: shape.guests.unwrap(),
  roomIds: shape.roomIds.unwrap(),
  virtualRoomId: shape.virtualRoomId.unwrap(),
  place: shape.place.unwrap(),
  agenda: shape.agenda.unwrap(),
  attachments: shape.attachments.unwrap(),
  reminderMinutes: shape.reminderMinutes.unwrap(),
  visibility: shape.visibility.unwrap(),
  sharesList: shape.sharesList.unwrap(),
};

/** The fields that change; those that are absent stay as they are. */
export const meetingChanges = z.strictObject(changeFields).partial().superRefine(checkTimes);

export type MeetingChanges = z.output<typeof meetingChanges>;

/** As machines make one: confirmed at once, unless it is to be a draft. */
export const newMeeting = meetingFields
  .extend({ confirm: z.boolean().default(true) })
  .superRefine(checkTimes);

/** As machines change one: the version they read, and the fields that change. */
export const changedMeeting = z
  .strictObject({ ...changeFields, version })
  .partial()
  .superRefine(checkTimes);

const wantedEvent = z.strictObject({
  key: z.string().min(1).max(100),
  start: instantOnWire,
  end: instantOnWire,
  userIds: z.array(z.uuid()).max(500).default([]),
  optionalUserIds: z.array(z.uuid()).max(500).default([]),
  roomIds: z.array(z.uuid()).max(20).default([]),
  virtualRoomId: z.uuid().nullable().default(null),
  exceptMeetingId: z.uuid().optional(),
});

/** Up to a hundred events, checked at once. */
export const conflictQuestion = z.strictObject({
  events: z.array(wantedEvent.superRefine(checkTimes)).min(1).max(100),
});

export type ConflictQuestion = z.output<typeof conflictQuestion>;
