import { z } from "zod";
import { LOCALES } from "@/lib/i18n/locale";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { parseTimeZone } from "@/lib/time/zone";

const NO_CONTROL = /^[^\p{Cc}]*$/u;

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Use ${most} characters or fewer.`)
    .regex(NO_CONTROL, "Contains a character that cannot be written.");

/** An empty field is null; what is wrong with another is said in the field's own words, not in those of a choice. */
const orNull = <Value>(shape: z.ZodType<Value, string>) =>
  z.string().transform((text, context): Value | null => {
    if (text.trim() === "") return null;
    const parsed = shape.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const { message } of parsed.error.issues) context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

const wholeNumber = (text: string, from: number, to: number): boolean =>
  /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to;

const version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** The settings of a workspace as the form sends them. */
export const workspaceForm = z.strictObject({
  version,
  name: line(120).min(1, "A workspace needs a name."),
  zone: z
    .string()
    .refine((name) => parseTimeZone(name) !== undefined, "Choose a time zone of the list."),
  locale: z.enum(LOCALES, "Choose a language of the list."),
  colour: orNull(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^#[0-9a-f]{6}$/, "Write a colour as # and six digits from 0 to 9 and a to f."),
  ),
  mailFromName: orNull(line(120)),
  mailReplyTo: orNull(
    z
      .string()
      .trim()
      .toLowerCase()
      .max(254, "Use 254 characters or fewer.")
      .regex(/^[^\s<>()[\]\\,;:"@]{1,64}@[a-z0-9.-]+\.[a-z0-9-]+$/, "Write one e-mail address."),
  ),
  retentionDays: orNull(
    z
      .string()
      .trim()
      .refine(
        (text) => wholeNumber(text, 1, 36_500),
        "Write a whole number of days from 1 to 36500, or leave it empty.",
      )
      .transform(Number),
  ),
});

export type WorkspaceSettings = Omit<z.output<typeof workspaceForm>, "version">;

const day = z.string().transform((text, context) => {
  const date = parseCalendarDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: "custom", message: "Choose a day." });
  return z.NEVER;
});

const holidayName = line(120).min(1, "A holiday needs a name.");

/** One holiday, new or changed. */
export const holidayForm = z.strictObject({ date: day, name: holidayName });
export const holidayChange = z.strictObject({ id: z.uuid(), date: day, name: holidayName });
export const holidayRemoval = z.strictObject({ id: z.uuid() });

/** The holidays ticked in a preview, each `YYYY-MM-DD name`. */
export const holidayImport = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  holiday: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .transform((lines, context) => {
      const read = lines.slice(0, 500).flatMap((text) => {
        const parsed = holidayForm.safeParse({ date: text.slice(0, 10), name: text.slice(11) });
        return parsed.success ? [parsed.data] : [];
      });
      if (read.length > 0) return read;
      context.addIssue({ code: "custom", message: "Choose at least one holiday." });
      return z.NEVER;
    }),
});

const oneOf = (most: number) => z.string().trim().max(most).optional();

const auditFields = {
  person: oneOf(254),
  action: oneOf(100),
  subject: oneOf(100),
  from: oneOf(10),
  to: oneOf(10),
};

/** What the audit log may be asked for, as it stands in the address of its page. */
export const auditQuestion = z.object({ ...auditFields, after: oneOf(60) });

export type AuditQuestion = z.output<typeof auditQuestion>;

/** The same of its export; days are those of `zone`, UTC when there is none. */
export const auditExportQuestion = z.strictObject({ ...auditFields, zone: oneOf(64) });

export const jobSteering = z.strictObject({
  job: z.string().regex(/^[a-z-]{1,40}\.[a-z-]{1,40}$/),
  steering: z.enum(["run", "pause", "resume"]),
});
