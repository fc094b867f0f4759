import { quietSince } from "@/lib/crm/reads/figures";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { MetricFilter } from "@/lib/metrics/core/question";
import { FACT_SOURCES } from "@/lib/metrics/reads/fact-sql";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { HighValues, SaidThresholds, TeamThresholds } from "../../core/risk";
import { inForce } from "../../core/risk";
import { standingOf } from "./parts";

/** Everything the rule of one worst reason needs to know besides the deals. */
export type RiskRules = {
  readonly all: TeamThresholds;
  /** Of teams that said something of their own. */
  readonly teams: readonly TeamThresholds[];
  /** High value in the workspace's currency where nobody said an amount; null: nothing ever won. */
  readonly usualHighMinor: number | null;
};

export const rulesOf = (
  said: readonly SaidThresholds[],
  usualHighMinor: number | null,
): RiskRules => ({
  all: inForce(said, null),
  teams: said.flatMap(({ teamId }) => (teamId === null ? [] : [inForce(said, teamId)])),
  usualHighMinor,
});

type Number_ = number | null;

/** A number of the deal's team, else that of all teams. */
function perTeam({ all, teams }: RiskRules, pick: (of: TeamThresholds) => Number_): Prisma.Sql {
  const usual = pick(all);
  const others = teams.filter((team) => pick(team) !== usual);
  const said = Prisma.sql`${usual}::int`;
  if (others.length === 0) return said;
  const cases = others.map((team) => Prisma.sql`WHEN ${team.teamId}::uuid THEN ${pick(team)}::int`);
  return Prisma.sql`(CASE l.team_id ${Prisma.join(cases, " ")} ELSE ${said} END)`;
}

/** Of one team's amounts: in the deal's own currency where that has one, else in the workspace's. */
function highOf(values: HighValues, base: string, usual: number | null): Prisma.Sql {
  const from = values[base] ?? usual;
  const inBase =
    from === null
      ? Prisma.sql`false`
      : Prisma.sql`coalesce(l.base_minor >= ${from}::bigint, false)`;
  const others = Object.entries(values).filter(([currency]) => currency !== base);
  if (others.length === 0) return inBase;
  const cases = others.map(
    ([currency, minor]) =>
      Prisma.sql`WHEN ${currency} THEN coalesce(l.amount_minor >= ${minor}::bigint, false)`,
  );
  return Prisma.sql`(CASE l.currency ${Prisma.join(cases, " ")} ELSE ${inBase} END)`;
}

function isHighValue({ all, teams, usualHighMinor }: RiskRules, base: string): Prisma.Sql {
  const usual = highOf(all.highValues, base, usualHighMinor);
  const same = JSON.stringify(all.highValues);
  const others = teams.filter(({ highValues }) => JSON.stringify(highValues) !== same);
  if (others.length === 0) return usual;
  const cases = others.map(
    ({ teamId, highValues }) =>
      Prisma.sql`WHEN ${teamId}::uuid THEN ${highOf(highValues, base, usualHighMinor)}`,
  );
  return Prisma.sql`(CASE l.team_id ${Prisma.join(cases, " ")} ELSE ${usual} END)`;
}

/**
 * The open deals of the reader and the filter, each with its one worst reason (`risk`, null: none) and how bad that is
 * (`measure`: days late, times slipped, days quiet). The twin of `worstRisk` in core; a test compares them.
 */
export function riskyDeals(
  reader: MetricReader,
  filter: MetricFilter,
  rules: RiskRules,
): Prisma.Sql {
  const { place } = reader;
  const now = Prisma.sql`${toIso(place.now)}::timestamptz`;
  const today = Prisma.sql`${place.today}::date`;
  const quiet = perTeam(rules, ({ quietDays }) => quietDays);
  const idle = Prisma.sql`(l.next_activity_at IS NULL OR l.next_activity_at < ${now}) AND (l.parked_until IS NULL OR l.parked_until <= ${today})`;
  const late = Prisma.sql`l.expected_close + ${perTeam(rules, ({ overdueDays }) => overdueDays)} < ${today}`;
  const slipped = Prisma.sql`coalesce(x.times, 0) >= ${perTeam(rules, ({ slips }) => slips)}`;
  const stagnant = Prisma.sql`${quietSince} < ${now} - make_interval(hours => coalesce(${quiet}, s.rot_days) * 24)`;
  return Prisma.sql`
    SELECT l.id, l.base_minor, l.owner_id, l.expected_close, coalesce(x.times, 0) AS slips, ${quietSince} AS quiet_since,
           CASE WHEN ${late} THEN 'overdue' WHEN ${slipped} THEN 'slipped'
                WHEN ${idle} THEN CASE WHEN ${isHighValue(rules, place.currency)} THEN 'high-value' WHEN ${stagnant} THEN 'stagnant' END
           END AS risk
      FROM lead l
      LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
      LEFT JOIN deal_slip x ON x.workspace_id = l.workspace_id AND x.lead_id = l.id
     WHERE ${standingOf(reader, filter)} AND ${FACT_SOURCES.open.where}`;
}
