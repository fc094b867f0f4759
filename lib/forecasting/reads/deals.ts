import type { Db } from "@/lib/db/client";
import type { TimeZone } from "@/lib/time/zone";
import { Prisma } from "@/prisma/generated/client";
import type { Deals } from "../core/life";
import { NEVER } from "../core/life";

/** A workspace's opportunities, all of them and those of each team. */
export type DealsOfTeams = {
  readonly all: Deals;
  readonly teams: ReadonlyMap<string, Deals>;
};

type Row = {
  readonly id: string;
  readonly team: string | null;
  readonly opened: number;
  readonly closed: number | null;
  readonly won: boolean;
  readonly value: number | null;
  readonly said: number | null;
};

/** Rows of one statement: a million deals are read in parts, so that no answer is as large as all of them. */
const AT_ONCE = 20_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

const dayNumber = (moment: Prisma.Sql, zone: TimeZone): Prisma.Sql =>
  Prisma.sql`((${moment} AT TIME ZONE ${zone})::date - DATE '1970-01-01')`;

/**
 * What was first written down, if the deal was open then: the amount of one that came in closed was written afterwards.
 * `h` is the first line of its history.
 */
const amountAtFirst = Prisma.sql`CASE WHEN NOT EXISTS (
    SELECT FROM stage_history c WHERE c.workspace_id = l.workspace_id AND c.lead_id = l.id
       AND c.version = h.version AND c.status <> 'open') THEN h.base_minor::float8 END`;

const readSome = (
  db: Db,
  { workspaceId, zone, after }: { workspaceId: string; zone: TimeZone; after: string },
): Promise<Row[]> => db.$queryRaw`
  SELECT l.id, CASE l.status WHEN 'open' THEN l.team_id ELSE l.closed_team_id END AS team,
         ${dayNumber(Prisma.sql`l.opportunity_at`, zone)} AS opened,
         CASE WHEN l.status <> 'open' THEN ${dayNumber(Prisma.sql`l.closed_at`, zone)} END AS closed,
         l.status = 'won' AS won,
         CASE WHEN l.status = 'won' THEN l.base_minor::float8 END AS value,
         ${amountAtFirst} AS said
    FROM lead l
    LEFT JOIN stage_history h ON h.workspace_id = l.workspace_id AND h.lead_id = l.id AND h.seq = 1
   WHERE l.workspace_id = ${workspaceId}::uuid AND l.id > ${after}::uuid AND l.deleted_at IS NULL
     AND l.kind = 'opportunity' AND l.status IN ('open', 'won', 'lost')
   ORDER BY l.id LIMIT ${AT_ONCE}`;

function collector() {
  const columns = { opened: [], closed: [], won: [], value: [], said: [] } as Record<
    keyof Deals,
    number[]
  >;
  return {
    add: ({ opened, closed, won, value, said }: Row): void => {
      columns.opened.push(opened);
      // A closing that was written down before its opening's day, in another zone: the same day.
      columns.closed.push(closed === null ? NEVER : Math.max(closed, opened));
      columns.won.push(Number(won));
      columns.value.push(value ?? Number.NaN);
      columns.said.push(said ?? Number.NaN);
    },
    deals: (): Deals => ({
      opened: Int32Array.from(columns.opened),
      closed: Int32Array.from(columns.closed),
      won: Uint8Array.from(columns.won),
      value: Float64Array.from(columns.value),
      said: Float64Array.from(columns.said),
    }),
  };
}

/**
 * Every opportunity of a workspace, in days of its zone. A closed one is its closing team's, an open one its present
 * team's.
 */
export async function readDeals(
  db: Db,
  { workspaceId, zone }: { readonly workspaceId: string; readonly zone: TimeZone },
): Promise<DealsOfTeams> {
  const all = collector();
  const teams = new Map<string, ReturnType<typeof collector>>();
  let after = FIRST;
  for (;;) {
    const rows = await readSome(db, { workspaceId, zone, after });
    for (const row of rows) {
      all.add(row);
      if (row.team === null) continue;
      const team = teams.get(row.team) ?? collector();
      teams.set(row.team, team);
      team.add(row);
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < AT_ONCE) break;
  }
  return { all: all.deals(), teams: new Map([...teams].map(([id, team]) => [id, team.deals()])) };
}
