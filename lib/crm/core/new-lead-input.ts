import { z } from "zod";
import { calendarDateOnWire } from "@/lib/time/wire";
import type { AlikeLead } from "./alike";
import type { dealFields } from "./deal-input";
import { dealName, mailAddress, phoneNumber } from "./deal-input";
import type { DealChoices } from "./deal-view";
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

/** What the form of a new deal or lead posts: every field, as text. Whether it is a lead or a deal is a field, too. */
export const newLeadInput = z.strictObject({
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
});

export type NewLeadForm = z.input<typeof newLeadInput>;

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
  }: z.output<typeof newLeadInput>,
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
  }) satisfies z.output<typeof dealFields>;
