import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { PlaceSplit } from "../core/fact";
import type { FilterField, MetricFilter } from "../core/question";
import { FILTER_FIELDS } from "../core/question";

type NamedSplit = Exclude<PlaceSplit, "country" | "industry">;

const TABLES: Readonly<Record<NamedSplit, string>> = {
  team: "sales_team",
  owner: "app_user",
  source: "lead_source",
  product: "product",
  stage: "stage",
  lost_reason: "lost_reason",
};

/** What stands for a group that is nobody's, or not known. */
const NOBODY: Readonly<Record<PlaceSplit, string>> = {
  team: "No team",
  owner: "Unassigned",
  source: "No source",
  product: "No product",
  stage: "No stage",
  country: "Unknown",
  industry: "Unknown",
  lost_reason: "No reason",
};

const countries = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isNamed = (split: PlaceSplit): split is NamedSplit =>
  split !== "country" && split !== "industry";

/** How the groups of a place split are called, whoever was archived meanwhile. */
export async function getGroupNames(
  db: Db,
  workspaceId: string,
  split: PlaceSplit,
  keys: readonly (string | null)[],
): Promise<(key: string | null) => string> {
  const ids = keys.filter((key) => key !== null);
  const rows =
    isNamed(split) && ids.length > 0
      ? await db.$queryRaw<{ id: string; name: string }[]>`
          SELECT id, name FROM ${Prisma.raw(TABLES[split])}
           WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`
      : [];
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (key) => {
    if (key === null) return NOBODY[split];
    if (split === "country") return countries.of(key.trim()) ?? key;
    return names.get(key) ?? key;
  };
}

/** Names as somebody typed them: a text as a whole first, for a name may hold a comma. */
const wordsOf = (said: string): string[] =>
  said
    .split(/[\n,]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");

/** The ids meant by one field's text; the words that are nobody's. */
async function idsOf(
  db: Db,
  workspaceId: string,
  field: FilterField,
  said: string,
): Promise<{ readonly ids: readonly string[]; readonly unknown: readonly string[] }> {
  const lines = said.split("\n").map((line) => line.trim());
  const candidates = [...new Set([...lines, ...wordsOf(said)])];
  const rows = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, lower(name) AS name FROM ${Prisma.raw(TABLES[field])}
     WHERE workspace_id = ${workspaceId}::uuid
       AND (id::text = ANY(${candidates.map((one) => one.toLowerCase())}::text[]) OR lower(name) = ANY(SELECT lower(c) FROM unnest(${candidates}::text[]) c))`;
  const meant = (word: string): string[] => {
    if (word.toLowerCase() === "none") return ["none"];
    const text = word.toLowerCase();
    return rows.filter(({ id, name }) => id === text || name === text).map(({ id }) => id);
  };
  const ids: string[] = [];
  const unknown: string[] = [];
  for (const line of lines) {
    const whole = meant(line);
    if (whole.length > 0) {
      ids.push(...whole);
      continue;
    }
    for (const word of wordsOf(line)) {
      const one = meant(word);
      ids.push(...one);
      if (one.length === 0) unknown.push(UUID.test(word) ? word.toLowerCase() : word);
    }
  }
  return { ids: [...new Set(ids)].sort(), unknown };
}

export type FilterSaid = Readonly<Partial<Record<FilterField, string | undefined>>>;

/**
 * The filter that ids and names say: several are separated by commas or line feeds, "none" is nobody's. `unknown` names,
 * for each field, what is neither an id nor a name of this workspace.
 */
export async function resolveFilter(
  db: Db,
  workspaceId: string,
  said: FilterSaid,
): Promise<{
  readonly filter: MetricFilter;
  readonly unknown: Readonly<Partial<Record<FilterField, readonly string[]>>>;
}> {
  const filter: Record<FilterField, readonly string[]> = {
    team: [],
    owner: [],
    source: [],
    product: [],
  };
  const unknown: Partial<Record<FilterField, readonly string[]>> = {};
  for (const field of FILTER_FIELDS) {
    const text = said[field];
    if (text === undefined || text.trim() === "") continue;
    const found = await idsOf(db, workspaceId, field, text);
    filter[field] = found.ids;
    if (found.unknown.length > 0) unknown[field] = found.unknown;
  }
  return { filter, unknown };
}
