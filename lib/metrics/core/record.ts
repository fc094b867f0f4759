import type { Split } from "./fact";
import { isRowFact, isSpanFact } from "./fact";
import { factOf } from "./measure";
import type { Question } from "./question";
import type { MetricId } from "./registry";
import { metricOf } from "./registry";

/** One row behind a figure. Its owner and team are those it is counted for. */
export type MetricRecord = {
  /** Of this row: a lead may have several, one for each activity, change or stage. */
  readonly id: string;
  readonly leadId: string;
  /** "D-7632" */
  readonly label: string;
  readonly kind: "lead" | "opportunity";
  readonly status: "open" | "won" | "lost" | "junked";
  readonly name: string;
  readonly contactName: string | null;
  readonly companyName: string | null;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly teamId: string | null;
  readonly team: string | null;
  readonly source: string | null;
  readonly product: string | null;
  readonly stageId: string | null;
  readonly stage: string | null;
  readonly amountMinor: number | null;
  readonly currency: string;
  /** Units of the workspace's currency for one of `currency`, as far as the two amounts tell. */
  readonly rate: number | null;
  /** In the workspace's currency. */
  readonly baseMinor: number | null;
  readonly expectedClose: string | null;
  /** The moment it is counted by, ISO 8601; null is as of now. */
  readonly at: string | null;
  /** Of a share: whether it is one of those that have it. */
  readonly hit: boolean | null;
};

/** A group of a split that was clicked; its key as an answer's groups have it. */
export type RecordGroup = { readonly by: Split; readonly key: string | null };

export const RECORD_SORTS = ["newest", "oldest", "largest"] as const;
export type RecordSort = (typeof RECORD_SORTS)[number];

/** Which rows are asked for. Without a sort: newest first, and of what stands now the largest. */
export type RecordsAsked = {
  readonly metric: MetricId;
  readonly question: Pick<Question, "days" | "filter">;
  readonly group?: RecordGroup | undefined;
  readonly sort?: RecordSort | undefined;
  /** Of an earlier answer. */
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type RecordPage = {
  readonly records: readonly MetricRecord[];
  readonly nextCursor: string | null;
};

/** Whether rows stand behind a figure that can be listed: trials of forecasts are none. */
export function isListed(id: MetricId): boolean {
  const fact = factOf(metricOf(id).n);
  return isRowFact(fact) || isSpanFact(fact);
}

/** Where the next page begins: the value sorted by, the lead, and which of its rows. */
export type RecordCursor = {
  readonly value: number;
  readonly leadId: string;
  readonly part: string;
};

const CURSOR = /^(-?\d{1,16})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([0-9a-z-]{0,40})$/;

export const cursorText = ({ value, leadId, part }: RecordCursor): string =>
  `${value}_${leadId}_${part}`;

/** Undefined is no cursor of an answer. */
export function parseRecordCursor(text: string): RecordCursor | undefined {
  const [, value, leadId, part] = CURSOR.exec(text) ?? [];
  return value === undefined || leadId === undefined
    ? undefined
    : { value: Number(value), leadId, part: part ?? "" };
}
