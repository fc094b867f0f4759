import { z } from "zod";
import { instantOnWire, timeZoneOnWire } from "@/lib/time/wire";

/** Anything that could start a new header or line, and the characters that turn text around. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const CONTROL_BUT_LINES = /[\p{Cc}--[\n\r\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/v;

const line = (max: number) =>
  z
    .string("required")
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.length <= max, { error: "too-long", abort: true })
    .refine((text) => !CONTROL.test(text), { error: "control-characters", abort: true });

const requiredLine = (max: number) =>
  line(max).refine((text) => text !== "", { error: "required", abort: true });

/**
 * One plain mail address, lower case. Plus-addresses are legal. Deliberately narrower than the standard: no quoted
 * local parts, no comments, no address lists, only ASCII, so that what is stored is what a mail server sees.
 */
export const plainAddress = z
  .string("required")
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => text !== "", { error: "required", abort: true })
  .refine((text) => text.length <= 254, { error: "too-long", abort: true })
  .refine(
    (text) =>
      /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(
        text,
      ) &&
      !text.startsWith(".") &&
      !text.includes("..") &&
      !text.includes(".@"),
    "not-an-address",
  );

const SOURCE_KEYS = [
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "referrer",
] as const;

/** Where a guest came from: the five campaign parameters and the referring page, one short line each. */
const bookingSource = z
  .partialRecord(z.enum(SOURCE_KEYS), line(200))
  .transform((source) =>
    Object.fromEntries(Object.entries(source).filter(([, value]) => value !== "")),
  );

/** What a guest sends to book a time. Strict: a field nobody asked for is an error, not a surprise. */
export const bookingInput = z.strictObject({
  start: instantOnWire,
  zone: timeZoneOnWire,
  name: requiredLine(120),
  email: plainAddress,
  guests: z.array(plainAddress).max(50, "too-many").optional(),
  subject: line(200).optional(),
  note: z
    .string()
    .transform((text) => text.replaceAll("\r\n", "\n").normalize("NFC").trim())
    .refine((text) => text.length <= 2_000, { error: "too-long", abort: true })
    .refine((text) => !CONTROL_BUT_LINES.test(text), { error: "control-characters", abort: true })
    .optional(),
  /** One of the lengths the link offers; its usual one when absent. */
  durationMinutes: z.int().min(5).max(1_440).optional(),
  /** Which of the link's places, by id; the only or first one when absent. */
  place: z.uuid("not-a-place").optional(),
  /** What the place asks for: the number to call, the address to come to. */
  placeAnswer: line(500).optional(),
  /** By question key. Checked against the link's questions when it is known. */
  answers: z
    .record(z.string().max(40), z.string().max(10_000))
    .refine((answers) => Object.keys(answers).length <= 50, "too-many")
    .optional(),
  /** Campaign and page the guest came from. */
  source: bookingSource.optional(),
  locale: z.string().max(35).optional(),
  /** Invisible to people. Whoever fills it is not one. */
  website: z.string().max(200).optional(),
});

export type BookingInput = z.output<typeof bookingInput>;

/** What a guest sends to move a booking. `version` is the one they saw. */
export const rescheduleInput = z.strictObject({
  start: instantOnWire,
  version: z.int().min(1).optional(),
});

export const cancelInput = z.strictObject({
  reason: line(500).optional(),
  version: z.int().min(1).optional(),
});

export const linkToken = z.string().regex(/^[A-Za-z0-9_-]{3,64}$/);

/** A guest's capability: 32 bytes as base64url. */
export const manageTokenShape = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, "not-a-key");

/** What the slots of a link are asked for. Defaults: from now, to the end of what a page lists. */
export const slotQuestion = z
  .strictObject({
    from: instantOnWire.optional(),
    to: instantOnWire.optional(),
    zone: timeZoneOnWire.optional(),
    durationMinutes: z.coerce.number("not-a-number").int().min(5).max(1_440).optional(),
    place: z.uuid("not-a-place").optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ["to"],
    message: "must be after from",
  });

export type SlotQuestion = z.output<typeof slotQuestion>;

/** What a guest sends to be told when a full link has a free time again. */
export const waitingInput = z.strictObject({
  name: requiredLine(120),
  email: plainAddress,
  zone: timeZoneOnWire,
  locale: z.string().max(35).optional(),
  durationMinutes: z.int().min(5).max(1_440).optional(),
  /** Invisible to people. Whoever fills it is not one. */
  website: z.string().max(200).optional(),
});

export type WaitingInput = z.output<typeof waitingInput>;
