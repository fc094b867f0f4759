import type { Lead, Stage } from "./lead";
import type { LeadAct } from "./lead-act";

const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: "name",
  contactName: "contact",
  contactId: "contact",
  companyName: "company",
  companyId: "company",
  email: "e-mail address",
  phone: "phone number",
  productId: "product",
  sourceId: "source",
  medium: "medium",
  campaign: "campaign",
  country: "country",
  industry: "industry",
  amountMinor: "amount",
  currency: "amount",
  mrrMinor: "monthly amount",
  probabilityManual: "probability",
  category: "forecast",
  expectedClose: "close date",
  description: "description",
  tags: "tags",
  custom: "fields",
};

const editedWords = (fields: object): string =>
  [...new Set(Object.keys(fields).map((field) => FIELD_WORDS[field] ?? field))].join(", ");

/** What was done, as the undo is called: "Moved ‘Dalton Bakeries’ to Negotiation". */
export function doneWords(
  { name }: Pick<Lead, "name">,
  act: LeadAct,
  stages: readonly Pick<Stage, "id" | "name">[],
): string {
  const it = `‘${name}’`;
  const stageOf = (id: string) => stages.find((stage) => stage.id === id)?.name ?? "another stage";
  switch (act.kind) {
    case "edit":
      return `Changed ${editedWords(act.fields)} of ${it}`;
    case "convert":
      return `Made ${it} a deal in ${stageOf(act.stageId)}`;
    case "move":
      return `Moved ${it} to ${stageOf(act.stageId)}`;
    case "win":
      return `Won ${it}`;
    case "lose":
      return `Lost ${it}`;
    case "junk":
      return `Marked ${it} as junk`;
    case "reopen":
      return `Reopened ${it}`;
    case "restate":
      return `Corrected when ${it} closed`;
    case "assign":
      return act.ownerId === null ? `Left ${it} without an owner` : `Gave ${it} to somebody else`;
    case "park":
      return act.until === null ? `Took ${it} back from parking` : `Parked ${it}`;
    case "tag":
      return `Changed tags of ${it}`;
    case "delete":
      return `Deleted ${it}`;
    case "restore":
      return `Restored ${it}`;
  }
}
