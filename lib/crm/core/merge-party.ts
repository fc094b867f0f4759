import { z } from "zod";
import type { DuplicateReason } from "./duplicate";
import { MOST_MERGED } from "./merge";
import type { PartyRecord } from "./party";

/** What somebody chooses a value for, by column. */
export const PARTY_MERGE_FIELDS = {
  company: [
    "name",
    "domain",
    "website",
    "phone",
    "industry",
    "country",
    "employees",
    "owner_id",
    "description",
  ],
  contact: ["name", "email", "phone", "title", "company_id", "zone", "locale", "description"],
} as const satisfies Record<PartyRecord, readonly string[]>;

/** Whose value wins, by column. */
export type PartyPicks = Readonly<Record<string, string>>;

export type PartyMergeRefusal = "nothing-to-merge" | "gone" | "picked-from-elsewhere";

/** A company or a contact as its row, by column. */
export type PartyRowImage = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly version: number;
  readonly deleted_at: string | null;
  readonly tags: readonly string[];
  readonly custom: Readonly<Record<string, unknown>>;
};

/** Why these cannot be merged; undefined when they can. */
export function whyNotMergeParties(
  rows: readonly PartyRowImage[],
  picks: PartyPicks,
): PartyMergeRefusal | undefined {
  if (rows.length < 2) return "nothing-to-merge";
  if (rows.some((row) => row.deleted_at !== null)) return "gone";
  const ids = new Set(rows.map(({ id }) => id));
  return Object.values(picks).some((id) => !ids.has(id)) ? "picked-from-elsewhere" : undefined;
}

/**
 * The columns of the survivor, who stands first: picked values, else its own, else the first known of the others; all
 * tags, and fields of the workspace's own where it has none.
 */
export function mergedColumns(
  record: PartyRecord,
  rows: readonly PartyRowImage[],
  picks: PartyPicks,
): Record<string, unknown> {
  const values = PARTY_MERGE_FIELDS[record].map((field) => {
    const picked = rows.find(({ id }) => id === picks[field]);
    const known = picked ?? rows.find((row) => row[field] !== null);
    return [field, known?.[field] ?? null] as const;
  });
  return {
    ...Object.fromEntries(values),
    tags: [...new Set(rows.flatMap(({ tags }) => tags))].slice(0, 30),
    custom: Object.assign({}, ...rows.map(({ custom }) => custom).reverse()) as object,
  };
}

/** A value as it is kept, or the name of whom it points at; null where nothing is known. */
export type PartyValues = Readonly<Record<string, string | null>>;

/** One company or contact that may be merged, and why it is here. */
export type PartyCandidate = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** Everybody's. */
  readonly deals: number;
  readonly reasons: readonly DuplicateReason[];
  /** By the fields a person chooses a value for. */
  readonly values: PartyValues;
};

export type PartyMergeView = {
  readonly record: PartyRecord;
  readonly survivor: PartyCandidate;
  /** The likeliest first. */
  readonly candidates: readonly PartyCandidate[];
};

/** Whose value stays: what was picked, else the first of them that has one, the survivor before all others. */
export function partyWinner(
  field: string,
  parties: readonly [PartyCandidate, ...PartyCandidate[]],
  picks: PartyPicks,
): PartyCandidate {
  return (
    parties.find(({ id }) => id === picks[field]) ??
    parties.find(({ values }) => (values[field] ?? null) !== null) ??
    parties[0]
  );
}

/** `{record, survivorId, mergedIds, picks, versions}`: whose value wins per column, and what was seen. */
export const mergePartiesInput = z
  .strictObject({
    record: z.enum(["company", "contact"]),
    survivorId: z.uuid(),
    mergedIds: z.array(z.uuid()).min(1).max(MOST_MERGED),
    picks: z.record(z.string().max(40), z.uuid()),
    versions: z.record(z.uuid(), z.int().min(1)),
  })
  .refine(
    ({ record, picks }) =>
      Object.keys(picks).every((field) =>
        PARTY_MERGE_FIELDS[record].some((known) => known === field),
      ),
    "names a field that is not there",
  );
