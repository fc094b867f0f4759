import { z } from "zod";
import { countryCode, customValues, mailAddress, phoneNumber, tagList } from "./deal-input";

const NO_CONTROL = /^[^\p{Cc}]*$/u;

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `is longer than ${most} characters`)
    .regex(NO_CONTROL, "contains a control character");

const orNothing = (most: number) => line(most).transform((text) => (text === "" ? null : text));

const name = line(200).min(1, "is needed");

/** "www.Example.com/" is example.com; empty is nothing. */
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) =>
    text
      .replace(/^https?:\/\//, "")
      .replace(/^www\./, "")
      .replace(/\/.*$/, ""),
  )
  .refine(
    (text) => text === "" || (text.length <= 253 && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text)),
    "is not a domain such as example.com",
  )
  .transform((text) => (text === "" ? null : text));

const website = z
  .string()
  .trim()
  .max(500, "is longer than 500 characters")
  .refine(
    (text) => text === "" || /^https?:\/\/[^\s]+$/i.test(text),
    "is not an address that begins with https://",
  )
  .transform((text) => (text === "" ? null : text));

const employees = z
  .string()
  .trim()
  .refine((text) => text === "" || /^\d{1,9}$/.test(text), "is not a number")
  .transform((text) => (text === "" ? null : Number(text)));

const tags = z
  .string()
  .max(2_000, "are too many")
  .transform((text) =>
    text
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  )
  .pipe(tagList);

const description = z
  .string()
  .trim()
  .max(20_000, "is longer than 20,000 characters")
  .transform((text) => (text === "" ? null : text));

const idOrNothing = z
  .union([z.literal(""), z.uuid("is not there any more")])
  .transform((text) => (text === "" ? null : text));

/** What the form of a company sends; every field, as text. */
export const companyFields = z.strictObject({
  name,
  domain,
  website,
  phone: phoneNumber,
  industry: orNothing(120),
  country: countryCode,
  employees,
  ownerId: idOrNothing,
  tags,
  description,
  custom: customValues,
});

export type CompanyFields = z.output<typeof companyFields>;

/** What the form of a contact sends. The company is named: found, or made. */
export const contactFields = z.strictObject({
  name,
  email: mailAddress,
  phone: phoneNumber,
  title: orNothing(120),
  companyName: orNothing(200),
  tags,
  description,
  custom: customValues,
});

export type ContactFields = z.output<typeof contactFields>;

const seen = { id: z.uuid().optional(), version: z.int().min(1).optional() };

/** `{id?, version?, fields}`: without an id it is made. */
export const saveCompanyInput = z.strictObject({ ...seen, fields: companyFields });
export const saveContactInput = z.strictObject({ ...seen, fields: contactFields });

/** `{record, id, removed}`; removed false brings it back. */
export const removePartyInput = z.strictObject({
  record: z.enum(["company", "contact"]),
  id: z.uuid(),
  removed: z.boolean(),
});

/** What became of a company or a contact. */
export type PartyAnswer =
  | { readonly status: "done"; readonly id: string }
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields?: Readonly<Record<string, string>>;
    };

export type PartyRefusal = "not-here" | "changed-meanwhile" | "deleted" | "email-taken";

export const PARTY_REFUSALS: Readonly<Record<PartyRefusal, string>> = {
  "not-here": "There is nothing here any more.",
  "changed-meanwhile":
    "Somebody changed this meanwhile. What you typed is kept; open the page again beside it and compare.",
  deleted: "It was deleted. Restore it first.",
  "email-taken": "Another contact has this e-mail address already.",
};
