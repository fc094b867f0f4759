import { z } from "zod";
import type { SpanChoice } from "./day-span";
import { parseSpan, spanText } from "./day-span";
import type { LeadKind, LeadStatus } from "./lead";
import { LEAD_KINDS, LEAD_STATUSES } from "./lead";

/** Conditions with a name of their own. */
export const LEAD_FLAGS = [
  "rotting",
  "no-step",
  "overdue",
  "unassigned",
  "unanswered",
  "parked",
] as const;
export type LeadFlag = (typeof LEAD_FLAGS)[number];

/** Orders of a list; the sign in the address turns one around. */
export const LEAD_SORTS = ["updated", "created", "amount", "expected", "name"] as const;
export type LeadSortKey = (typeof LEAD_SORTS)[number];
export type LeadSort = { readonly key: LeadSortKey; readonly descending: boolean };

export const SPAN_FIELDS = ["created", "closed", "expected"] as const;
export type SpanField = (typeof SPAN_FIELDS)[number];

/** Bounds in whole units of the workspace's currency, both inside; null is open. */
export type AmountSpan = { readonly least: number | null; readonly most: number | null };

/**
 * What a list of leads is asked for: values of one field are alternatives, fields are conditions that all hold. The
 * whole of it stands in the address, and nothing else does: what is sent to somebody shows the same.
 */
export type LeadFilter = {
  /** Words, an address, a number: see search. */
  readonly q: string;
  readonly kind: readonly LeadKind[];
  readonly status: readonly LeadStatus[];
  readonly stage: readonly string[];
  /** Ids; "me" is its reader, "none" nobody. */
  readonly owner: readonly string[];
  readonly team: readonly string[];
  readonly source: readonly string[];
  readonly product: readonly string[];
  readonly country: readonly string[];
  readonly industry: readonly string[];
  /** Any of them. */
  readonly tag: readonly string[];
  readonly company: readonly string[];
  /** Why it was lost, or is junk. */
  readonly reason: readonly string[];
  /** Of its own amount. */
  readonly currency: readonly string[];
  readonly is: readonly LeadFlag[];
  readonly amount: AmountSpan | null;
  readonly spans: Readonly<Partial<Record<SpanField, SpanChoice>>>;
  /** Of the workspace's own fields, by key. */
  readonly custom: readonly { readonly key: string; readonly value: string }[];
};

export const EVERYTHING: LeadFilter = {
  q: "",
  kind: [],
  status: [],
  stage: [],
  owner: [],
  team: [],
  source: [],
  product: [],
  country: [],
  industry: [],
  tag: [],
  company: [],
  reason: [],
  currency: [],
  is: [],
  amount: null,
  spans: {},
  custom: [],
};

export const DEFAULT_SORT: LeadSort = { key: "updated", descending: true };

const MOST_VALUES = 50;
const id = z.uuid().toLowerCase();
const orNone = z.union([id, z.literal("none")]);
const text = z.string().trim().min(1).max(120);

/** What one value of each field may be; what is not understood is left out. */
const VALUES = {
  kind: z.enum(LEAD_KINDS),
  status: z.enum(LEAD_STATUSES),
  stage: id,
  owner: z.union([id, z.literal("me"), z.literal("none")]),
  team: orNone,
  source: orNone,
  product: orNone,
  country: z.string().regex(/^[A-Z]{2}$/),
  industry: text,
  tag: text,
  company: id,
  reason: id,
  currency: z.string().regex(/^[A-Z]{3}$/),
  is: z.enum(LEAD_FLAGS),
} as const;
export type ValueField = keyof typeof VALUES;
export const VALUE_FIELDS = Object.keys(VALUES) as readonly ValueField[];

const AMOUNT = /^(\d{0,15})\.\.(\d{0,15})$/;
const CUSTOM = /^custom\.([a-z][a-z0-9_]{0,39})$/;

function amountOf(said: string | null): AmountSpan | null {
  const match = AMOUNT.exec(said ?? "");
  if (match === null) return null;
  const [least, most] = [match[1], match[2]].map((part) =>
    part === undefined || part === "" ? null : Number(part),
  );
  return least == null && most == null ? null : { least: least ?? null, most: most ?? null };
}

function valuesOf<Field extends ValueField>(query: URLSearchParams, field: Field) {
  const values = query.getAll(field).flatMap((said) => {
    const parsed = VALUES[field].safeParse(said);
    return parsed.success ? [parsed.data] : [];
  });
  return [...new Set(values)].slice(0, MOST_VALUES);
}

/** Reads a filter from an address. What it does not understand is left out, so that an old link still shows a list. */
export function parseLeadFilter(query: URLSearchParams): LeadFilter {
  const listed = Object.fromEntries(VALUE_FIELDS.map((field) => [field, valuesOf(query, field)]));
  const spans = SPAN_FIELDS.flatMap((field) => {
    const span = parseSpan(query.get(field) ?? "");
    return span === undefined ? [] : [[field, span] as const];
  });
  const custom = [...query].flatMap(([name, value]) => {
    const key = CUSTOM.exec(name)?.[1];
    return key === undefined || value === "" || value.length > 200 ? [] : [{ key, value }];
  });
  return {
    ...(listed as unknown as Pick<LeadFilter, ValueField>),
    q: (query.get("q") ?? "").trim().slice(0, 200),
    amount: amountOf(query.get("amount")),
    spans: Object.fromEntries(spans),
    custom: custom.slice(0, 10),
  };
}

/** The address of a filter, its inverse: always in the same order, so that equal filters have equal addresses. */
export function leadFilterQuery(filter: LeadFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.q !== "") query.set("q", filter.q);
  for (const field of VALUE_FIELDS) for (const value of filter[field]) query.append(field, value);
  if (filter.amount !== null)
    query.set("amount", `${filter.amount.least ?? ""}..${filter.amount.most ?? ""}`);
  for (const field of SPAN_FIELDS) {
    const span = filter.spans[field];
    if (span !== undefined) query.set(field, spanText(span));
  }
  for (const { key, value } of filter.custom) query.append(`custom.${key}`, value);
  return query;
}

export const isEverything = (filter: LeadFilter): boolean => leadFilterQuery(filter).size === 0;

/** Which way an order goes when its column is asked for first: the newest, the largest, the next to close, A. */
export const firstWay = (key: LeadSortKey): boolean => key !== "expected" && key !== "name";

/** "-amount" or "name"; anything else is undefined. */
export function parseSort(said: string | null): LeadSort | undefined {
  const key = LEAD_SORTS.find((known) => known === said?.replace(/^-/, ""));
  return key && { key, descending: said?.startsWith("-") ?? false };
}

export const sortText = ({ key, descending }: LeadSort): string => `${descending ? "-" : ""}${key}`;

/** The same filter with one field's values changed. */
export const withValues = <Field extends ValueField>(
  filter: LeadFilter,
  field: Field,
  values: LeadFilter[Field],
): LeadFilter => ({ ...filter, [field]: values });

/** The same filter with days of a field set, or without. */
export function withSpan(
  filter: LeadFilter,
  field: SpanField,
  choice: SpanChoice | undefined,
): LeadFilter {
  const { [field]: _old, ...others } = filter.spans;
  return { ...filter, spans: choice === undefined ? others : { ...others, [field]: choice } };
}
