import type { Instant } from "@/lib/time/instant";
import type { ActivityRow } from "./activity";
import type { ForecastCategory, Lead, Stage } from "./lead";

/** A name to choose, or to read. */
export type Named = { readonly id: string; readonly name: string };

/** A field a workspace added to its records; its value stands in the record's `custom`, under `key`. */
export type FieldDefinition = {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly kind: "text" | "number" | "date" | "select" | "checkbox" | "url";
  readonly options: readonly string[];
  readonly required: boolean;
};

/** What the fields of a deal may be set to. Archived ones are left out; a deal that has one keeps showing its name. */
export type DealChoices = {
  readonly people: readonly (Named & { readonly teamId: string | null })[];
  readonly teams: readonly Named[];
  readonly sources: readonly Named[];
  readonly products: readonly Named[];
  readonly lostReasons: readonly Named[];
  readonly junkReasons: readonly Named[];
  readonly fields: readonly FieldDefinition[];
  readonly pipelines: readonly Named[];
};

/** A meeting about the deal. `readable`: whether this reader may open it; else its subject is left out. */
export type DealMeeting = {
  readonly id: string;
  readonly subject: string | null;
  readonly readable: boolean;
  readonly state: "draft" | "confirmed" | "done" | "no_show" | "cancelled";
  readonly start: Instant;
  readonly end: Instant;
  readonly hostName: string;
  readonly place: string | null;
  readonly online: boolean;
  readonly booked: boolean;
  readonly hasMinutes: boolean;
};

type Told = { readonly at: Instant; readonly by: string | null };

/** One thing that happened, as the timeline tells it. */
export type TimelineEntry = Told & { readonly id: string } & (
    | {
        readonly kind: "stage";
        readonly event: string;
        readonly from: string | null;
        readonly to: string | null;
        /** Percent, of the stages before and after; null where there was none. */
        readonly probabilityFrom: number | null;
        readonly probabilityTo: number | null;
        readonly reason: string | null;
        readonly via: string | null;
      }
    | {
        readonly kind: "change";
        readonly field: string;
        readonly before: unknown;
        readonly after: unknown;
        readonly via: string | null;
      }
    | { readonly kind: "activity"; readonly activity: ActivityRow }
    | {
        readonly kind: "note";
        readonly body: string;
        readonly edited: boolean;
        readonly own: boolean;
        readonly version: number;
        readonly mentions: readonly Named[];
      }
    | { readonly kind: "meeting"; readonly meeting: DealMeeting }
    | {
        readonly kind: "assignment";
        readonly owner: string | null;
        readonly team: string | null;
        readonly reason: string;
      }
    | {
        readonly kind: "merge";
        readonly count: number;
        readonly undone: boolean;
        /** Whether this reader can take it back as it stands. */
        readonly open: boolean;
      }
  );

/** One deal or lead, whole, as one reader may see it; it crosses to the browser as it is. */
export type DealView = {
  readonly lead: Lead;
  /** D-7632. */
  readonly label: string;
  readonly baseCurrency: string;
  readonly probability: {
    readonly percent: number;
    readonly from: "closed" | "manual" | "model" | "stage" | "none";
  };
  /** Minor units of the workspace's currency; null without an amount or a rate. */
  readonly weightedMinor: number | null;
  readonly category: ForecastCategory;
  /** Of its pipeline, in their order; those of every pipeline for a lead that could become a deal. */
  readonly stages: readonly Stage[];
  readonly names: {
    readonly owner: string | null;
    readonly team: string | null;
    readonly source: string | null;
    readonly product: string | null;
    readonly company: string | null;
    readonly contact: string | null;
    readonly lostReason: string | null;
  };
  readonly choices: DealChoices;
  readonly planned: readonly ActivityRow[];
  readonly meetings: readonly DealMeeting[];
  /** Newest first; at most TIMELINE_LENGTH, and `more` says whether older ones were left out. */
  readonly timeline: readonly TimelineEntry[];
  readonly more: boolean;
  readonly followers: readonly Named[];
  readonly following: boolean;
  readonly duplicates: number;
  readonly permitted: readonly DealPermission[];
  readonly readerId: string;
  readonly now: Instant;
};

export type DealPermission =
  | "lead.read"
  | "lead.change"
  | "lead.log"
  | "lead.take"
  | "lead.assign"
  | "lead.merge"
  | "lead.delete";

/** Entries of one look at a timeline. */
export const TIMELINE_LENGTH = 200;

/** Newest first, and of one moment the later written one; what passes the length is left out. */
export function mergeTimeline(parts: readonly (readonly TimelineEntry[])[]): {
  readonly timeline: readonly TimelineEntry[];
  readonly more: boolean;
} {
  const all = parts.flat().sort((a, b) => b.at - a.at || b.id.localeCompare(a.id));
  return { timeline: all.slice(0, TIMELINE_LENGTH), more: all.length > TIMELINE_LENGTH };
}

/** Whole days a deal stands in its stage. */
export const daysInStage = (
  lead: { readonly stageEnteredAt: Instant | null; readonly closedAt: Instant | null },
  now: Instant,
): number =>
  lead.stageEnteredAt === null
    ? 0
    : Math.max(0, Math.floor(((lead.closedAt ?? now) - lead.stageEnteredAt) / 86_400_000));

/** What people type to name a deal: D-7632, L-12 or its id. */
export function handleOf(
  text: string,
): { readonly id: string } | { readonly number: number } | undefined {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return { id: text.toLowerCase() };
  const numbered = /^(?:[DL]-?)?(\d{1,15})$/i.exec(text.trim());
  return numbered === null ? undefined : { number: Number(numbered[1]) };
}
