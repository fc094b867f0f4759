import { z } from "zod";
import { calendarDateOnWire } from "@/lib/time/wire";
import { ACTIVITY_KINDS } from "./activity";

const CONTROL = /[\p{Cc}--[\n\r\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/v;

/** A text of several lines; empty is none. */
const longText = (most: number) =>
  z
    .string()
    .transform((text) => text.toWellFormed().replaceAll("\r\n", "\n").normalize("NFC").trim())
    .refine((text) => text.length <= most, `Keep this under ${most + 1} characters.`)
    .refine((text) => !CONTROL.test(text), "This holds characters that cannot be shown.")
    .transform((text) => (text === "" ? null : text));

const subject = z
  .string()
  .transform((text) => text.toWellFormed().normalize("NFC").replace(/\s+/g, " ").trim())
  .refine((text) => text !== "", "Say what it is about.")
  .refine((text) => text.length <= 200, "Keep this under 201 characters.")
  .refine((text) => !CONTROL.test(text), "This holds characters that cannot be shown.");

const day = calendarDateOnWire;
/** Minutes since midnight on the clock of who asks; null for the whole day. */
const minute = z.int().min(0).max(1439).nullable();
const durationMinutes = z.int().min(0).max(1440).nullable().default(null);

/** Plans something: `{leadId, kind, subject, note?, day, minute, durationMinutes?, remindMinutes?, assigneeId?}`. */
export const planActivityInput = z.strictObject({
  leadId: z.uuid(),
  kind: z.enum(ACTIVITY_KINDS),
  subject,
  note: longText(10_000).default(null),
  day,
  minute,
  durationMinutes,
  /** Minutes before its time; of a whole day any number is its morning. Null: no reminder. */
  remindMinutes: z.int().min(0).max(40_320).nullable().default(null),
  /** Absent: whoever plans it. */
  assigneeId: z.uuid().optional(),
});

/** Something that was done: `{leadId, kind, subject, note?, direction?, outcome?, doneAt?, durationMinutes?}`. */
export const logActivityInput = z.strictObject({
  leadId: z.uuid(),
  kind: z.enum(ACTIVITY_KINDS),
  subject,
  note: longText(10_000).default(null),
  direction: z.enum(["in", "out"]).nullable().default(null),
  outcome: longText(2_000).default(null),
  /** Day and minute on the clock of who asks; absent: now. */
  done: z.strictObject({ day, minute: z.int().min(0).max(1439) }).optional(),
  durationMinutes,
});

/** `{id, version?, done, outcome?}`; done false takes it back. */
export const finishActivityInput = z.strictObject({
  id: z.uuid(),
  version: z.int().min(1).optional(),
  done: z.boolean(),
  outcome: longText(2_000).optional(),
});

/** `{id, version?, day, minute, remindMinutes?}`: to another time; absent remindMinutes keeps the distance. */
export const moveActivityInput = z.strictObject({
  id: z.uuid(),
  version: z.int().min(1).optional(),
  day,
  minute,
  remindMinutes: z.int().min(0).max(40_320).nullable().optional(),
});

/** `{id, version?, removed}`; removed false brings it back. */
export const removeActivityInput = z.strictObject({
  id: z.uuid(),
  version: z.int().min(1).optional(),
  removed: z.boolean(),
});

/** `{leadId, subject, body}`: a letter to the lead's own address. */
export const mailLeadInput = z.strictObject({
  leadId: z.uuid(),
  subject,
  body: longText(20_000)
    .transform((text) => text ?? "")
    .refine((text) => text !== "", "Write something first."),
});

/** `{ids}`: leads and deals the rules are to give out, in this order. */
export const assignByRulesInput = z.strictObject({ ids: z.array(z.uuid()).min(1).max(500) });
