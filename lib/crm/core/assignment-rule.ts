import { z } from "zod";
import type { Lead } from "./lead";
import { LEAD_KINDS } from "./lead";

const words = (most: number) =>
  z
    .array(z.string().trim().min(1).max(most))
    .max(100)
    .transform((list) => [...new Set(list)]);

/** Which leads a rule takes. Everything that is named must hold; an empty list, and an absent one, asks nothing. */
export const assignmentConditions = z.strictObject({
  /** Ids of sources. */
  sources: z.array(z.uuid()).max(100).optional(),
  /** Codes of two letters. */
  countries: z
    .array(
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{2}$/, "Use a country's two letters."),
    )
    .max(250)
    .optional(),
  industries: words(120).optional(),
  kinds: z.array(z.enum(LEAD_KINDS)).max(2).optional(),
  /** In the workspace's currency; a lead without an amount there does not fulfil it. */
  minAmountMinor: z.int().min(0).nullable().optional(),
  /** What stands behind the @, subdomains included. */
  emailDomains: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .transform((text) => text.replace(/^@/, ""))
        .refine(
          (text) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text),
          "Use a domain such as example.com.",
        ),
    )
    .max(100)
    .optional(),
});

export type AssignmentConditions = z.output<typeof assignmentConditions>;

/** What the screen of rules sends; `version` absent makes a new one. */
export const assignmentRuleInput = z.strictObject({
  id: z.uuid().optional(),
  version: z.int().min(1).optional(),
  name: z
    .string()
    .transform((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
    .refine(
      (text) => text !== "" && text.length <= 120,
      "Give it a name of at most 120 characters.",
    ),
  active: z.boolean(),
  conditions: assignmentConditions,
  teamId: z.uuid(),
  /** Null: the team's members in turn; a person: them, as long as they can. */
  personId: z.uuid().nullable(),
  /** Outside the team's working hours its leads wait. */
  inHours: z.boolean(),
});

export type AssignmentRuleInput = z.output<typeof assignmentRuleInput>;

export type AssignmentRule = {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly active: boolean;
  readonly conditions: AssignmentConditions;
  readonly teamId: string;
  readonly personId: string | null;
  readonly inHours: boolean;
  readonly version: number;
};

/** What of a lead the rules look at. */
export type RuledLead = Pick<
  Lead,
  "id" | "kind" | "sourceId" | "country" | "industry" | "baseMinor" | "email" | "teamId"
>;

const asks = (list: readonly string[] | undefined): list is readonly string[] =>
  list !== undefined && list.length > 0;

const inDomains = (email: string | null, domains: readonly string[]): boolean => {
  const domain = email?.split("@")[1] ?? "";
  return domains.some((wanted) => domain === wanted || domain.endsWith(`.${wanted}`));
};

const same = (a: string | null) => (b: string) => a?.toLowerCase() === b.toLowerCase();

/** Whether these conditions take this lead. */
export function takes(conditions: AssignmentConditions, lead: RuledLead): boolean {
  const { sources, countries, industries, kinds, minAmountMinor, emailDomains } = conditions;
  if (asks(sources) && !sources.some(same(lead.sourceId))) return false;
  if (asks(countries) && !countries.some(same(lead.country))) return false;
  if (asks(industries) && !industries.some(same(lead.industry))) return false;
  if (asks(kinds) && !kinds.some(same(lead.kind))) return false;
  if (asks(emailDomains) && !inDomains(lead.email, emailDomains)) return false;
  const least = minAmountMinor ?? null;
  return least === null || (lead.baseMinor !== null && lead.baseMinor >= least);
}

/** The rule that decides for this lead: the first active one, in their order, that takes it. */
export const ruleFor = (
  rules: readonly AssignmentRule[],
  lead: RuledLead,
): AssignmentRule | undefined =>
  [...rules]
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .find(({ active, conditions }) => active && takes(conditions, lead));
