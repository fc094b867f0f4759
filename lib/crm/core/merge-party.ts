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
