import { z } from "zod";
import { LOCALES } from "@/lib/i18n/locale";
import type { MailEvent, MailRole } from "@/lib/meetings/core/mail-events";
import {
  MAIL_ANSWERS,
  MAIL_EVENTS,
  MAIL_MATRIX,
  MAIL_ROLES,
} from "@/lib/meetings/core/mail-events";
import { troublesIn } from "@/lib/meetings/core/mail-template";
import { REMINDER_CHOICES } from "./core/reminder-choices";

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
  /** The language the page is read in, kept for the page that follows. */
  locale: z.enum(LOCALES).optional(),
  answer: z.enum(MAIL_ANSWERS),
  note: answerNote.default(null),
});

const inMatrix = ({ event, role }: { readonly event: MailEvent; readonly role: MailRole }) =>
  MAIL_MATRIX[event].includes(role);

/** Which mail: an event, one of its readers, and a language. */
const which = z.strictObject({
  event: z.enum(MAIL_EVENTS),
  role: z.enum(MAIL_ROLES),
  locale: z.enum(LOCALES),
});

export const LONGEST_SUBJECT = 300;
export const LONGEST_OPENING = 4_000;

/** Names the variables a text may not have, or a brace that is left open. */
function checkVariables(text: string, context: z.RefinementCtx): void {
  const [first] = troublesIn(text);
  if (first === undefined) return;
  const message =
    first === "{{" || first === "}}"
      ? `“${first}” stands alone. A variable is written like {{topic}}.`
      : `${first} is no variable here.`;
  context.addIssue({ code: "custom", message });
}

const subject = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .refine((text) => text !== "", "Say what the mail is about.")
  .refine((text) => text.length <= LONGEST_SUBJECT, `Keep it under ${LONGEST_SUBJECT} characters.`)
  .refine(
    (text) => !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text),
    "A subject is one line.",
  )
  .superRefine(checkVariables);

const opening = z
  .string()
  .transform((text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim())
  .refine((text) => text !== "", "Say something.")
  .refine((text) => text.length <= LONGEST_OPENING, `Keep it under ${LONGEST_OPENING} characters.`)
  .refine((text) => !CONTROL_BUT_LINES.test(text), "This holds characters that cannot be sent.")
  .superRefine(checkVariables);

/** The version of a mail's own words somebody saw; 0 when it had none. */
const version = z
  .string()
  .regex(/^\d{1,9}$/, "is not a number")
  .transform(Number);

export const templateForm = which
  .extend({ subject, opening, version })
  .refine(inMatrix, "There is no such mail.");

export type TemplateInput = z.output<typeof templateForm>;

export const templateReset = which.extend({ version }).refine(inMatrix, "There is no such mail.");

/** A preview shows whatever is typed, as far as it can be said. */
export const previewForm = which
  .extend({
    subject: z.string().max(LONGEST_SUBJECT).optional(),
    opening: z.string().max(LONGEST_OPENING).optional(),
  })
  .refine(inMatrix, "There is no such mail.");

export const suppressionForm = z.strictObject({
  email: z.string().trim().toLowerCase().min(1).max(254),
  reason: z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text !== "", "Say why this address takes mail again.")
    .refine((text) => text.length <= 300 && !/\p{Cc}/u.test(text), "Keep it to one short line."),
});

export const retryForm = z.strictObject({ mailId: z.uuid() });

const several = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** When somebody is reminded: as the product has it, or at up to five of the times on offer. */
export const remindersForm = z.strictObject({
  usual: z.literal("on").optional(),
  minutes: several
    .default([])
    .transform((texts) => [...new Set(texts.map(Number))])
    .refine(
      (minutes) => minutes.every((one) => (REMINDER_CHOICES as readonly number[]).includes(one)),
      "There is no such reminder.",
    )
    .refine((minutes) => minutes.length <= 5, "Five reminders are the most."),
});
