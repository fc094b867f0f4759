import { z } from "zod";
import { MINUTES_LENGTH } from "./minutes";

/** What the forms of the minutes answer; what was typed is kept where it was not saved. */
export type MinutesAnswer =
  | { readonly status: "idle" | "saved" | "no-minutes" | "already-sent" }
  | { readonly status: "sent"; readonly mails: number }
  /** Somebody else wrote meanwhile. */
  | { readonly status: "changed"; readonly text: string }
  | { readonly status: "refused"; readonly message: string; readonly text: string };

export const minutesInput = z.strictObject({
  meetingId: z.uuid(),
  version: z.coerce.number().int().min(0),
  text: z
    .string()
    .transform((text) => text.toWellFormed().replaceAll("\r\n", "\n").normalize("NFC"))
    .refine(
      (text) => text.length <= MINUTES_LENGTH,
      `Keep this under ${MINUTES_LENGTH + 1} characters.`,
    )
    .refine(
      (text) => !/[\p{Cc}--[\n\r\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/v.test(text),
      "This holds characters that cannot be shown.",
    ),
});

export const mailMinutesInput = z.strictObject({ meetingId: z.uuid() });
