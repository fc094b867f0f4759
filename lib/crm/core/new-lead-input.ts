import { z } from "zod";
import { calendarDateOnWire } from "@/lib/time/wire";
import type { AlikeLead } from "./alike";
import type { dealFields } from "./deal-input";
import { dealName, mailAddress, phoneNumber } from "./deal-input";
import type { DealChoices, FieldDefinition } from "./deal-view";
import type { Stage } from "./lead";
import { isCurrency } from "./money";

const NO_CONTROL = /^[^\p{Cc}]*$/u;

const orNothing = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `is longer than ${most} characters`)
    .regex(NO_CONTROL, "contains a control character")
    .transform((text) => (text === "" ? null : text));

const choice = z
  .union([z.literal(""), z.uuid("is not there any more")])
  .transform((text) => (text === "" ? null : text));

const day = z
  .string()
  .transform((text) => (text === "" ? null : text))
  .pipe(z.union([z.null(), calendarDateOnWire]));

const newLeadFields = z.strictObject({
  kind: z.enum(["lead", "opportunity"]),
  name: dealName,
  companyName: orNothing(200),
  contactName: orNothing(200),
  email: mailAddress,
  phone: phoneNumber,
  amount: z.string().max(40, "is no amount"),
  currency: z.string().refine(isCurrency, "is not a currency"),
  stageId: choice,
  ownerId: z.union([z.literal("rules"), choice]),
  sourceId: choice,
  productId: choice,
  expectedClose: day,
  description: z
    .string()
    .trim()
    .max(20_000, "is longer than 20,000 characters")
    .transform((text) => (text === "" ? null : text)),
  // Whether possible duplicates were shown already: then it is made, whatever is like it.
  anyway: z.enum(["", "yes"]).default(""),
  // Fields of the workspace's own, by key; what each may hold is judged where they are known.
  custom: z
    .record(z.string(), z.string().max(2_000, "is longer than 2,000 characters"))
    .default({}),
});

const CUSTOM = /^custom\.([a-z][a-z0-9_]{0,39})$/;

/** A form knows no objects: what is named "custom.size" is the field `size` of the workspace's own. */
function gathered(typed: unknown): unknown {
  if (typeof typed !== "object" || typed === null) return typed;
  const entries = Object.entries(typed);
  const own = entries.flatMap(([name, value]) => {
    const key = CUSTOM.exec(name)?.[1];
    return key === undefined ? [] : [[key, value] as const];
  });
  const others = entries.filter(([name]) => !CUSTOM.test(name) && name !== "custom");
  return { ...Object.fromEntries(others), custom: Object.fromEntries(own) };
}

/** What the form of a new deal or lead posts: every field, as text. Whether it is a lead or a deal is a field, too. */
export const newLeadInput = z.preprocess(gathered, newLeadFields);

/** The names of its fields. */
export type NewLeadField = keyof z.input<typeof newLeadFields> | `custom.${string}`;

type OwnValue = string | number | boolean | null;

function ownValue(kind: FieldDefinition["kind"], text: string): OwnValue {
  if (kind === "checkbox") return text === "true";
  // What is no number stays as it was typed, and is refused beside its field.
  return kind === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** What was typed into the workspace's own fields, as their values; what was left empty is null. */
export function ownValues(
  fields: readonly FieldDefinition[],
  typed: Readonly<Record<string, string>>,
): Readonly<Record<string, OwnValue>> {
  const known = fields.map(({ key, kind }) => {
    const text = typed[key]?.trim() ?? "";
    return [key, text === "" ? null : ownValue(kind, text)] as const;
  });
  return { ...typed, ...Object.fromEntries(known) };
}

/** What the form offers. */
export type NewLeadView = {
  readonly choices: DealChoices;
  /** Open ones of every pipeline. */
  readonly stages: readonly Stage[];
  readonly baseCurrency: string;
  readonly readerId: string;
  /** Whether it may be given to others. */
  readonly mayAssign: boolean;
};

/** The form's answer: nothing yet, or what is wrong with what, and everything that was typed. */
export type NewLeadAnswer =
  | { readonly status: "idle" }
  /** Nothing is wrong, but it may be there already: asked once, where no script has shown it before. */
  | {
      readonly status: "similar";
      readonly found: readonly AlikeLead[];
      readonly typed: Readonly<Record<string, string>>;
    }
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly typed: Readonly<Record<string, string>>;
    };

/** The fields a lead is written with. */
export const factsOf = (
  {
    name,
    companyName,
    contactName,
    email,
    phone,
    currency,
    ...form
  }: Omit<z.output<typeof newLeadInput>, "custom"> & {
    readonly custom: Readonly<Record<string, OwnValue>>;
  },
  amountMinor: number | null,
) =>
  ({
    name,
    companyName,
    contactName,
    email,
    phone,
    currency,
    amountMinor,
    sourceId: form.sourceId,
    productId: form.productId,
    expectedClose: form.expectedClose,
    description: form.description,
    custom: Object.fromEntries(
      Object.entries(form.custom).filter(([, value]) => value !== null),
    ) as Record<string, Exclude<OwnValue, null>>,
  }) satisfies z.output<typeof dealFields>;
