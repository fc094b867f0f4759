import { z } from "zod";
import { parseTimeZone } from "@/lib/time/zone";
import { FORECAST_CATEGORIES } from "./lead";
import { SCOPE_KINDS } from "./scope";
import { CHOICE_KINDS, FIELD_KINDS, FIELD_RECORDS, isTidyWeek } from "./set-up";

const NO_CONTROL = /^[^\p{Cc}]*$/u;
const NO_CONTROL_BUT_LINES = /^[^\p{Cc}]*(?:\r?\n[^\p{Cc}]*)*$/u;

const line = (most: number, pattern = NO_CONTROL) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.length <= most, `Use ${most} characters or fewer.`)
    .refine((text) => pattern.test(text), "Contains a character that cannot be written.");

const named = (most: number, missing: string) => line(most).refine((text) => text !== "", missing);

/** An empty field is null. */
export const orNull = <Value>(shape: z.ZodType<Value, string>) =>
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
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, words)
    .transform(Number);

const ticked = z
  .string()
  .optional()
  .transform((text) => text === "on");

export const version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** What a form sends as JSON in one of its fields. */
const json = <Shape extends z.ZodType>(shape: Shape) =>
  z.string().transform((text, context): z.output<Shape> => {
    try {
      const parsed = shape.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      context.addIssue({ code: "custom", message: issue?.message ?? "Cannot be read." });
    } catch {
      context.addIssue({ code: "custom", message: "Cannot be read." });
    }
    return z.NEVER;
  });

const percent = z
  .string()
  .trim()
  .transform((text) => text.replace(",", ".").replace(/\s*%$/, ""))
  .refine(
    (text) => /^\d{1,3}(?:\.\d{1,2})?$/.test(text) && Number(text) <= 100,
    "Write a percentage from 0 to 100.",
  )
  .transform(Number);

/** A pipeline, new (then with the stages of another one) or renamed. */
export const pipelineForm = z.strictObject({
  id: z.uuid().optional(),
  version: version.optional(),
  name: named(80, "A pipeline needs a name."),
  copyOf: z.uuid().optional(),
});

export const pipelineChoice = z.strictObject({ id: z.uuid() });

/** A stage, new or changed. What is won and what is lost has no probability of its own. */
export const stageForm = z.strictObject({
  id: z.uuid().optional(),
  version: version.optional(),
  pipelineId: z.uuid(),
  name: named(80, "A stage needs a name."),
  probability: percent.optional(),
  category: z.enum(FORECAST_CATEGORIES, "Choose a category of the list.").optional(),
  rotDays: orNull(whole(1, 1000, "Write whole days from 1 to 1000, or leave it empty.")),
  exitCriteria: orNull(line(2000, NO_CONTROL_BUT_LINES)),
});

/** A stage that is put away; `moveTo` is where its open deals go. */
export const stageRemoval = z.strictObject({ id: z.uuid(), moveTo: z.uuid().optional() });

const currency = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, "Write a currency of three letters, such as EUR.");

/** A reason, a source or a product. */
export const choiceForm = z.strictObject({
  kind: z.enum(CHOICE_KINDS),
  id: z.uuid().optional(),
  name: named(120, "Write a name."),
  series: orNull(line(120)),
  price: orNull(
    z
      .string()
      .trim()
      .regex(/^\d{1,12}(?:\.\d{1,4})?$/, "Write an amount such as 1200 or 49.90."),
  ),
  currency: orNull(currency),
});

export const THINGS = [
  "pipeline",
  "stage",
  "lost",
  "junk",
  "source",
  "product",
  "field",
  "team",
  "rule",
] as const;
export type Thing = (typeof THINGS)[number];

/** Things of one kind in a new order, all of them named. */
export const orderForm = z.strictObject({
  what: z.enum(["pipeline", "stage", "lost", "junk", "source", "field", "team", "rule"]),
  ids: json(z.array(z.uuid()).min(1).max(500)),
});

/** Something is put away, or brought back. Stages have a form of their own for the first. */
export const archiveForm = z.strictObject({
  what: z.enum(["pipeline", "stage", "lost", "junk", "source", "product", "field", "team"]),
  id: z.uuid(),
  archived: z.enum(["yes", "no"]),
});

const option = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .refine((text) => text.length >= 1 && text.length <= 120, "An option has 1 to 120 characters.")
  .refine((text) => NO_CONTROL.test(text), "Contains a character that cannot be written.");

const options = z
  .array(z.strictObject({ was: z.string().max(120).optional(), name: option }))
  .max(200, "Use 200 options or fewer.")
  .refine(
    (all) => new Set(all.map(({ name }) => name.toLowerCase())).size === all.length,
    "Two options have the same name.",
  );

/** A field of the workspace's own. An option that `was` something is renamed where it stands in records. */
export const fieldForm = z
  .strictObject({
    id: z.uuid().optional(),
    record: z.enum(FIELD_RECORDS),
    label: named(80, "A field needs a name."),
    kind: z.enum(FIELD_KINDS, "Choose a kind of the list."),
    required: ticked,
    options: json(options).optional(),
  })
  .refine(({ kind, options: given }) => kind !== "select" || (given ?? []).length > 0, {
    path: ["options"],
    message: "A choice needs at least one option.",
  });

const zone = z.string().transform((name, context) => {
  const known = parseTimeZone(name);
  if (known !== undefined) return known;
  context.addIssue({ code: "custom", message: "Choose a time zone of the list." });
  return z.NEVER;
});

const hours = z
  .array(z.tuple([z.int().min(0).max(6), z.int().min(0).max(1439), z.int().min(1).max(1440)]))
  .max(70)
  .refine((all) => all.every(([, from, to]) => to > from), "Hours end after they start.")
  .refine(isTidyWeek, "Hours of one day do not overlap.");

const members = z
  .array(z.strictObject({ userId: z.uuid(), weight: z.int().min(0).max(100) }))
  .max(200, "A team has at most 200 people.")
  .refine((all) => new Set(all.map(({ userId }) => userId)).size === all.length, "Twice the same.");

/** A team with its people and its hours, whole. */
export const teamForm = z.strictObject({
  id: z.uuid().optional(),
  version: version.optional(),
  name: named(120, "A team needs a name."),
  managerId: orNull(z.uuid("Choose somebody of the list.")),
  zone,
  responseMinutes: orNull(whole(1, 100_000, "Write minutes from 1 to 100000, or leave it empty.")),
  observesHolidays: ticked,
  hours: json(hours),
  members: json(members),
});

/** What somebody of sales sees and takes on. */
export const personForm = z.strictObject({
  id: z.uuid(),
  scope: z.enum(SCOPE_KINDS, "Choose what they see."),
  capacity: orNull(whole(0, 100_000, "Write a number from 0 to 100000, or leave it empty.")),
  takesLeads: ticked,
  defaultTeamId: orNull(z.uuid("Choose a team of the list.")),
});

export type PipelineInput = z.output<typeof pipelineForm>;
export type StageInput = z.output<typeof stageForm>;
export type ChoiceInput = z.output<typeof choiceForm>;
export type FieldInput = z.output<typeof fieldForm>;
export type TeamInput = z.output<typeof teamForm>;
export type PersonInput = z.output<typeof personForm>;
export type OrderInput = z.output<typeof orderForm>;
export type ArchiveInput = z.output<typeof archiveForm>;
