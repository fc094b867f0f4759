import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace } from "../core/answer";
import type { SpanFact } from "../core/fact";
import type { FactSource } from "./fact-sql";

/**
 * Facts of the ends of a period. `b` is the period, or one of its parts: first day, day after the last, the instants
 * both begin at, and the instant the equally long period before it begins at. Their rows have no moment of their own.
 */
export function spanSource(
  fact: SpanFact,
  b: Prisma.Sql,
  { workspaceId, today }: MetricPlace,
): FactSource {
  const here = Prisma.sql`workspace_id = ${workspaceId}::uuid`;
  const lead = Prisma.sql`JOIN lead l ON l.${here} AND l.id = p.lead_id`;
  const recorded = { team: Prisma.sql`p.team_id`, owner: Prisma.sql`p.owner_id` };
  const there = Prisma.sql`l.deleted_at IS NULL`;
  // As the evening before `day` recorded it.
  const before = (p: Prisma.Sql, day: Prisma.Sql) =>
    Prisma.sql`${p}.${here} AND ${p}.from_day < ${day} AND (${p}.to_day IS NULL OR ${p}.to_day >= ${day})`;
  switch (fact) {
    case "worked":
      return {
        from: Prisma.sql`${b} JOIN lead l ON l.${here} AND l.opportunity_at < b.to_at AND (l.closed_at IS NULL OR l.closed_at >= b.from_at)`,
        where: there,
        moment: null,
        team: Prisma.sql`l.opportunity_team_id`,
        owner: Prisma.sql`l.opportunity_owner_id`,
      };
    case "due":
      return {
        from: Prisma.sql`${b} JOIN pipeline_snapshot p ON ${before(Prisma.sql`p`, Prisma.sql`b.from_day`)}
          AND p.expected_close >= b.from_day AND p.expected_close < b.to_day ${lead}`,
        where: there,
        moment: null,
        ...recorded,
        stage: Prisma.sql`p.stage_id`,
        amount: Prisma.sql`p.amount_minor`,
        base: Prisma.sql`p.base_minor`,
      };
    case "customer":
      return {
        from: Prisma.sql`${b} CROSS JOIN LATERAL (
          SELECT DISTINCT ON (coalesce(e.company_id, e.contact_id, e.id)) e.* FROM lead e
           WHERE e.${here} AND e.status = 'won' AND e.deleted_at IS NULL AND e.closed_at >= b.past_at AND e.closed_at < b.from_at
           ORDER BY coalesce(e.company_id, e.contact_id, e.id), e.closed_at DESC, e.id DESC) l`,
        where: there,
        moment: null,
        team: Prisma.sql`l.closed_team_id`,
        owner: Prisma.sql`l.closed_owner_id`,
      };
    case "standing": {
      const columns = (p: string) =>
        Prisma.raw(
          `${p}.team_id, ${p}.owner_id, ${p}.stage_id, ${p}.amount_minor, ${p}.base_minor`,
        );
      return {
        from: Prisma.sql`${b} CROSS JOIN LATERAL (
            SELECT 'start' AS side, q.lead_id, ${columns("q")}, q.probability FROM pipeline_snapshot q WHERE ${before(Prisma.sql`q`, Prisma.sql`b.from_day`)}
            UNION ALL
            SELECT 'end', q.lead_id, ${columns("q")}, q.probability FROM pipeline_snapshot q
             WHERE b.to_day <= ${today}::date AND ${before(Prisma.sql`q`, Prisma.sql`b.to_day`)}
            UNION ALL
            SELECT 'end', o.id, ${columns("o")}, coalesce(o.probability_manual, o.probability_model, t.probability, 0)
              FROM lead o LEFT JOIN stage t ON t.workspace_id = o.workspace_id AND t.id = o.stage_id
             WHERE b.to_day > ${today}::date AND b.from_day <= ${today}::date
               AND o.${here} AND o.status = 'open' AND o.kind = 'opportunity' AND o.deleted_at IS NULL) p ${lead}`,
        where: there,
        moment: null,
        ...recorded,
        stage: Prisma.sql`p.stage_id`,
        amount: Prisma.sql`p.amount_minor`,
        base: Prisma.sql`p.base_minor`,
        part: Prisma.sql`p.side`,
      };
    }
  }
}
