import { UTC } from "@/lib/time/zone";
import type { ImportCell } from "./import-cell";
import { cellText } from "./import-cell";
import { readMoment } from "./import-dates";
import type { DateFormat, ImportMapping, KnownField } from "./import-mapping";
import { DATE_FORMATS } from "./import-mapping";

/** Names columns have in exports of other systems, in lower case without spaces; the first one that fits wins. */
const NAMES: Readonly<Partial<Record<KnownField, readonly string[]>>> = {
  externalId: [
    "id",
    "externalid",
    "opportunityid",
    "leadid",
    "dealid",
    "recordid",
    "number",
    "reference",
  ],
  name: [
    "name",
    "dealname",
    "opportunityname",
    "opportunity",
    "deal",
    "title",
    "subject",
    "leadname",
  ],
  contactName: ["contact", "contactname", "fullname", "person", "contactperson"],
  companyName: [
    "company",
    "companyname",
    "account",
    "accountname",
    "organization",
    "organisation",
    "customer",
  ],
  email: ["email", "emailaddress", "mail", "emailfrom", "contactemail"],
  phone: ["phone", "phonenumber", "telephone", "mobile", "tel", "contactphone"],
  ownerEmail: ["owneremail", "salespersonemail", "assignedtoemail"],
  ownerName: [
    "owner",
    "ownername",
    "salesperson",
    "salesagent",
    "assignedto",
    "dealowner",
    "leadowner",
  ],
  team: ["team", "salesteam", "regionaloffice"],
  stage: ["stage", "dealstage", "stagename", "status", "pipelinestage", "leadstatus"],
  kind: ["kind", "type", "recordtype"],
  amount: ["amount", "value", "dealvalue", "closevalue", "expectedrevenue", "revenue", "price"],
  currency: ["currency", "currencycode", "amountcurrency"],
  mrr: ["mrr", "recurringrevenue", "monthlyrecurringrevenue"],
  probability: ["probability", "probability%", "chance"],
  category: ["category", "forecastcategory"],
  expectedClose: [
    "expectedclose",
    "expectedclosing",
    "expectedclosedate",
    "forecastdate",
    "deadline",
  ],
  createdAt: [
    "created",
    "createdat",
    "createdate",
    "createddate",
    "creationdate",
    "createdon",
    "engagedate",
  ],
  closedAt: ["closed", "closedat", "closedate", "closeddate", "datewon", "closedon"],
  lostReason: ["lostreason", "closedlostreason", "lossreason"],
  lostNote: ["lostnote"],
  competitor: ["competitor", "maincompetitor"],
  product: ["product", "productname", "productinterest"],
  source: ["source", "leadsource", "channel", "utmsource"],
  medium: ["medium", "utmmedium"],
  campaign: ["campaign", "utmcampaign", "campaignname"],
  country: ["country", "countrycode", "countryname", "officelocation"],
  industry: ["industry", "sector"],
  tags: ["tags", "labels"],
  description: ["description", "notes", "note", "comment", "comments"],
};

const plainName = (name: string): string => name.toLowerCase().replaceAll(/[\s_\-./:()]+/g, "");

/** The form all dates of a column have; of several that fit, the one that comes first. Undefined without dates. */
export function dateFormatOf(samples: readonly ImportCell[]): DateFormat | undefined {
  const texts = samples.filter((cell) => typeof cell === "string" && cell.trim() !== "");
  if (texts.length === 0) return undefined;
  return DATE_FORMATS.find((format) =>
    texts.every((text) => !("fault" in readMoment(String(text).trim(), format, UTC))),
  );
}

/** Whether amounts are written with a comma before the cents. */
function decimalOf(samples: readonly ImportCell[]): "point" | "comma" {
  const texts = samples.map(cellText);
  const comma = texts.filter((text) => /,\d{1,2}$/.test(text) || /\.\d{3},/.test(text)).length;
  const point = texts.filter((text) => /\.\d{1,2}$/.test(text) || /,\d{3}\./.test(text)).length;
  return comma > point ? "comma" : "point";
}

/** Which field each column becomes, by its name: a field is given once, to the first that asks for it. */
export function suggestFields(columns: readonly string[]): ReadonlyMap<string, KnownField> {
  const found = new Map<string, KnownField>();
  const taken = new Set<KnownField>();
  for (const column of columns) {
    const plain = plainName(column);
    const entry = Object.entries(NAMES).find(
      ([field, names]) => !taken.has(field as KnownField) && names?.includes(plain),
    );
    if (entry === undefined) continue;
    const field = entry[0] as KnownField;
    found.set(column, field);
    taken.add(field);
  }
  return found;
}

/**
 * A mapping to begin with: columns by their names, dates and numbers by how the first rows write them. What it
 * cannot know (which column is the id, which stages there are) is left to whoever reads it.
 */
export function suggestMapping(
  columns: readonly string[],
  samples: readonly (readonly ImportCell[])[],
  externalSource: string,
): Omit<ImportMapping, "columns"> & { readonly columns: ImportMapping["columns"] } {
  const fields = suggestFields(columns);
  const ofField = (field: KnownField): readonly ImportCell[] => {
    const index = columns.findIndex((column) => fields.get(column) === field);
    return index === -1 ? [] : samples.map((row) => row[index] ?? null);
  };
  const dates = (["createdAt", "closedAt", "expectedClose"] as const).map((field) =>
    dateFormatOf(ofField(field)),
  );
  const isDeal = [...fields.values()].some((field) =>
    ["stage", "amount", "closedAt"].includes(field),
  );
  return {
    version: 1,
    externalSource,
    kind: isDeal ? "opportunity" : "lead",
    columns: [...fields].map(([column, field]) => ({ column, field })),
    dateFormat: dates.find((format) => format !== undefined) ?? "YYYY-MM-DD",
    decimal: decimalOf(ofField("amount")),
    formulas: "fail",
    make: ["companies", "contacts"],
  };
}
