import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import type { PartyQuestion, PartyRecord } from "@/lib/crm/core/party";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where each list is. */
export const PLACE_OF = { company: "/companies", contact: "/contacts" } as const satisfies Record<
  PartyRecord,
  string
>;

/** Reads an address; what it does not understand is left out, so that an old or mistyped link still shows a list. */
export function partyAsked(params: SearchParams): PartyQuestion {
  const country = one(params, "country");
  const after = one(params, "after");
  return {
    q: (one(params, "q") ?? "").replaceAll("\0", "").trim().slice(0, 100),
    country: country !== undefined && /^[A-Z]{2}$/.test(country) ? country : undefined,
    after: after !== undefined && ID.test(after) ? after : undefined,
  };
}

/** The address of a list; what is as usual is not written. */
export function partyAddress(record: PartyRecord, { q, country, after }: PartyQuestion): string {
  const params = new URLSearchParams();
  if (q !== "") params.set("q", q);
  if (country !== undefined) params.set("country", country);
  if (after !== undefined) params.set("after", after);
  const query = params.toString();
  return query === "" ? PLACE_OF[record] : `${PLACE_OF[record]}?${query}`;
}
