import { z } from "zod";
import { calendarDateOnWire, instantOnWire } from "@/lib/time/wire";
import type { FieldDefinition } from "./deal-view";
import { FORECAST_CATEGORIES } from "./lead";
import type { LeadAct } from "./lead-act";
import { isCurrency } from "./money";
import { phoneOf } from "./phone";

const NO_CONTROL = /^[^\p{Cc}]*$/u;

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `is longer than ${most} characters`)
    .regex(NO_CONTROL, "contains a control character");

/** Text of one line that may be taken away: empty is nothing. */
const orNothing = (most: number) =>
  z.union([line(most), z.null()]).transform((text) => (text === null || text === "" ? null : text));

const text = (most: number) =>
  z
    .union([z.string().trim().max(most, `is longer than ${most} characters`), z.null()])
    .transform((words) => (words === null || words === "" ? null : words));

/** A number as people write it, made E.164; without a country's prefix it says nothing. */
export const phoneNumber = z
  .union([z.string().max(60, "is not a phone number"), z.null()])
  .transform((typed, context) => {
    if (typed === null || typed.trim() === "") return null;
    const phone = phoneOf(typed);
    if (phone !== undefined) return phone;
    context.addIssue({
      code: "custom",
      message: "is not a phone number with its country first, as in +65 6123 4567",
    });
    return z.NEVER;
  });

export const mailAddress = z
  .union([z.string(), z.null()])
  .transform((typed) => (typed === null || typed.trim() === "" ? null : typed.trim().toLowerCase()))
  .refine(
    (email) => email === null || (email.length <= 254 && z.email().safeParse(email).success),
    "is not an e-mail address",
  );

export const countryCode = z
  .union([z.string(), z.null()])
  .transform((typed) => (typed === null || typed === "" ? null : typed.toUpperCase()))
  .refine((code) => code === null || /^[A-Z]{2}$/.test(code), "is not a country");

export const tagList = z
  .array(line(60).min(1, "is empty"))
  .max(30, "are more than 30")
  .transform((tags) => [...new Set(tags)]);

export const customValues = z.record(
  z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]),
);

const minor = z
  .int()
  .min(0, "is less than nothing")
  .max(Number.MAX_SAFE_INTEGER, "is too large")
  .nullable();
const id = z.uuid();

/** What a deal can be called. */
export const dealName = line(200).min(1, "is needed");

const currency = z.string().refine(isCurrency, "is not a currency");

/** Facts somebody typed. Amounts are minor units, probability percent. */
export const dealFields = z.strictObject({
  name: dealName.exactOptional(),
  contactName: orNothing(200).exactOptional(),
  companyName: orNothing(200).exactOptional(),
  email: mailAddress.exactOptional(),
  phone: phoneNumber.exactOptional(),
  contactId: id.nullable().exactOptional(),
  companyId: id.nullable().exactOptional(),
  productId: id.nullable().exactOptional(),
  sourceId: id.nullable().exactOptional(),
  medium: orNothing(120).exactOptional(),
  campaign: orNothing(120).exactOptional(),
  country: countryCode.exactOptional(),
  industry: orNothing(120).exactOptional(),
  amountMinor: minor.exactOptional(),
  currency: currency.exactOptional(),
  mrrMinor: minor.exactOptional(),
  probabilityManual: z
    .number("is not a number")
    .min(0, "is below 0 %")
    .max(100, "is above 100 %")
    .nullable()
    .exactOptional(),
  category: z.enum(FORECAST_CATEGORIES).exclude(["closed"]).nullable().exactOptional(),
  expectedClose: calendarDateOnWire.nullable().exactOptional(),
  description: text(20_000).exactOptional(),
  tags: tagList.exactOptional(),
  custom: customValues.exactOptional(),
});

const loss = {
  reasonId: z.uuid("needs a reason"),
  note: text(2_000).exactOptional(),
  competitor: orNothing(200).exactOptional(),
};

const act = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("edit"), fields: dealFields }),
  z.strictObject({
    kind: z.literal("move"),
    stageId: id,
    lost: z.strictObject(loss).exactOptional(),
  }),
  z.strictObject({ kind: z.literal("win"), closedAt: instantOnWire.exactOptional() }),
  z.strictObject({ kind: z.literal("lose"), closedAt: instantOnWire.exactOptional(), ...loss }),
  z.strictObject({ kind: z.literal("junk"), reasonId: loss.reasonId, note: loss.note }),
  z.strictObject({ kind: z.literal("reopen"), stageId: id.exactOptional() }),
  z.strictObject({ kind: z.literal("restate"), closedAt: instantOnWire }),
  z.strictObject({ kind: z.literal("convert"), stageId: id, fields: dealFields.exactOptional() }),
  z.strictObject({
    kind: z.literal("assign"),
    ownerId: id.nullable(),
    teamId: id.nullable().exactOptional(),
  }),
  z.strictObject({ kind: z.literal("park"), until: calendarDateOnWire.nullable() }),
  z.strictObject({ kind: z.literal("tag"), add: tagList, remove: tagList }),
  z.strictObject({ kind: z.literal("delete") }),
  z.strictObject({ kind: z.literal("restore") }),
]) satisfies z.ZodType<LeadAct>;

/** One act of one person to one deal, at the version they saw. */
export const changeDealInput = z.strictObject({ id, version: z.int().min(1), act });

export const noteInput = z.strictObject({
  leadId: id,
  body: z
    .string()
    .trim()
    .min(1, "Write something first.")
    .max(10_000, "is longer than 10,000 characters"),
  mentions: z.array(id).max(50),
});

export const editNoteInput = z.strictObject({
  noteId: id,
  version: z.int().min(1),
  body: noteInput.shape.body,
  mentions: noteInput.shape.mentions,
});

export const removeNoteInput = z.strictObject({ noteId: id, version: z.int().min(1) });

export const followInput = z.strictObject({ leadId: id, following: z.boolean() });

const NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;

type Check = {
  readonly fits: (value: unknown, field: FieldDefinition) => boolean;
  readonly trouble: string;
};

const CHECKS: Readonly<Record<FieldDefinition["kind"], Check>> = {
  text: { fits: (value) => typeof value === "string", trouble: "is not a text" },
  number: {
    fits: (value) => typeof value === "number" || (typeof value === "string" && NUMBER.test(value)),
    trouble: "is not a number",
  },
  date: {
    fits: (value) => calendarDateOnWire.safeParse(value).success,
    trouble: "is not a date",
  },
  select: {
    fits: (value, { options }) => typeof value === "string" && options.includes(value),
    trouble: "is none of the choices",
  },
  checkbox: { fits: (value) => typeof value === "boolean", trouble: "is neither yes nor no" },
  url: {
    fits: (value) => typeof value === "string" && /^https?:\/\/\S+$/i.test(value),
    trouble: "is not an address that begins with https://",
  },
};

/** Whether a value may stand in a field of a workspace's own: what is wrong with it, or nothing. */
function troubleWith(field: FieldDefinition, value: unknown): string | undefined {
  if (value === null || value === "" || value === undefined)
    return field.required ? "is needed" : undefined;
  const { fits, trouble } = CHECKS[field.kind];
  return fits(value, field) ? undefined : trouble;
}

/**
 * What is wrong with values somebody changed, by key; what they left as it was is not judged again. Keys no field has
 * are refused.
 */
export function customTroubles(
  fields: readonly FieldDefinition[],
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const known = new Map(fields.map((field) => [field.key, field]));
  const troubles = Object.entries(after)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]))
    .flatMap(([key, value]) => {
      const field = known.get(key);
      const trouble = field === undefined ? "is not a field here" : troubleWith(field, value);
      return trouble === undefined ? [] : [[`custom.${key}`, trouble] as const];
    });
  return Object.fromEntries(troubles);
}
