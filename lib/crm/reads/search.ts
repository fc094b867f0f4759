import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { searchQuery, seeksNothing, soughtBy, wordsMeant } from "../core/search-words";

/** How many words like a mistyped one are looked at. */
const CANDIDATES = 60;

/** Which of the words nobody's name begins with, and the words in use that are like each. */
async function wordsLike(
  db: Db,
  workspaceId: string,
  words: readonly string[],
): Promise<Map<string, readonly string[]>> {
  if (words.length === 0) return new Map();
  // '%' asks for a third of the trigrams in common, which a slip in a short word does not leave. The setting is of this
  // statement alone, and made before its words are looked at: each look refers to it.
  const rows = await db.$queryRaw<{ typed: string; likes: string[] | null }[]>`
    SELECT t.typed, (SELECT array_agg(c.word) FROM (
             SELECT k.word FROM crm_word k
              WHERE s.made IS NOT NULL AND k.workspace_id = ${workspaceId}::uuid AND k.word % t.typed
              ORDER BY similarity(k.word, t.typed) DESC, k.word LIMIT ${CANDIDATES}) c) AS likes
      FROM (SELECT set_config('pg_trgm.similarity_threshold', '0.2', true) AS made OFFSET 0) s
     CROSS JOIN unnest(${[...words]}::text[]) t (typed)
     WHERE NOT EXISTS (SELECT FROM crm_word k WHERE k.workspace_id = ${workspaceId}::uuid
       AND k.word >= t.typed AND k.word < t.typed || chr(1114109))`;
  return new Map(rows.map(({ typed, likes }) => [typed, wordsMeant(typed, likes ?? [])] as const));
}

/** Up to here the finds are taken from the word index and then put in order; of more, the list's own order is walked. */
const FEW = 20_000;
/** Up to here they are named to the list, which then need not look for the words again. */
const KNOWN = 1_000;

const found = (alias: Prisma.Sql, query: string): Prisma.Sql =>
  Prisma.sql`lead_search(${alias}.name, ${alias}.company_name, ${alias}.contact_name, ${alias}.email, ${alias}.phone) @@ ${query}::tsquery`;

/**
 * A word many leads have is met soon on the way through a list; a word few have must come from the word index alone.
 * Left to guess, the planner walks a million rows for the second, and sorts half of them for the first.
 */
async function wordCondition(
  db: Db,
  workspaceId: string,
  query: string,
): Promise<{ readonly condition: Prisma.Sql; readonly few: boolean }> {
  const [row] = await db.$queryRaw<{ many: boolean; ids: string[] | null }[]>`
    SELECT count(*) > ${FEW} AS many, CASE WHEN count(*) <= ${KNOWN} THEN coalesce(array_agg(h.id), '{}') END AS ids FROM (
      SELECT h.id FROM lead h WHERE ${found(Prisma.sql`h`, query)} AND h.deleted_at IS NULL AND h.workspace_id = ${workspaceId}::uuid LIMIT ${FEW + 1}) h`;
  // Beginnings of words are looked for once: merging all words they may be is what such a search costs.
  if (row?.ids) return { condition: Prisma.sql`l.id = ANY(${row.ids}::uuid[])`, few: true };
  const condition = found(Prisma.sql`l`, query);
  // Said like this it is no condition an index answers.
  return row?.many === true
    ? { condition: Prisma.sql`(${condition}) IS TRUE`, few: false }
    : { condition, few: true };
}

/** Words looked for, ready to be a condition. */
export type PreparedSearch = {
  /** On lead `l`. */
  readonly condition: Prisma.Sql;
  /** Few are found: they are all fetched and then put in order. */
  readonly few: boolean;
  /** What was looked for instead of mistyped words; empty when all were known. */
  readonly instead: ReadonlyMap<string, readonly string[]>;
};

/**
 * What somebody typed as a condition on lead `l`: number, phone, address, or words, each a beginning; words nobody's
 * name has are taken for typing errors of words like them. Undefined for nothing at all.
 */
export async function prepareSearch(
  db: Db,
  workspaceId: string,
  typed: string,
): Promise<PreparedSearch | undefined> {
  const sought = soughtBy(typed);
  if (seeksNothing(sought)) return undefined;
  const like = await wordsLike(
    db,
    workspaceId,
    sought.words.filter((word) => word.length > 2),
  );
  const query = searchQuery(sought, new Map([...like].filter(([, words]) => words.length > 0)));
  const words = query === undefined ? undefined : await wordCondition(db, workspaceId, query);
  const ways = [
    ...(sought.number === undefined ? [] : [Prisma.sql`l.number = ${sought.number}::bigint`]),
    ...(words === undefined ? [] : [words.condition]),
  ];
  return {
    condition: Prisma.sql`(${Prisma.join(ways, " OR ")})`,
    few: words?.few ?? true,
    instead: like,
  };
}
