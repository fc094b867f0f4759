import type { LinksQuestion } from "@/lib/links/core/link-view";

/** The address of a list of links; what is as usual is not written. */
export function listAddress(asked: LinksQuestion, change: Partial<LinksQuestion> = {}): string {
  const { tab, q, owner, pages } = { ...asked, ...change };
  const params = new URLSearchParams();
  if (tab !== "active") params.set("tab", tab);
  if (q !== "") params.set("q", q);
  if (owner !== undefined) params.set("owner", owner);
  if (pages > 1) params.set("pages", String(pages));
  const query = params.toString();
  return query === "" ? "/links" : `/links?${query}`;
}

export const isFiltered = ({ q, owner }: LinksQuestion): boolean => q !== "" || owner !== undefined;
