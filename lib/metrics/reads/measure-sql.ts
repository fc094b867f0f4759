import { probabilityInForce } from "@/lib/crm/reads/figures";
import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace } from "../core/answer";
import type { RowMeasure } from "../core/measure";
import { closedMeasures, createdMeasures, openMeasures, otherMeasures } from "./other-measures";

/**
 * What a measure counts (`when`, a condition on the fact's rows) and adds (`of`; a row counts one without it), or of
 * which value it is a percentile. The records behind a figure are the rows of `when`.
 */
export type MeasureSql = {
  readonly when: Prisma.Sql;
  readonly of?: Prisma.Sql;
  readonly percentile?: number;
};

const all = Prisma.sql`true`;
const sound = Prisma.sql`l.status <> 'junked'`;
const won = Prisma.sql`l.status = 'won'`;
const lost = Prisma.sql`l.status = 'lost'`;
const base = Prisma.sql`l.base_minor`;
const withBase = (of: Prisma.Sql) => Prisma.sql`${of} AND l.base_minor IS NOT NULL`;
const withoutAmount = (of: Prisma.Sql) => Prisma.sql`${of} AND l.amount_minor IS NULL`;
const withoutRate = (of: Prisma.Sql) =>
  Prisma.sql`${of} AND l.amount_minor IS NOT NULL AND l.base_minor IS NULL`;

/** The local day of a moment. */
export const dayOf = (moment: Prisma.Sql, { zone }: MetricPlace): Prisma.Sql =>
  Prisma.sql`(${moment} AT TIME ZONE ${zone})::date`;

/** Every measure as SQL; the rollup's own function says the same of its own, and a test compares them. */
export function measureSql(place: MetricPlace): Readonly<Record<RowMeasure, MeasureSql>> {
  const created = dayOf(Prisma.sql`l.created_at`, place);
  const opportunity = dayOf(Prisma.sql`l.opportunity_at`, place);
  const closed = dayOf(Prisma.sql`l.closed_at`, place);
  const cycle = Prisma.sql`(${closed} - ${opportunity})`;
  const minutes = Prisma.sql`l.response_minutes`;
  const answered = Prisma.sql`${sound} AND l.first_response_at IS NOT NULL`;
  const timed = Prisma.sql`${sound} AND l.response_minutes IS NOT NULL`;
  const overdue = Prisma.sql`l.expected_close < ${place.today}::date`;
  return {
    created: { when: all },
    created_junked: { when: Prisma.sql`l.status = 'junked'` },
    created_sound: { when: sound },
    created_opportunity_30: {
      when: Prisma.sql`${sound} AND ${opportunity} <= ${created} + 30`,
    },
    created_won: { when: won },
    created_won_90: { when: Prisma.sql`${won} AND ${closed} <= ${created} + 90` },
    created_lost: { when: lost },
    created_answered: { when: answered },
    created_unanswered: { when: Prisma.sql`${sound} AND l.first_response_at IS NULL` },
    response_minutes_sum: { when: timed, of: minutes },
    response_minutes_n: { when: timed },
    response_minutes_p50: { when: timed, of: minutes, percentile: 0.5 },
    response_minutes_p90: { when: timed, of: minutes, percentile: 0.9 },
    ...createdMeasures(),
    opportunity: { when: all },
    opportunity_base: { when: withBase(all), of: base },
    opportunity_with_base: { when: withBase(all) },
    closed: { when: all },
    won: { when: won },
    won_base: { when: withBase(won), of: base },
    won_with_base: { when: withBase(won) },
    won_without_amount: { when: withoutAmount(won) },
    won_without_rate: { when: withoutRate(won) },
    won_base_p50: { when: withBase(won), of: base, percentile: 0.5 },
    lost: { when: lost },
    lost_base: { when: withBase(lost), of: base },
    lost_with_base: { when: withBase(lost) },
    opportunity_won: { when: won },
    ...closedMeasures(place),
    cycle_days_sum: { when: won, of: cycle },
    cycle_days_p50: { when: won, of: cycle, percentile: 0.5 },
    cycle_days_p90: { when: won, of: cycle, percentile: 0.9 },
    lead_to_close_days_p50: {
      when: won,
      of: Prisma.sql`(${closed} - ${created})`,
      percentile: 0.5,
    },
    open: { when: all },
    open_base: { when: withBase(all), of: base },
    open_with_base: { when: withBase(all) },
    open_without_amount: { when: withoutAmount(all) },
    open_without_rate: { when: withoutRate(all) },
    open_weighted: {
      when: withBase(all),
      of: Prisma.sql`l.base_minor * ${probabilityInForce} / 100`,
    },
    open_age_days_p50: {
      when: all,
      of: Prisma.sql`(${place.today}::date - ${opportunity})`,
      percentile: 0.5,
    },
    overdue: { when: overdue },
    overdue_base: { when: withBase(overdue), of: base },
    ...openMeasures(place),
    ...otherMeasures(place),
  };
}

/** The measure as a column of a grouped statement. */
export function aggregate({ when, of, percentile }: MeasureSql): Prisma.Sql {
  if (percentile !== undefined && of !== undefined) {
    return Prisma.sql`(percentile_cont(${percentile}) WITHIN GROUP (ORDER BY (${of})::float8) FILTER (WHERE ${when}))`;
  }
  return of === undefined
    ? Prisma.sql`(count(*) FILTER (WHERE ${when}))::float8`
    : Prisma.sql`coalesce(sum(${of}) FILTER (WHERE ${when}), 0)::float8`;
}
