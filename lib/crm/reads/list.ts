import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { LeadFilter, LeadSort, LeadSortKey } from "../core/lead-filter";
import type { LeadPageRows, LeadRow, LeadTotals, RowCursor } from "../core/lead-list";
import { MOST_CHANGED, PAGE_ROWS } from "../core/lead-list";
import type { CrmScope } from "../core/scope";
import { isRotting, probabilityInForce, quietSince, weightedBase, withoutRate } from "./figures";
import type { FilterPlace } from "./lead-filter";
import { filterConditions, needsStage } from "./lead-filter";
import { inScope } from "./scope";
import type { PreparedSearch } from "./search";
import { prepareSearch } from "./search";

const l = Prisma.sql`l`;

/** What each order is by: never null, and the same expression as its index; the cursor holds it as text. */
const ORDERS: Readonly<
  Record<LeadSortKey, { readonly key: Prisma.Sql; readonly type: Prisma.Sql }>
> = {
  updated: { key: Prisma.sql`l.updated_at`, type: Prisma.sql`timestamptz` },
  created: { key: Prisma.sql`l.created_at`, type: Prisma.sql`timestamptz` },
  amount: { key: Prisma.sql`coalesce(l.base_minor, -1)`, type: Prisma.sql`bigint` },
  expected: { key: Prisma.sql`coalesce(l.expected_close, '2200-01-02')`, type: Prisma.sql`date` },
  name: { key: Prisma.sql`lower(l.name)`, type: Prisma.sql`text` },
};

/** The workspace's zone and money, and the day its newest rates are of. */
export async function findListPlace(
  db: Db,
  workspaceId: string,
): Promise<{
  readonly zone: string;
  readonly currency: string;
  readonly ratesOf: CalendarDate | null;
}> {
  const [row] = await db.$queryRaw<
    { zone: string; currency: string; ratesOf: CalendarDate | null }[]
  >`
    SELECT w.zone, w.base_currency::text AS currency,
           (SELECT max(r.on_date)::text FROM fx_rate r WHERE r.workspace_id = w.id AND r.on_date <= current_date) AS "ratesOf"
      FROM workspace w WHERE w.id = ${workspaceId}::uuid`;
  if (row === undefined) throw new Error("a member without a workspace");
  return row;
}

/** What a list is asked with. */
export type ListAsked = {
  readonly scope: CrmScope;
  readonly filter: LeadFilter;
  readonly place: FilterPlace;
};

/** `FROM … WHERE …` of a filter in a scope; its stage only where it is looked at. */
export function wanted(
  { scope, filter, place }: ListAsked,
  search: PreparedSearch | undefined,
  stage: boolean,
): Prisma.Sql {
  const conditions = [
    inScope(scope, l),
    Prisma.sql`l.deleted_at IS NULL`,
    ...filterConditions(filter, place),
    ...(search === undefined ? [] : [search.condition]),
  ];
  const stages =
    stage || needsStage(filter)
      ? Prisma.sql`LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id`
      : Prisma.empty;
  return Prisma.sql`lead l ${stages} WHERE ${Prisma.join(conditions, " AND ")}`;
}

export const searchOf = (db: Db, { scope, filter }: ListAsked) =>
  filter.q === "" ? undefined : prepareSearch(db, scope.workspaceId, filter.q);

type Raw = Omit<LeadRow, "next"> & {
  readonly sortKey: string;
  readonly next: { kind: string; subject: string; dueAt: number; allDay: boolean } | null;
};

const MOMENTS = [
  "createdAt",
  "updatedAt",
  "closedAt",
  "lastTouchAt",
  "firstResponseAt",
  "responseDueAt",
] as const;

function rowOf({ sortKey: _, ...raw }: Raw): LeadRow {
  const moments = Object.fromEntries(
    MOMENTS.map((field) => {
      const value: unknown = raw[field];
      return [field, value instanceof Date ? instantFromColumn(value) : null];
    }),
  );
  const next = raw.next && { ...raw.next, dueAt: instantOf(raw.next.dueAt) };
  return { ...raw, ...moments, next } as LeadRow;
}

/** The columns of rows `p (id, key, place)`, in their order. */
const rowsOf = (
  page: Prisma.Sql,
  scope: CrmScope,
  moment: { now: Instant; today: FilterPlace["today"] },
) => Prisma.sql`
  WITH p AS MATERIALIZED (${page})
  SELECT l.id, l.number::float8 AS number, l.kind::text AS kind, l.status::text AS status, l.name, l.company_name AS "companyName", l.contact_name AS "contactName",
         l.email, l.phone, l.owner_id AS "ownerId", l.country::text AS country, l.industry, l.tags, l.amount_minor::float8 AS "amountMinor", l.currency::text AS currency,
         l.base_minor::float8 AS "baseMinor", l.expected_close::text AS "expectedClose", l.parked_until::text AS "parkedUntil", l.created_at AS "createdAt",
         l.updated_at AS "updatedAt", l.closed_at AS "closedAt", l.last_touch_at AS "lastTouchAt", l.first_response_at AS "firstResponseAt",
         l.response_due_at AS "responseDueAt", o.name AS owner, t.name AS team, src.name AS source, pr.name AS product, s.name AS stage,
         ${probabilityInForce}::float8 AS probability,
         CASE WHEN ${isRotting(moment)} THEN floor(extract(epoch FROM ${toIso(moment.now)}::timestamptz - ${quietSince}) / 86400)::int END AS "rotDays",
         a.next, p.key::text AS "sortKey"
    FROM p JOIN lead l ON l.workspace_id = ${scope.workspaceId}::uuid AND l.id = p.id
    LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
    LEFT JOIN app_user o ON o.workspace_id = l.workspace_id AND o.id = l.owner_id
    LEFT JOIN sales_team t ON t.workspace_id = l.workspace_id AND t.id = l.team_id
    LEFT JOIN lead_source src ON src.workspace_id = l.workspace_id AND src.id = l.source_id
    LEFT JOIN product pr ON pr.workspace_id = l.workspace_id AND pr.id = l.product_id
    LEFT JOIN LATERAL (
      SELECT json_build_object('kind', x.kind, 'subject', x.subject, 'dueAt', (extract(epoch FROM x.due_at) * 1000)::bigint, 'allDay', x.all_day) AS next
        FROM activity x WHERE x.workspace_id = l.workspace_id AND x.lead_id = l.id AND x.done_at IS NULL AND x.deleted_at IS NULL
       ORDER BY x.due_at, x.id LIMIT 1) a ON l.next_activity_at IS NOT NULL
   ORDER BY p.place`;

const direction = (descending: boolean): Prisma.Sql =>
  descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;

/** One page of the leads a scope and a filter leave, in an order, going on from a row either way. */
export async function listLeadRows(
  db: Db,
  asked: ListAsked & {
    readonly sort: LeadSort;
    readonly cursor?: RowCursor | undefined;
    readonly limit?: number;
  },
): Promise<LeadPageRows> {
  const { scope, sort, cursor, place, limit = PAGE_ROWS } = asked;
  const search = await searchOf(db, asked);
  const { key, type } = ORDERS[sort.key];
  const back = cursor?.way === "before";
  const descending = sort.descending !== back;
  const beyond =
    cursor === undefined
      ? Prisma.empty
      : Prisma.sql`AND (${key}, l.id) ${descending ? Prisma.sql`<` : Prisma.sql`>`} (${cursor.key}::text::${type}, ${cursor.id}::uuid)`;
  const way = direction(descending);
  // The barrier keeps few finds from being met one by one on the way through the order's index.
  const barrier = search?.few === true ? Prisma.sql`OFFSET 0` : Prisma.empty;
  const page = Prisma.sql`
    SELECT x.id, x.key, row_number() OVER (ORDER BY x.key ${way}, x.id ${way}) AS place
      FROM (SELECT l.id, ${key} AS key FROM ${wanted(asked, search, false)} ${beyond} ${barrier}) x
     ORDER BY x.key ${way}, x.id ${way} LIMIT ${limit + 1}`;
  const raw = await db.$queryRaw<Raw[]>(rowsOf(page, scope, place));
  const more = raw.length > limit;
  const kept = raw.slice(0, limit);
  if (back) kept.reverse();
  const [first, last] = [kept[0], kept.at(-1)];
  const at = (way: RowCursor["way"], row: Raw | undefined): RowCursor | undefined =>
    row && { way, key: row.sortKey, id: row.id };
  return {
    rows: kept.map(rowOf),
    before: (back ? more : cursor !== undefined) ? at("before", first) : undefined,
    after: (back ? cursor !== undefined : more) ? at("after", last) : undefined,
    instead: [...(search?.instead ?? [])],
  };
}

/** What all the leads come to that a scope and a filter leave: exact, and at a million worth half a second. */
export async function sumLeads(db: Db, asked: ListAsked): Promise<LeadTotals> {
  const search = await searchOf(db, asked);
  const [row] = await db.$queryRaw<LeadTotals[]>`
    SELECT count(*)::int AS leads, coalesce(sum(l.base_minor), 0)::float8 AS "baseMinor", round(coalesce(sum(${weightedBase}), 0))::float8 AS "weightedMinor",
           (count(*) FILTER (WHERE ${withoutRate}))::int AS "withoutRate", (count(*) FILTER (WHERE l.amount_minor IS NULL))::int AS "withoutAmount"
      FROM ${wanted(asked, search, true)}`;
  if (row === undefined) throw new Error("a sum is one row");
  return row;
}

/** Ids of what a filter leaves, newest change first, and whether there are more than are ever changed at once. */
export async function listMatchingIds(
  db: Db,
  asked: ListAsked,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  const search = await searchOf(db, asked);
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT l.id FROM ${wanted(asked, search, false)} ORDER BY l.updated_at DESC, l.id DESC LIMIT ${MOST_CHANGED + 1}`;
  return { ids: rows.slice(0, MOST_CHANGED).map(({ id }) => id), more: rows.length > MOST_CHANGED };
}
