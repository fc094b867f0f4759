import type { TimeZone } from "@/lib/time/zone";
import type { PlainCell, Read } from "./import-cell";
import type { Moment } from "./import-dates";
import { readMomentOnce } from "./import-dates";
import type { ColumnRule, ImportField, ImportMapping, KnownField } from "./import-mapping";
import { FORECAST_WORDS } from "./import-mapping";
import {
  readChoice,
  readCountry,
  readCurrency,
  readEmail,
  readNumber,
  readPercent,
  readPhone,
} from "./import-values";
import type { ForecastCategory, LeadKind } from "./lead";

export type CustomFieldRule = {
  readonly key: string;
  readonly kind: string;
  readonly options: readonly string[];
};

/** What cells are read with. */
export type FieldContext = {
  readonly mapping: ImportMapping;
  readonly zone: TimeZone;
  readonly customFields: readonly CustomFieldRule[];
};

/** What each field's cell becomes. Amounts are plain digits until the currency is known. */
export type FieldValues = {
  readonly [Field in KnownField]: Field extends "kind"
    ? LeadKind
    : Field extends "category"
      ? ForecastCategory
      : Field extends "createdAt" | "closedAt" | "expectedClose"
        ? Moment
        : Field extends "tags"
          ? readonly string[]
          : Field extends "probability"
            ? number
            : string;
};

type Reader<Value> = (
  cell: PlainCell,
  context: FieldContext,
  rule: ColumnRule | undefined,
) => Read<Value>;

const textOf = (cell: PlainCell): string => (typeof cell === "object" ? cell.text : String(cell));

/** Text in one line, cut where it is longer than the field. */
const line =
  (most: number): Reader<string> =>
  (cell) =>
    bounded(textOf(cell).replaceAll(/\s+/g, " "), most);

function bounded(text: string, most: number): Read<string> {
  if (text.length <= most) return { value: text };
  const note = {
    code: "too-many-letters" as const,
    message: `Of ${text.length} letters the first ${most} were taken.`,
  };
  return { value: text.slice(0, most).toWellFormed().trimEnd(), note };
}

/** An id is itself or nothing: a cut one would be another. */
const identity: Reader<string> = (cell) => {
  const text = textOf(cell);
  return text.length <= 200
    ? { value: text }
    : { fault: { code: "too-many-letters", message: "An id has at most 200 letters." } };
};

const moment: Reader<Moment> = (cell, { mapping, zone }, rule) =>
  readMomentOnce(cell, rule?.dateFormat ?? mapping.dateFormat, zone);

const number: Reader<string> = (cell, { mapping }) => {
  // A code or a symbol beside the digits says nothing the currency's column would not.
  const bare =
    typeof cell === "string" ? cell.replace(/^[€$£¥₹]\s*|\s*[€$£¥₹]$/g, "").trim() : cell;
  return readNumber(bare, mapping.decimal);
};

const MOST_TAGS = 30;

const tags: Reader<readonly string[]> = (cell) => {
  const found = textOf(cell)
    .split(/[,;|]/)
    .map((tag) => tag.trim().slice(0, 40))
    .filter((tag) => tag !== "");
  const once = [...new Set(found)];
  if (once.length <= MOST_TAGS) return { value: once };
  return {
    value: once.slice(0, MOST_TAGS),
    note: { code: "too-many-tags", message: `Of ${once.length} tags the first 30 were taken.` },
  };
};

const READERS: { readonly [Field in KnownField]: Reader<FieldValues[Field]> } = {
  externalId: identity,
  kind: (cell) => readChoice(textOf(cell), ["lead", "opportunity"]),
  name: line(200),
  contactName: line(200),
  companyName: line(200),
  email: (cell) => readEmail(textOf(cell)),
  phone: (cell, { mapping }) => readPhone(textOf(cell), mapping.phoneCountry),
  ownerEmail: (cell) => readEmail(textOf(cell)),
  ownerName: line(120),
  team: line(120),
  stage: line(80),
  amount: number,
  currency: (cell) => readCurrency(textOf(cell)),
  mrr: number,
  probability: (cell, { mapping }) => readPercent(cell, mapping.decimal),
  category: (cell) => readChoice(textOf(cell), FORECAST_WORDS),
  expectedClose: moment,
  createdAt: moment,
  closedAt: moment,
  lostReason: line(120),
  lostNote: (cell) => bounded(textOf(cell), 2_000),
  competitor: line(200),
  product: line(120),
  source: line(120),
  medium: line(200),
  campaign: line(200),
  country: (cell) => readCountry(textOf(cell)),
  industry: line(120),
  tags,
  description: (cell) => bounded(textOf(cell), 20_000),
};

const YES = new Set(["yes", "true", "1", "x", "y"]);
const NO = new Set(["no", "false", "0", "n"]);

function readCheckbox(text: string): Read<boolean> {
  const word = text.toLowerCase();
  if (YES.has(word) || NO.has(word)) return { value: YES.has(word) };
  return { fault: { code: "bad-choice", message: `"${text}" is neither yes nor no.` } };
}

function readSelect(text: string, options: readonly string[]): Read<string> {
  const found = options.find((option) => option.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return { value: found };
  return { fault: { code: "bad-choice", message: `"${text}" is none of: ${options.join(", ")}.` } };
}

function readUrl(text: string): Read<string> {
  const isWeb = URL.canParse(text) && /^https?:/i.test(text);
  if (isWeb) return { value: text };
  return { fault: { code: "bad-choice", message: `"${text}" is no address of the web.` } };
}

function readCustom(
  cell: PlainCell,
  field: CustomFieldRule,
  context: FieldContext,
  rule: ColumnRule | undefined,
): Read<string | number | boolean> {
  const text = textOf(cell);
  if (field.kind === "checkbox") return readCheckbox(text);
  if (field.kind === "select") return readSelect(text, field.options);
  if (field.kind === "url") return readUrl(text);
  if (field.kind === "number") {
    const read = readNumber(cell, context.mapping.decimal);
    return "fault" in read ? read : { value: Number(read.value) };
  }
  if (field.kind === "date") {
    const read = moment(cell, context, rule);
    return "fault" in read ? read : { value: read.value.day };
  }
  return bounded(text, 2_000);
}

/** Reads one cell as what its column becomes. */
export function readField(
  field: ImportField,
  cell: PlainCell,
  context: FieldContext,
  rule?: ColumnRule,
): Read<unknown> {
  if (!field.startsWith("custom:")) return READERS[field as KnownField](cell, context, rule);
  const key = field.slice("custom:".length);
  const custom = context.customFields.find((one) => one.key === key);
  return custom === undefined
    ? { fault: { code: "unknown-field", message: `Leads have no field "${key}".` } }
    : readCustom(cell, custom, context, rule);
}
