import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { LinkDraft } from "../schema";

export const linkTabs = ["active", "one-off", "archived"] as const;
export type LinkTab = (typeof linkTabs)[number];

/** What a list of links is asked for; it lives in the page's address. */
export const linksQuestion = z.object({
  tab: z.enum(linkTabs).catch("active"),
  /** Part of a name or an address. */
  q: z.string().trim().max(100).catch(""),
  /** Whose links, for those who see everybody's. */
  owner: z.uuid().optional().catch(undefined),
  /** How many pages are shown under each other. */
  pages: z.coerce.number().int().min(1).max(20).catch(1),
});

export type LinksQuestion = z.output<typeof linksQuestion>;

/** What becomes of somebody who opens the link now. */
export type LinkState = "active" | "off" | "expired" | "used-up" | "archived";

export type LinkRow = {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly state: LinkState;
  readonly hostNames: readonly string[];
  readonly roundRobin: boolean;
  /** Minutes, shortest first. */
  readonly durations: readonly number[];
  /** Of the last 30 days. */
  readonly views: number;
  readonly bookings: number;
  readonly ownerName: string | null;
  /** The link a one-off was made from. */
  readonly parentName: string | null;
  readonly uses: number;
  readonly maxUses: number | null;
  readonly expiresAt: Instant | null;
};

export type LinkSchedule = {
  readonly id: string;
  readonly name: string;
  readonly zone: TimeZone;
  readonly isDefault: boolean;
  readonly version: number;
  /** [day of the week, 0 Sunday; from; to] in minutes of the day. Empty when they are not the reader's to know. */
  readonly hours: readonly (readonly [day: number, from: number, to: number])[];
};

/** Somebody who may be a host, with the hours to choose from. */
export type LinkPerson = {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly zone: TimeZone;
  readonly schedules: readonly LinkSchedule[];
  /** Whether the reader may change this person's hours. */
  readonly editable: boolean;
};

export type LinkRoom = {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly capacity: number;
};

export type LinkVirtualRoom = { readonly id: string; readonly name: string };

/** Whatever a link's settings may name. */
export type LinkChoices = {
  readonly people: readonly LinkPerson[];
  readonly rooms: readonly LinkRoom[];
  readonly virtualRooms: readonly LinkVirtualRoom[];
};

/** One link as its editor shows it. */
export type LinkDetail = {
  readonly id: string;
  readonly version: number;
  readonly draft: LinkDraft;
  readonly state: LinkState;
  readonly ownerName: string | null;
  readonly parent: { readonly id: string; readonly name: string } | null;
  readonly uses: number;
  /** Since the first of the month, in the workspace's zone. */
  readonly views: number;
  readonly bookings: number;
};

export type OneOff = {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly state: LinkState;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
};

type StateFacts = {
  readonly active: boolean;
  readonly archivedAt: number | null;
  readonly expiresAt: number | null;
  readonly uses: number;
  readonly maxUses: number | null;
};

export function stateOf(link: StateFacts, now: Instant): LinkState {
  if (link.archivedAt !== null) return "archived";
  if (link.maxUses !== null && link.uses >= link.maxUses) return "used-up";
  if (link.expiresAt !== null && link.expiresAt <= now) return "expired";
  return link.active ? "active" : "off";
}
