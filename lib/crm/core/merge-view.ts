import { z } from "zod";
import type { DuplicateReason } from "./duplicate";
import type { Lead } from "./lead";
import { MERGE_FIELD_NAMES, MOST_MERGED } from "./merge";

/** One record that may be merged: as it stands, what its ids are called, and why it is here. */
export type Candidate = {
  readonly lead: Lead;
  readonly label: string;
  readonly owner: string | null;
  readonly product: string | null;
  readonly stage: string | null;
  readonly reasons: readonly DuplicateReason[];
};

export type MergeView = {
  readonly survivor: Candidate;
  /** The likeliest first. Those the reader may not merge are left out and counted. */
  readonly candidates: readonly Candidate[];
  readonly foreign: number;
};

/** `{survivorId, mergedIds, picks, versions}`: whose value wins per field, and what was seen. */
export const mergeInput = z.strictObject({
  survivorId: z.uuid(),
  mergedIds: z.array(z.uuid()).min(1).max(MOST_MERGED),
  picks: z.partialRecord(z.enum(MERGE_FIELD_NAMES as [string, ...string[]]), z.uuid()),
  versions: z.record(z.uuid(), z.int().min(1)),
});

export type MergeAnswer =
  | { readonly status: "done"; readonly survivorId: string; readonly mergeId: string }
  | { readonly status: "refused"; readonly message: string };
