import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace } from "../core/answer";
import type { RolledFact, RowFact } from "../core/fact";
import type { Bounds, FactSource } from "./fact-sql";
import { FACT_SOURCES, LEAD_AND_STAGE } from "./fact-sql";

const NOW = { team: Prisma.sql`l.team_id`, owner: Prisma.sql`l.owner_id` };
const HISTORY = Prisma.sql`stage_history h
  JOIN stage f ON f.workspace_id = h.workspace_id AND f.id = h.from_stage_id AND f.type = 'open'
  JOIN lead l ON l.workspace_id = h.workspace_id AND l.id = h.lead_id`;
const AT_EVENT = {
  moment: Prisma.sql`h.at`,
  team: Prisma.sql`h.team_id`,
  owner: Prisma.sql`h.owner_id`,
  stage: Prisma.sql`h.from_stage_id`,
  part: Prisma.sql`h.seq::text`,
};

const between = (
  column: Prisma.Sql,
  { from, to }: Bounds,
  of: (bound: NonNullable<Bounds["from"]>) => Prisma.Sql,
): Prisma.Sql[] => [
  ...(from === null ? [] : [Prisma.sql`${column} >= ${of(from)}`]),
  ...(to === null ? [] : [Prisma.sql`${column} < ${of(to)}`]),
];

/** Won deals by their closing, open ones by the day they are expected, unless that has passed. */
function expected({ zone, today }: MetricPlace): FactSource {
  const won = Prisma.sql`l.status = 'won'`;
  const ahead = Prisma.sql`l.status = 'open' AND l.expected_close >= ${today}::date`;
  const closedDay = Prisma.sql`(l.closed_at AT TIME ZONE ${zone})::date`;
  return {
    from: LEAD_AND_STAGE,
    where: Prisma.sql`l.kind = 'opportunity' AND l.deleted_at IS NULL AND (${won} OR (${ahead}))`,
    moment: Prisma.sql`(CASE WHEN ${won} THEN l.closed_at ELSE l.expected_close::timestamp AT TIME ZONE ${zone} END)`,
    day: Prisma.sql`(CASE WHEN ${won} THEN ${closedDay} ELSE l.expected_close END)`,
    // Either half is found by an index of its own.
    within: (bounds) => [
      Prisma.sql`((${Prisma.join([won, ...between(Prisma.sql`l.closed_at`, bounds, ({ at }) => at)], " AND ")})
        OR (${Prisma.join([ahead, ...between(Prisma.sql`l.expected_close`, bounds, ({ day }) => day)], " AND ")}))`,
    ],
    team: Prisma.sql`(CASE WHEN ${won} THEN l.closed_team_id ELSE l.team_id END)`,
    owner: Prisma.sql`(CASE WHEN ${won} THEN l.closed_owner_id ELSE l.owner_id END)`,
  };
}

// A deal whose stage nobody knows came to the first; a won one passed all. `c` is a stage it came to, `next` the position of
// the one after. Each deal's history is looked at once, and a won one's not at all: a join of deals with
// stages before that took several times as long.
const FUNNEL = Prisma.sql`lead l
  JOIN (SELECT p.workspace_id, p.pipeline_id, array_agg(p.id ORDER BY p.position, p.id) AS ids,
               array_agg(p.position ORDER BY p.position, p.id) AS positions
          FROM stage p WHERE p.type = 'open' AND p.archived_at IS NULL GROUP BY p.workspace_id, p.pipeline_id) g
    ON g.workspace_id = l.workspace_id AND g.pipeline_id = l.pipeline_id
  CROSS JOIN LATERAL (
    SELECT CASE WHEN l.status = 'won' THEN 32767 ELSE coalesce((
      SELECT max((SELECT p.position FROM stage p WHERE p.workspace_id = h.workspace_id AND p.id = h.stage_id
                     AND p.pipeline_id = l.pipeline_id AND p.type = 'open'))
        FROM stage_history h WHERE h.workspace_id = l.workspace_id AND h.lead_id = l.id), -1) END AS far OFFSET 0) r
  CROSS JOIN LATERAL (
    SELECT nth, g.ids[nth] AS id, g.positions[nth + 1] AS next FROM generate_series(1, cardinality(g.ids)) nth
     WHERE nth = 1 OR g.positions[nth] <= r.far) c`;

/** The source of a fact that is read from its rows. */
export function rowSource(fact: RowFact, place: MetricPlace): FactSource {
  switch (fact) {
    case "stock":
      return {
        from: LEAD_AND_STAGE,
        where: Prisma.sql`l.deleted_at IS NULL`,
        moment: null,
        ...NOW,
      };
    case "expected":
      return expected(place);
    case "activity":
      return {
        from: Prisma.sql`activity a JOIN lead l ON l.workspace_id = a.workspace_id AND l.id = a.lead_id`,
        where: Prisma.sql`a.human AND a.done_at IS NOT NULL AND a.deleted_at IS NULL AND l.deleted_at IS NULL`,
        moment: Prisma.sql`a.done_at`,
        team: NOW.team,
        owner: Prisma.sql`coalesce(a.done_by, a.assignee_id)`,
        part: Prisma.sql`a.id::text`,
      };
    case "change":
      return {
        from: Prisma.sql`opportunity_change o JOIN lead l ON l.workspace_id = o.workspace_id AND l.id = o.lead_id`,
        where: Prisma.sql`l.deleted_at IS NULL AND o.field = 'expected_close'
          AND (o.before #>> '{}')::date < (o.after #>> '{}')::date`,
        moment: Prisma.sql`o.at`,
        ...NOW,
        part: Prisma.sql`o.id::text`,
      };
    case "visit":
      return {
        ...AT_EVENT,
        from: HISTORY,
        where: Prisma.sql`l.deleted_at IS NULL AND h.stage_id IS DISTINCT FROM h.from_stage_id AND NOT EXISTS (
          SELECT FROM stage_history x WHERE x.workspace_id = h.workspace_id AND x.lead_id = h.lead_id AND x.seq > h.seq
             AND (x.stage_id = h.from_stage_id OR x.from_stage_id = h.from_stage_id))`,
      };
    case "exit":
      return {
        ...AT_EVENT,
        from: Prisma.sql`${HISTORY} LEFT JOIN stage t ON t.workspace_id = h.workspace_id AND t.id = h.stage_id`,
        where: Prisma.sql`l.deleted_at IS NULL AND h.stage_id IS DISTINCT FROM h.from_stage_id
          AND h.event IN ('moved', 'won', 'lost', 'reverted')`,
      };
    case "funnel":
      return {
        from: FUNNEL,
        where: Prisma.sql`l.deleted_at IS NULL AND l.opportunity_at IS NOT NULL`,
        moment: Prisma.sql`l.opportunity_at`,
        team: FACT_SOURCES.opportunity.team,
        owner: FACT_SOURCES.opportunity.owner,
        stage: Prisma.sql`c.id`,
        part: Prisma.sql`c.nth::text`,
      };
    default:
      return FACT_SOURCES[fact satisfies RolledFact];
  }
}
