import { categoryInForce, isRotting } from "@/lib/crm/reads/figures";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace } from "../core/answer";
import type { MeasureSql } from "./measure-sql";

// Measures that are read from the rows each time. Those of sums over the same condition stand together.

const all = Prisma.sql`true`;
const sound = Prisma.sql`l.status <> 'junked'`;
const won = Prisma.sql`l.status = 'won'`;

// A model gives open ones a probability; when they close, what it said last stays.
const scored = Prisma.sql`l.probability_model IS NOT NULL`;
const score = Prisma.sql`l.probability_model / 100`;

/** How many, and what they are worth together. */
const withWorth = (when: Prisma.Sql): readonly [MeasureSql, MeasureSql] => [
  { when },
  { when: Prisma.sql`${when} AND l.base_minor IS NOT NULL`, of: Prisma.sql`l.base_minor` },
];

export function createdMeasures() {
  const assigned = Prisma.sql`l.assigned_at IS NOT NULL`;
  return {
    created_scored: { when: scored },
    created_score_sum: { when: scored, of: score },
    answered_within_60: { when: Prisma.sql`${sound} AND l.response_minutes <= 60` },
    assigned: { when: assigned },
    assignment_minutes_p50: {
      when: assigned,
      of: Prisma.sql`floor(extract(epoch FROM l.assigned_at - l.created_at) / 60)`,
      percentile: 0.5,
    },
  };
}

export function closedMeasures({ zone }: MetricPlace) {
  const recurring = Prisma.sql`${won} AND l.mrr_minor IS NOT NULL`;
  // The first of its customer, in scope or not: whether somebody is new does not hang on who asks.
  const earlier = (same: Prisma.Sql) =>
    Prisma.sql`EXISTS (SELECT FROM lead e WHERE e.workspace_id = l.workspace_id AND e.status = 'won' AND e.deleted_at IS NULL
      AND ${same} AND (e.closed_at, e.id) < (l.closed_at, l.id))`;
  const bought = Prisma.sql`(CASE WHEN l.company_id IS NOT NULL THEN ${earlier(Prisma.sql`e.company_id = l.company_id`)}
    WHEN l.contact_id IS NOT NULL THEN ${earlier(Prisma.sql`e.company_id IS NULL AND e.contact_id = l.contact_id`)} ELSE false END)`;
  return {
    lost_worth: { when: Prisma.sql`l.status = 'lost' AND l.base_minor > 0` },
    closed_scored: { when: scored },
    closed_score_sum: { when: scored, of: score },
    won_scored: { when: Prisma.sql`${won} AND ${scored}` },
    won_mrr: { when: recurring },
    won_mrr_base: {
      when: recurring,
      of: Prisma.sql`to_base_minor(l.workspace_id, l.mrr_minor, l.currency::text, (l.closed_at AT TIME ZONE ${zone})::date)`,
    },
    won_first: { when: Prisma.sql`${won} AND NOT ${bought}` },
    won_again: { when: Prisma.sql`${won} AND ${bought}` },
    won_touches: {
      when: won,
      of: Prisma.sql`(SELECT count(*) FROM activity a WHERE a.workspace_id = l.workspace_id AND a.lead_id = l.id
        AND a.human AND a.deleted_at IS NULL AND a.done_at <= l.closed_at)`,
    },
  };
}

export function openMeasures(place: MetricPlace) {
  const [rotting, rotting_base] = withWorth(isRotting(place));
  const nextStep = Prisma.sql`l.next_activity_at >= ${toIso(place.now)}::timestamptz`;
  return {
    rotting,
    rotting_base,
    open_next_step: { when: nextStep },
    open_complete: {
      when: Prisma.sql`l.amount_minor IS NOT NULL AND l.expected_close >= ${place.today}::date AND l.owner_id IS NOT NULL
        AND l.source_id IS NOT NULL AND ${nextStep}`,
    },
  };
}

function expectedMeasures() {
  const among = (...categories: readonly string[]) =>
    Prisma.sql`(l.status = 'open' AND ${categoryInForce}::text = ANY(${categories}::text[]))`;
  const [forecast_closed, forecast_closed_base] = withWorth(won);
  const [forecast_commit, forecast_commit_base] = withWorth(
    Prisma.sql`(${won} OR ${among("commit")})`,
  );
  const [forecast_best, forecast_best_base] = withWorth(
    Prisma.sql`(${won} OR ${among("commit", "best_case")})`,
  );
  const [forecast_open, forecast_open_base] = withWorth(among("commit", "best_case", "pipeline"));
  return {
    forecast_closed,
    forecast_closed_base,
    forecast_commit,
    forecast_commit_base,
    forecast_best,
    forecast_best_base,
    forecast_open,
    forecast_open_base,
  };
}

function historyMeasures(zone: string) {
  const day = (moment: Prisma.Sql) => Prisma.sql`(${moment} AT TIME ZONE ${zone})::date`;
  return {
    activities: { when: all },
    pushes: { when: all },
    visits: { when: all },
    visit_days_p50: {
      when: all,
      // All days it left this stage, less all days it came to it: it has left it as often as it came.
      of: Prisma.sql`(SELECT sum((${day(Prisma.sql`x.at`)} - '2000-01-01'::date)
               * ((x.from_stage_id IS NOT DISTINCT FROM h.from_stage_id)::int - (x.stage_id IS NOT DISTINCT FROM h.from_stage_id)::int))
        FROM stage_history x WHERE x.workspace_id = h.workspace_id AND x.lead_id = h.lead_id AND x.stage_id IS DISTINCT FROM x.from_stage_id)`,
      percentile: 0.5,
    },
    exits: { when: all },
    exits_forward: {
      when: Prisma.sql`(h.event = 'won' OR coalesce(h.status = 'open' AND t.pipeline_id = f.pipeline_id AND t.position > f.position, false))`,
    },
    reached: { when: all },
    passed: { when: Prisma.sql`r.far >= coalesce(c.next, 32767)` },
  };
}

function spanMeasures({ workspaceId, today }: MetricPlace) {
  const start = Prisma.sql`p.side = 'start'`;
  const end = Prisma.sql`p.side = 'end'`;
  const priced = (side: Prisma.Sql) => Prisma.sql`${side} AND p.base_minor IS NOT NULL`;
  return {
    worked: { when: all },
    due_then: { when: all },
    // Over: whatever was open the evening of the last day. Not over: what was moved beyond it.
    due_slipped: {
      when: Prisma.sql`(CASE WHEN b.to_day <= ${today}::date
        THEN EXISTS (SELECT FROM pipeline_snapshot q WHERE q.workspace_id = ${workspaceId}::uuid AND q.lead_id = p.lead_id
          AND q.from_day < b.to_day AND (q.to_day IS NULL OR q.to_day >= b.to_day))
        ELSE l.status = 'open' AND l.kind = 'opportunity' AND coalesce(l.expected_close >= b.to_day, false) END)`,
    },
    standing_start: { when: start },
    standing_start_base: { when: priced(start), of: Prisma.sql`p.base_minor` },
    standing_end: { when: end },
    standing_end_base: { when: priced(end), of: Prisma.sql`p.base_minor` },
    standing_end_with_base: { when: priced(end) },
    standing_end_without_amount: { when: Prisma.sql`${end} AND p.amount_minor IS NULL` },
    standing_end_without_rate: {
      when: Prisma.sql`${end} AND p.amount_minor IS NOT NULL AND p.base_minor IS NULL`,
    },
    standing_end_weighted: {
      when: priced(end),
      of: Prisma.sql`p.base_minor * p.probability / 100`,
    },
    customers_before: { when: all },
    // The same customer's, by its index: a company's, else a contact's.
    customers_kept: {
      when: Prisma.sql`(CASE WHEN l.company_id IS NOT NULL THEN EXISTS (SELECT FROM lead e WHERE e.workspace_id = l.workspace_id
          AND e.company_id = l.company_id AND e.status = 'won' AND e.deleted_at IS NULL AND e.closed_at >= b.from_at AND e.closed_at < b.to_at)
        WHEN l.contact_id IS NOT NULL THEN EXISTS (SELECT FROM lead e WHERE e.workspace_id = l.workspace_id AND e.company_id IS NULL
          AND e.contact_id = l.contact_id AND e.status = 'won' AND e.deleted_at IS NULL AND e.closed_at >= b.from_at AND e.closed_at < b.to_at)
        ELSE false END)`,
    },
  };
}

/** Measures of the facts nothing is rolled up of. */
export function otherMeasures(place: MetricPlace) {
  const promised = Prisma.sql`l.response_due_at IS NOT NULL
    AND (l.first_response_at IS NOT NULL OR l.response_due_at <= ${toIso(place.now)}::timestamptz)`;
  const lead = Prisma.sql`l.kind = 'lead' AND l.status = 'open'`;
  return {
    promised: { when: promised },
    promised_kept: {
      when: Prisma.sql`${promised} AND coalesce(l.first_response_at <= l.response_due_at, false)`,
    },
    stock: { when: all },
    stock_leads: { when: lead },
    stock_unworked: {
      when: Prisma.sql`${lead} AND l.last_touch_at IS NULL AND l.first_response_at IS NULL`,
    },
    ...expectedMeasures(),
    ...historyMeasures(place.zone),
    ...spanMeasures(place),
  } satisfies Readonly<Record<string, MeasureSql>>;
}
