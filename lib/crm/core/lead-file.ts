import type { StageType } from "./lead";

/** A lead as a file of leads holds it: names instead of ids, moments as they are. */
export type LeadInFile = {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly status: string;
  readonly name: string;
  readonly companyName: string | null;
  readonly contactName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly owner: string | null;
  readonly ownerEmail: string | null;
  readonly team: string | null;
  readonly pipeline: string | null;
  readonly stage: string | null;
  readonly stageType: StageType | null;
  readonly probability: number | null;
  readonly category: string | null;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly baseMinor: number | null;
  readonly mrrMinor: number | null;
  readonly expectedClose: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly country: string | null;
  readonly industry: string | null;
  readonly product: string | null;
  readonly tags: readonly string[];
  readonly createdAt: string;
  readonly assignedAt: string | null;
  readonly firstResponseAt: string | null;
  readonly convertedAt: string | null;
  readonly closedAt: string | null;
  readonly updatedAt: string;
  readonly nextActivityAt: string | null;
  readonly lostReason: string | null;
  readonly lostNote: string | null;
  readonly competitor: string | null;
  readonly description: string | null;
  readonly externalSource: string | null;
  readonly externalId: string | null;
  readonly custom: Readonly<Record<string, unknown>>;
};

export type CustomColumn = { readonly key: string; readonly label: string };

/** A cell as both kinds of file take it; a date is one of the workspace's clocks. */
export type FileCell = string | number | { readonly date: string } | null;

type Column = {
  readonly name: string;
  readonly of: (
    lead: LeadInFile,
    money: (minor: number | null, currency: string) => number | null,
  ) => FileCell;
};

const date = (text: string | null): FileCell => (text === null ? null : { date: text });

/** The columns of a file of leads, in order; their names are those an import knows again. */
const columns = (baseCurrency: string): readonly Column[] => [
  { name: "Id", of: ({ id }) => id },
  { name: "Number", of: ({ label }) => label },
  { name: "Kind", of: ({ kind }) => kind },
  { name: "State", of: ({ status }) => status },
  { name: "Name", of: ({ name }) => name },
  { name: "Company", of: ({ companyName }) => companyName },
  { name: "Contact", of: ({ contactName }) => contactName },
  { name: "E-mail address", of: ({ email }) => email },
  { name: "Phone", of: ({ phone }) => phone },
  { name: "Owner", of: ({ owner }) => owner },
  { name: "Owner e-mail", of: ({ ownerEmail }) => ownerEmail },
  { name: "Team", of: ({ team }) => team },
  { name: "Pipeline", of: ({ pipeline }) => pipeline },
  { name: "Stage", of: ({ stage }) => stage },
  { name: "Probability", of: ({ probability }) => probability },
  { name: "Forecast category", of: ({ category }) => category },
  { name: "Amount", of: ({ amountMinor, currency }, money) => money(amountMinor, currency) },
  { name: "Currency", of: ({ currency }) => currency },
  {
    name: `Amount in ${baseCurrency}`,
    of: ({ baseMinor }, money) => money(baseMinor, baseCurrency),
  },
  { name: "MRR", of: ({ mrrMinor, currency }, money) => money(mrrMinor, currency) },
  { name: "Expected close", of: ({ expectedClose }) => date(expectedClose) },
  { name: "Source", of: ({ source }) => source },
  { name: "Medium", of: ({ medium }) => medium },
  { name: "Campaign", of: ({ campaign }) => campaign },
  { name: "Country", of: ({ country }) => country },
  { name: "Industry", of: ({ industry }) => industry },
  { name: "Product", of: ({ product }) => product },
  { name: "Tags", of: ({ tags }) => tags.join(", ") },
  { name: "Created", of: ({ createdAt }) => date(createdAt) },
  { name: "Assigned", of: ({ assignedAt }) => date(assignedAt) },
  { name: "First response", of: ({ firstResponseAt }) => date(firstResponseAt) },
  { name: "Converted", of: ({ convertedAt }) => date(convertedAt) },
  { name: "Closed", of: ({ closedAt }) => date(closedAt) },
  { name: "Last change", of: ({ updatedAt }) => date(updatedAt) },
  { name: "Next activity", of: ({ nextActivityAt }) => date(nextActivityAt) },
  { name: "Lost reason", of: ({ lostReason }) => lostReason },
  { name: "Lost note", of: ({ lostNote }) => lostNote },
  { name: "Competitor", of: ({ competitor }) => competitor },
  { name: "Description", of: ({ description }) => description },
  { name: "From", of: ({ externalSource }) => externalSource },
  { name: "Id there", of: ({ externalId }) => externalId },
];

const customCell = (value: unknown): FileCell => {
  if (typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return null;
};

export type LeadFileShape = {
  readonly names: readonly string[];
  readonly cells: (lead: LeadInFile) => readonly FileCell[];
};

/** What a file of leads is made of, for a workspace's currency and its own fields. */
export function leadFileShape(
  baseCurrency: string,
  custom: readonly CustomColumn[],
  digitsOf: (currency: string) => number,
): LeadFileShape {
  const fixed = columns(baseCurrency);
  const money = (minor: number | null, currency: string): number | null =>
    minor === null ? null : minor / 10 ** digitsOf(currency);
  return {
    names: [...fixed.map(({ name }) => name), ...custom.map(({ label }) => label)],
    cells: (lead) => [
      ...fixed.map(({ of }) => of(lead, money)),
      ...custom.map(({ key }) => customCell(lead.custom[key])),
    ],
  };
}

export const LEAD_FILE_FORMATS = ["csv", "xlsx"] as const;
export type LeadFileFormat = (typeof LEAD_FILE_FORMATS)[number];
