/** What is known of a lead when it is made, and may say something of its end. */
export const SCORE_FIELDS = [
  "source",
  "medium",
  "campaign",
  "country",
  "industry",
  "product",
  "team",
  "kind",
  "has_email",
  "has_phone",
  "has_company",
  "weekday",
  "hour",
  "amount",
  "employees",
] as const;
export type ScoreField = (typeof SCORE_FIELDS)[number];

/** Those that are numbers, and become bins. Amounts are minor units of the workspace's currency. */
export const NUMBER_FIELDS = ["amount", "employees"] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

export const isNumberField = (field: ScoreField): field is NumberField =>
  (NUMBER_FIELDS as readonly string[]).includes(field);

/** Fields that know the end, or come about on the way to it: a model that read them would know the answer. */
export const LEAKY_FIELDS = [
  "lost_reason",
  "competitor",
  "status",
  "stage",
  "probability",
  "category",
  "expected_close",
  "tags",
  "custom",
  "description",
  "activities",
  "first_response",
  "days_in_stage",
  "later_changes",
] as const;
export type LeakyField = (typeof LEAKY_FIELDS)[number];

/** A lead as the score sees it: a value for each field, null where it was not known then. */
export type ScoredLead = {
  readonly id: string;
  readonly values: Readonly<Record<ScoreField, string | number | null>>;
};

/** One that has ended: the lead, whether it was won, and when, as a day number. */
export type EndedLead = ScoredLead & { readonly won: boolean; readonly closed: number };
