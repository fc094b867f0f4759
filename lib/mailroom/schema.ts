import { z } from "zod";
import { MAIL_ANSWERS } from "@/lib/meetings/core/mail-events";

/** Nothing that ends a line of a header or turns text around, but for line breaks. */
const CONTROL_BUT_LINES = /[\p{Cc}--[\n\r\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/v;

export const LONGEST_NOTE = 1_000;

/** A word with an answer: one text, cut to nothing when it is blank. */
export const answerNote = z
  .string()
  .transform((text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim())
  .refine((text) => text.length <= LONGEST_NOTE && !CONTROL_BUT_LINES.test(text))
  .transform((text) => text || null);

/** The form behind the buttons of an invitation. */
export const answerForm = z.strictObject({
  token: z.string().max(400),
  answer: z.enum(MAIL_ANSWERS),
  note: answerNote.default(null),
});
