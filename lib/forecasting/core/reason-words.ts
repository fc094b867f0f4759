import { formatMoneyShort } from "@/lib/crm/core/money";
import { OTHER, UNKNOWN } from "./encode";
import type { ScoreReason } from "./panel";
import type { NumberField, ScoreField } from "./score-fields";

export type ReasonNames = {
  /** Sources, products and teams by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly cuts: Readonly<Record<NumberField, readonly number[]>>;
  readonly currency: string;
};

export const FIELD_WORDS: Readonly<Record<ScoreField, string>> = {
  source: "Source",
  medium: "Medium",
  campaign: "Campaign",
  country: "Country",
  industry: "Industry",
  product: "Product",
  team: "Team",
  kind: "Made as",
  has_email: "E-mail address",
  has_phone: "Phone number",
  has_company: "Company",
  weekday: "Made on a",
  hour: "Made at",
  amount: "Amount",
  employees: "Employees",
};

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const YES_NO: Readonly<Record<string, string>> = { yes: "there", no: "missing" };

/** "below S$5k", "S$5k to S$12k", "from S$12k". */
function binWords(cuts: readonly number[], bin: number, write: (value: number) => string): string {
  const [from, to] = [cuts[bin - 1], cuts[bin]];
  if (from === undefined) return to === undefined ? "any" : `below ${write(to)}`;
  return to === undefined ? `from ${write(from)}` : `${write(from)} to ${write(to)}`;
}

/** A value of a field as people read it. */
export function valueWords(
  field: ScoreField,
  value: string,
  { names, cuts, currency }: ReasonNames,
): string {
  if (value === UNKNOWN) return "not known";
  if (value === OTHER) return "another, seldom one";
  switch (field) {
    case "amount":
      return binWords(cuts.amount, Number(value), (minor) =>
        formatMoneyShort({ minor, currency }, "en"),
      );
    case "employees":
      return binWords(cuts.employees, Number(value), String);
    case "weekday":
      return WEEKDAYS[Number(value) - 1] ?? value;
    case "hour":
      return `${value.padStart(2, "0")}:00–${String(Number(value) + 3).padStart(2, "0")}:00`;
    case "has_email":
    case "has_phone":
    case "has_company":
      return YES_NO[value] ?? value;
    default:
      return names.get(value) ?? value;
  }
}

/** The same reason in words. */
export const reasonIn = (reason: ScoreReason, names: ReasonNames): ScoreReason => ({
  ...reason,
  feature: FIELD_WORDS[reason.feature as ScoreField] ?? reason.feature,
  value: valueWords(reason.feature as ScoreField, reason.value, names),
});
