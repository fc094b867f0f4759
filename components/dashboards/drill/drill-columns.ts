/** Columns of the records, in their order; when and which record stand first. */
export const DRILL_COLUMNS = [
  "owner",
  "team",
  "source",
  "product",
  "stage",
  "status",
  "amount",
  "rate",
  "base",
] as const;
export type DrillColumn = (typeof DRILL_COLUMNS)[number];

const USUAL: readonly DrillColumn[] = ["owner", "team", "source", "amount", "rate", "base"];

/** Cookie that remembers which columns somebody looks at, joined by dots. Read by the server, written by the browser. */
export const DRILL_COLUMNS_COOKIE = "meridian-figure-columns";

/** The columns a cookie names, or the usual ones. */
export function drillColumnsOf(cookie: string | undefined): readonly DrillColumn[] {
  const named = new Set(cookie?.split("."));
  const chosen = DRILL_COLUMNS.filter((column) => named.has(column));
  return chosen.length === 0 ? USUAL : chosen;
}
