import { minorDigits } from "@/lib/crm/core/money";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricReader } from "../core/answer";
import type {
  MetricRecord,
  RecordCursor,
  RecordPage,
  RecordSort,
  RecordsAsked,
} from "../core/record";
import { cursorText, parseRecordCursor } from "../core/record";
import type { RecordRows } from "./record-rows";
import { findRecordRows } from "./record-rows";

/** Rows read at once by a stream: large enough for speed, small enough for memory. */
const BATCH = 2_500;

type Row = Omit<MetricRecord, "id" | "label" | "rate"> & {
  readonly number: number;
  readonly part: string;
  readonly value: number;
};

type Order = { readonly column: Prisma.Sql; readonly value: Prisma.Sql; readonly down: boolean };

/** What rows are sorted by, and that as a number for the cursor. Columns stand bare, so that an index can be read along. */
function orderOf({ source }: RecordRows, sort: RecordSort | undefined): Order {
  const { moment } = source;
  if (moment === null || sort === "largest") {
    const column = Prisma.sql`coalesce(l.base_minor, -1)`;
    return { column, value: Prisma.sql`${column}::float8`, down: sort !== "oldest" };
  }
  return {
    column: moment,
    value: Prisma.sql`(extract(epoch FROM ${moment}) * 1000)::float8`,
    down: sort !== "oldest",
  };
}

function behind({ column, down }: Order, rows: RecordRows, cursor: RecordCursor): Prisma.Sql {
  const isMoment = column === rows.source.moment;
  const value = isMoment
    ? Prisma.sql`to_timestamp(${cursor.value / 1000}::float8)::timestamptz(3)`
    : Prisma.sql`${cursor.value}::bigint`;
  const compared = down ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(${column}, l.id, ${partOf(rows)}) ${compared} (${value}, ${cursor.leadId}::uuid, ${cursor.part}::text COLLATE "C")`;
}

const partOf = ({ source }: RecordRows): Prisma.Sql =>
  source.part === undefined
    ? Prisma.sql`''::text COLLATE "C"`
    : Prisma.sql`(${source.part}) COLLATE "C"`;

/** What one unit of the amount's currency came to, as the two amounts say. */
function rateOf({ amountMinor, baseMinor, currency }: Row, base: string): number | null {
  if (amountMinor === null || baseMinor === null || amountMinor === 0) return null;
  if (currency === base) return 1;
  return baseMinor / 10 ** minorDigits(base) / (amountMinor / 10 ** minorDigits(currency));
}

const recordOf = (row: Row, base: string): MetricRecord => {
  const { number, part, value: _value, ...record } = row;
  return {
    ...record,
    id: part === "" ? row.leadId : `${row.leadId}:${part}`,
    label: `${row.kind === "lead" ? "L" : "D"}-${number}`,
    rate: rateOf(row, base),
  };
};

async function readRows(
  db: Db,
  rows: RecordRows,
  { sort, limit }: Pick<RecordsAsked, "sort" | "limit">,
  cursor: RecordCursor | undefined,
): Promise<Row[]> {
  const { source, where, hit } = rows;
  const order = orderOf(rows, sort);
  const way = order.down ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const moment = source.moment ?? Prisma.sql`NULL::timestamptz`;
  return db.$queryRaw<Row[]>`
    WITH p AS MATERIALIZED (
      SELECT l.id, l.workspace_id, l.number, l.kind, l.status, l.name, l.contact_name, l.company_name, l.source_id, l.product_id, l.currency,
             l.expected_close, ${source.owner} AS owner_id, ${source.team} AS team_id, ${source.stage ?? Prisma.sql`l.stage_id`} AS stage_id,
             ${source.amount ?? Prisma.sql`l.amount_minor`} AS amount_minor, ${source.base ?? Prisma.sql`l.base_minor`} AS base_minor,
             ${moment} AS moment, ${hit} AS hit, ${partOf(rows)} AS part, ${order.value} AS value,
             row_number() OVER (ORDER BY ${order.column} ${way}, l.id ${way}, ${partOf(rows)} ${way}) AS nth
        FROM ${source.from}
       WHERE ${where}${cursor === undefined ? Prisma.empty : Prisma.sql` AND ${behind(order, rows, cursor)}`}
       ORDER BY ${order.column} ${way}, l.id ${way}, ${partOf(rows)} ${way} LIMIT ${limit})
    SELECT p.id AS "leadId", p.number::float8 AS number, p.kind::text AS kind, p.status::text AS status, p.name,
           p.contact_name AS "contactName", p.company_name AS "companyName", p.owner_id AS "ownerId", o.name AS owner,
           p.team_id AS "teamId", t.name AS team, src.name AS source, pr.name AS product, p.stage_id AS "stageId", st.name AS stage,
           p.amount_minor::float8 AS "amountMinor", p.currency::text AS currency, p.base_minor::float8 AS "baseMinor",
           p.expected_close::text AS "expectedClose", p.hit, p.part, p.value,
           to_char(p.moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
      FROM p
      LEFT JOIN app_user o ON o.workspace_id = p.workspace_id AND o.id = p.owner_id
      LEFT JOIN sales_team t ON t.workspace_id = p.workspace_id AND t.id = p.team_id
      LEFT JOIN lead_source src ON src.workspace_id = p.workspace_id AND src.id = p.source_id
      LEFT JOIN product pr ON pr.workspace_id = p.workspace_id AND pr.id = p.product_id
      LEFT JOIN stage st ON st.workspace_id = p.workspace_id AND st.id = p.stage_id
     ORDER BY p.nth`;
}

/**
 * A page of exactly the rows a figure counts. The condition is the metric's own measure of `n`, so that a list has as
 * many rows as the figure says. What cannot be listed (an evening that was not recorded) is an empty page.
 */
export async function listRecords(
  db: Db,
  reader: MetricReader,
  asked: RecordsAsked,
): Promise<RecordPage> {
  const rows = await findRecordRows(db, reader, asked);
  if (rows === undefined) return { records: [], nextCursor: null };
  const cursor = asked.cursor === undefined ? undefined : parseRecordCursor(asked.cursor);
  const found = await readRows(db, rows, { ...asked, limit: asked.limit + 1 }, cursor);
  const page = found.slice(0, asked.limit);
  const last = page.at(-1);
  return {
    records: page.map((row) => recordOf(row, reader.place.currency)),
    nextCursor: found.length > asked.limit && last !== undefined ? cursorText(last) : null,
  };
}

/** How many rows the figure counts: its `n`. */
export async function countRecords(
  db: Db,
  reader: MetricReader,
  asked: Pick<RecordsAsked, "metric" | "question" | "group">,
): Promise<number> {
  const rows = await findRecordRows(db, reader, asked);
  if (rows === undefined) return 0;
  const [found] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::float8 AS n FROM ${rows.source.from} WHERE ${rows.where}`;
  return found?.n ?? 0;
}

/** Every row of a figure, page by page: memory stays flat, and nothing waits for a slow reader. */
export async function* streamRecords(
  db: Db,
  reader: MetricReader,
  asked: Omit<RecordsAsked, "limit" | "cursor">,
): AsyncGenerator<MetricRecord> {
  const rows = await findRecordRows(db, reader, asked);
  if (rows === undefined) return;
  let cursor: RecordCursor | undefined;
  for (;;) {
    const found = await readRows(db, rows, { ...asked, limit: BATCH }, cursor);
    for (const row of found) yield recordOf(row, reader.place.currency);
    const last = found.at(-1);
    if (found.length < BATCH || last === undefined) return;
    cursor = last;
  }
}
