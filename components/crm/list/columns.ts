import type { LeadSortKey } from "@/lib/crm/core/lead-filter";

/** Columns of the list, in their order; the name always stands first. */
export const COLUMNS = [
  "stage",
  "amount",
  "owner",
  "next",
  "expected",
  "source",
  "contact",
  "email",
  "phone",
  "team",
  "product",
  "country",
  "industry",
  "probability",
  "tags",
  "created",
  "updated",
] as const;
export type Column = (typeof COLUMNS)[number];

const USUAL: readonly Column[] = [
  "stage",
  "amount",
  "owner",
  "next",
  "expected",
  "source",
  "updated",
];

/** Cookie that remembers which columns somebody looks at, joined by dots. Read by the server, written by the browser. */
export const COLUMNS_COOKIE = "meridian-lead-columns";

/** The columns a cookie names, or the usual ones. */
export function columnsOf(cookie: string | undefined): readonly Column[] {
  const named = new Set(cookie?.split("."));
  const chosen = COLUMNS.filter((column) => named.has(column));
  return chosen.length === 0 ? USUAL : chosen;
}

/** By which of the orders a column's head sorts. */
export const SORT_OF: Readonly<Partial<Record<Column | "name", LeadSortKey>>> = {
  name: "name",
  amount: "amount",
  expected: "expected",
  created: "created",
  updated: "updated",
};
