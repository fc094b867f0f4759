import { groups } from "@/lib/access/actor";
import type { PeopleAsked } from "@/lib/people/core/person";
import { personStates } from "@/lib/people/core/person";

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the page of people shows: the list's question, and who is open beside it. */
export type PeopleAddress = PeopleAsked & { readonly open: string | undefined };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LONGEST_SEARCH = 100;

const one = (params: SearchParams, name: string): string | undefined => {
  const value = params[name];
  return typeof value === "string" || value === undefined ? value : value[0];
};

const idIn = (params: SearchParams, name: string): string | undefined => {
  const value = one(params, name);
  return value !== undefined && ID.test(value) ? value : undefined;
};

/** Reads an address; what it does not understand is left out, so that an old or mistyped link still shows a list. */
export const peopleAsked = (params: SearchParams): PeopleAddress => ({
  q: (one(params, "q") ?? "").replaceAll("\0", "").trim().slice(0, LONGEST_SEARCH),
  group: groups.find((known) => known === one(params, "group")),
  state: personStates.find((known) => known === one(params, "state")),
  after: idIn(params, "after"),
  open: idIn(params, "open"),
});

/** The address of a list; what is as usual is not written. */
export function peopleAddress(asked: PeopleAddress, change: Partial<PeopleAddress> = {}): string {
  const { q, group, state, after, open } = { ...asked, ...change };
  const params = new URLSearchParams();
  if (q !== "") params.set("q", q);
  if (group !== undefined) params.set("group", group);
  if (state !== undefined) params.set("state", state);
  if (after !== undefined) params.set("after", after);
  if (open !== undefined) params.set("open", open);
  const query = params.toString();
  return query === "" ? "/admin/users" : `/admin/users?${query}`;
}
