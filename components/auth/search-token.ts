import type { SearchParams } from "@/components/meetings/list-address";

/** The token of a mailed link in a page's search parameters; what cannot be one is the empty text. */
export function tokenIn({ token }: SearchParams): string {
  return typeof token === "string" && /^[\w-]{43}$/.test(token) ? token : "";
}
