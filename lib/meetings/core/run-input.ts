import { z } from "zod";
import { instantOnWire } from "@/lib/time/wire";

const version = z.coerce.number().int().min(1).optional();

/** A few words to others, or none. */
const note = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .refine((text) => text.length <= 1_000, "Keep the note under 1,000 characters.")
  .refine(
    (text) => !/[\p{Cc}--[\n\r\t]]/v.test(text),
    "The note holds characters that cannot be sent.",
  )
  .transform((text) => (text === "" ? null : text))
  .default(null);

export const oneMeetingInput = z.object({ meetingId: z.uuid(), version });

export const closeInput = oneMeetingInput.extend({ outcome: z.enum(["done", "no-show"]) });

export const answerInput = z.object({
  meetingId: z.uuid(),
  answer: z.enum(["accepted", "tentative", "declined"]),
  note,
});

export const proposeInput = z.object({
  meetingId: z.uuid(),
  start: instantOnWire,
  end: instantOnWire,
  note,
});

export const decideInput = oneMeetingInput.extend({ proposalId: z.uuid() });

/** The same as machines send it: which meeting stands in the path. */
export const answerOnWire = z.strictObject(answerInput.omit({ meetingId: true }).shape);
export const proposalOnWire = z.strictObject(proposeInput.omit({ meetingId: true }).shape);
export const decisionOnWire = z.strictObject({
  accept: z.boolean(),
  version: z.int().min(1).optional(),
});
