import { z } from "zod";
import { assignmentRuleInput } from "./assignment-rule";
import { minorOfDecimal } from "./money";

const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((given) => [given ?? []].flat());

/** What was typed with commas between. */
const listed = z
  .string()
  .max(10_000)
  .optional()
  .transform((text = "") =>
    text
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  );

const FIELDS = {
  sources: several,
  kinds: several,
  countries: listed,
  industries: listed,
  emailDomains: listed,
  minAmount: z.string().max(30).optional(),
} as const;

const ticked = z
  .string()
  .optional()
  .transform((text) => text === "on");

/** A rule as its form sends it, turned into what is kept. `currency` is the workspace's. */
export const ruleForm = z
  .strictObject({
    id: z.uuid().optional(),
    version: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .optional(),
    name: z.string(),
    active: ticked,
    inHours: ticked,
    teamId: z.uuid("Choose a team."),
    personId: z
      .union([z.literal(""), z.uuid("Choose somebody of the list.")])
      .optional()
      .transform((id) => (id === undefined || id === "" ? null : id)),
    currency: z.string().regex(/^[A-Z]{3}$/),
    ...FIELDS,
  })
  .transform((form, context) => {
    const { minAmount = "", currency, id, version, name, active, inHours, ...rest } = form;
    const { teamId, personId, ...conditions } = rest;
    const least = minAmount.trim();
    const minor = least === "" ? null : minorOfDecimal(least.replaceAll(",", ""), currency);
    if (minor !== null && !minor.ok) {
      const message = "Write an amount such as 5000.";
      context.addIssue({ code: "custom", path: ["minAmount"], message });
      return z.NEVER;
    }
    const parsed = assignmentRuleInput.safeParse({
      ...(id === undefined ? {} : { id }),
      ...(version === undefined ? {} : { version }),
      name,
      active,
      inHours,
      teamId,
      personId,
      conditions: { ...conditions, minAmountMinor: minor === null ? null : minor.value },
    });
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      // A condition stands in a field of its own.
      const field = path[0] === "conditions" ? String(path[1]) : String(path[0]);
      context.addIssue({ code: "custom", path: [field], message });
    }
    return z.NEVER;
  });

export const ruleChoice = z.strictObject({ id: z.uuid() });

const text = z.string().trim().max(254).optional();

/** An imagined lead: who would be given it. What is not understood is left out. */
export const imaginedLead = z.object({
  kind: z.enum(["lead", "opportunity"]).catch("lead"),
  source: z.uuid().optional().catch(undefined),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .catch(undefined),
  industry: text.catch(undefined),
  email: text.catch(undefined),
  amount: z
    .string()
    .trim()
    .regex(/^\d{1,12}(?:\.\d{1,4})?$/)
    .optional()
    .catch(undefined),
});

export type ImaginedLead = z.output<typeof imaginedLead>;
