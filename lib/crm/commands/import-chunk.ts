import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { constraintOf, sqlStateOf } from "@/lib/db/violations";
import type { RowIssue } from "../core/import-issue";
import type { ImportedLead } from "../core/import-lead";
import { columnOfField } from "../core/import-lead";
import type { ImportLeadRow, KnownLead, Upsert } from "../writes/import-leads";
import { findImported, insertImported, updateImported } from "../writes/import-leads";
import { beginPart, endPart, undoPart } from "../writes/savepoint";
import type { ChunkContext } from "./resolve-rows";
import { resolveRows } from "./resolve-rows";

export type ChunkResult = {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly issues: readonly RowIssue[];
};

type Written = {
  readonly created: number;
  readonly updated: number;
  readonly issues: readonly RowIssue[];
};

const NOTHING: Written = { created: 0, updated: 0, issues: [] };

const both = (a: Written, b: Written): Written => ({
  created: a.created + b.created,
  updated: a.updated + b.updated,
  issues: [...a.issues, ...b.issues],
});

/** A law of the database that a row broke, in words: constraints are named as sentences. */
const wordsOf = (error: unknown): string => {
  const law = constraintOf(error)?.replaceAll("_", " ");
  return law === undefined
    ? "The database refused the row."
    : `The database refused the row: ${law}.`;
};

/** Errors that speak of the data (a value, a law), not of the server. */
const isAboutData = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error) ?? "");

/**
 * Writes rows, all at once. Where the database refuses one of them the rows are written by halves, until the one that
 * is refused stands alone and is told: one bad row costs some statements, never its neighbours.
 */
async function writeRows(
  tx: Transaction,
  rows: readonly ImportLeadRow[],
  write: (rows: readonly ImportLeadRow[]) => Promise<Written>,
): Promise<Written> {
  if (rows.length === 0) return NOTHING;
  await beginPart(tx);
  try {
    const written = await write(rows);
    await endPart(tx);
    return written;
  } catch (error) {
    if (!isAboutData(error)) throw error;
    await undoPart(tx);
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) {
      const message = wordsOf(error);
      const value = only.external_id;
      return {
        ...NOTHING,
        issues: [
          { row: only.row, column: null, severity: "error", code: "refused", message, value },
        ],
      };
    }
    const half = Math.ceil(rows.length / 2);
    const first = await writeRows(tx, rows.slice(0, half), write);
    return both(first, await writeRows(tx, rows.slice(half), write));
  }
}

const FIRST_TOUCH = [
  ["source", "source_id", "sourceId"],
  ["medium", "medium", "medium"],
  ["campaign", "campaign", "campaign"],
] as const;

/** What a known lead does not take from the file, and why. */
function aboutKnown(row: ImportLeadRow, known: KnownLead, context: ChunkContext): RowIssue[] {
  const issue = { row: row.row, column: null, value: row.external_id };
  if (known.gone) {
    const message = "This lead was deleted or merged here and stays so.";
    return [{ ...issue, severity: "warning", code: "deleted-here", message }];
  }
  if (known.kind === "opportunity" && row.kind === "lead") {
    const message = "This is an opportunity here already, and does not become a lead again.";
    return [{ ...issue, severity: "error", code: "refused", message }];
  }
  return FIRST_TOUCH.flatMap(([field, column, key]): RowIssue[] => {
    const [stated, kept] = [row[column], known[key]];
    if (stated === null || kept === null || stated === kept) return [];
    const message = `The first ${field} of a lead is kept; the file says another.`;
    const where = columnOfField(context, field);
    return [{ ...issue, column: where, severity: "warning", code: "first-touch-kept", message }];
  });
}

/** Brings one chunk of leads in, inside the caller's transaction. */
export async function importChunk(
  tx: Transaction,
  leads: readonly ImportedLead[],
  context: ChunkContext,
  grant: Grant<"crm.import", { readonly workspaceId: string }>,
): Promise<ChunkResult> {
  const { workspaceId, mapping, now, baseCurrency } = context;
  const { rows, issues } = await resolveRows(tx, leads, context);
  const upsert: Upsert = {
    grant,
    externalSource: mapping.externalSource,
    fields: new Set([
      ...mapping.columns.map(({ field }) => field),
      ...Object.keys(mapping.constants ?? {}),
    ]),
    inherits: mapping.inherit === true,
    now,
  };
  const known = new Map(
    (
      await findImported(tx, {
        workspaceId,
        externalSource: mapping.externalSource,
        externalIds: rows.map(({ external_id }) => external_id),
      })
    ).map((lead) => [lead.externalId, lead]),
  );
  const met = rows.flatMap((row) => {
    const lead = known.get(row.external_id);
    return lead === undefined ? [] : [{ row, lead, notes: aboutKnown(row, lead, context) }];
  });
  const kept = met.filter(({ notes }) => notes.every(({ code }) => code === "first-touch-kept"));
  const made = await writeRows(
    tx,
    rows.filter(({ external_id }) => !known.has(external_id)),
    async (part) => ({
      ...NOTHING,
      created: await insertImported(tx, part, upsert, baseCurrency),
    }),
  );
  const changed = await writeRows(
    tx,
    kept.map(({ row, lead }) => ({ ...row, id: lead.id })),
    async (part) => ({
      ...NOTHING,
      updated: await updateImported(tx, part as (ImportLeadRow & { id: string })[], upsert),
    }),
  );
  const { created, updated, issues: refused } = both(made, changed);
  const all = [...issues, ...met.flatMap(({ notes }) => notes), ...refused];
  const failed = new Set(all.filter(({ severity }) => severity === "error").map(({ row }) => row));
  return {
    created,
    updated,
    unchanged: leads.length - failed.size - created - updated,
    issues: all,
  };
}
