import { z } from "zod";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { ActivityKind } from "./activity";
import type { DealChoices } from "./deal-view";
import type { Lead, Stage } from "./lead";
import type { LeadFilter, LeadSort } from "./lead-filter";
import { DEFAULT_SORT, leadFilterQuery, parseLeadFilter, parseSort, sortText } from "./lead-filter";

/** Rows of a page. */
export const PAGE_ROWS = 50;
/** The most that is changed at once. */
export const MOST_CHANGED = 10_000;
/** Of those, in one transaction. */
export const CHUNK = 500;

/** A row of the list, with the names of what it refers to. */
export type LeadRow = Pick<
  Lead,
  | "id"
  | "number"
  | "kind"
  | "status"
  | "name"
  | "companyName"
  | "contactName"
  | "email"
  | "phone"
  | "ownerId"
  | "country"
  | "industry"
  | "tags"
  | "amountMinor"
  | "currency"
  | "baseMinor"
  | "expectedClose"
  | "parkedUntil"
  | "createdAt"
  | "updatedAt"
  | "closedAt"
  | "lastTouchAt"
  | "firstResponseAt"
  | "responseDueAt"
> & {
  readonly owner: string | null;
  readonly team: string | null;
  readonly source: string | null;
  readonly product: string | null;
  readonly stage: string | null;
  /** Percent in force. */
  readonly probability: number;
  /** Whole days nobody touched it, when it rots. */
  readonly rotDays: number | null;
  readonly next: {
    readonly kind: ActivityKind;
    readonly subject: string;
    readonly dueAt: Instant;
    readonly allDay: boolean;
  } | null;
};

/** Where a page begins: the key and id of the row before it, or after it. */
export type RowCursor = {
  readonly way: "after" | "before";
  readonly key: string;
  readonly id: string;
};

/** What all rows come to. Minor units of the workspace's currency. */
export type LeadTotals = {
  readonly leads: number;
  readonly baseMinor: number;
  readonly weightedMinor: number;
  readonly withoutRate: number;
  readonly withoutAmount: number;
};

export type LeadPageRows = {
  readonly rows: readonly LeadRow[];
  readonly before: RowCursor | undefined;
  readonly after: RowCursor | undefined;
  /** What was looked for instead of words nobody has, as typed and meant. */
  readonly instead: readonly (readonly [typed: string, meant: readonly string[]])[];
};

/** A saved view of somebody. */
export type LeadView = {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly shared: boolean;
  readonly isDefault: boolean;
  readonly own: boolean;
  readonly owner: string;
};

/** Views everybody has: those of all, and of what asks for attention. */
export const STANDING_VIEWS = {
  all: "",
  mine: "status=open&owner=me",
  unassigned: "is=unassigned",
  unanswered: "is=unanswered",
  rotting: "is=rotting",
} as const;
export type StandingView = keyof typeof STANDING_VIEWS;

/** What the page of leads is asked for; all of it is in its address. */
export type LeadsAddress = {
  readonly filter: LeadFilter;
  readonly sort: LeadSort;
  readonly cursor: RowCursor | undefined;
  /** Id of a saved view or name of a standing one, that the address began with. */
  readonly view: string | undefined;
};

export type LeadsPage = LeadPageRows & {
  readonly scopeWords: string;
  readonly manages: boolean;
  readonly currency: string;
  readonly ratesOf: CalendarDate | null;
  readonly today: CalendarDate;
  readonly views: readonly LeadView[];
  readonly stages: readonly Stage[];
  readonly choices: DealChoices;
};

const cursorParts = z.tuple([z.enum(["after", "before"]), z.string().max(300), z.uuid()]);

/** A cursor as one part of an address. */
export const cursorText = ({ way, key, id }: RowCursor): string =>
  btoa(JSON.stringify([way, encodeURIComponent(key), id])).replaceAll("=", "");

/** The inverse of `cursorText`; undefined for anything else. */
export function parseCursor(text: string | null): RowCursor | undefined {
  if (text === null || text === "") return undefined;
  try {
    const parsed = cursorParts.safeParse(JSON.parse(atob(text)));
    if (!parsed.success) return undefined;
    const [way, key, id] = parsed.data;
    return { way, key: decodeURIComponent(key), id };
  } catch {
    return undefined;
  }
}

const VIEW = /^[0-9a-f-]{36}$|^[a-z]{3,12}$/;

/** Reads the page's address. */
export function leadsAddressed(query: URLSearchParams): LeadsAddress {
  return {
    filter: parseLeadFilter(query),
    sort: parseSort(query.get("sort")) ?? DEFAULT_SORT,
    cursor: parseCursor(query.get("page")),
    view: VIEW.exec(query.get("view") ?? "")?.[0],
  };
}

/** The part of an address a view keeps: filter and order. */
export function viewQuery({ filter, sort }: Pick<LeadsAddress, "filter" | "sort">): string {
  const query = leadFilterQuery(filter);
  if (sortText(sort) !== sortText(DEFAULT_SORT)) query.set("sort", sortText(sort));
  return query.toString();
}

/** The address of a list; another filter or order begins at its first page. */
export function leadsHref(
  { filter, sort, view, cursor }: LeadsAddress,
  deal?: string | undefined,
): string {
  const query = new URLSearchParams(viewQuery({ filter, sort }));
  if (view !== undefined) query.set("view", view);
  if (cursor !== undefined) query.set("page", cursorText(cursor));
  if (deal !== undefined) query.set("deal", deal);
  const text = query.toString();
  return text === "" ? "/leads" : `/leads?${text}`;
}
