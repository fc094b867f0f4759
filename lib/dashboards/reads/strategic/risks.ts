import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { MetricFilter } from "@/lib/metrics/core/question";
import { NO_FILTER } from "@/lib/metrics/core/question";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { toIso } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { Risk, RiskRow, SaidThresholds } from "../../core/risk";
import { HIGH_VALUE_TIMES, RISKS } from "../../core/risk";
import type { PartRecords, RiskBlock } from "../../core/strategic";
import type { BlockContext } from "../run-blocks";
import { listPart } from "./parts";
import type { RiskRules } from "./risk-sql";
import { riskyDeals, rulesOf } from "./risk-sql";
import { coverageOf, readConcentration, readWinRate } from "./statements";
import { listRests, listTeams, listThresholds } from "./thresholds";

/** High value where nobody said an amount: of the won deals of all teams in the last year. */
async function usualHigh(db: Db, reader: MetricReader): Promise<number | null> {
  const { place } = reader;
  const days = { from: addDays(place.today, -364), to: addDays(place.today, 1) };
  const question = { days, filter: NO_FILTER, by: null };
  const { average_won_value } = await askMetrics(db, reader, ["average_won_value"], question);
  const { value } = average_won_value.total;
  return value === null || value <= 0 ? null : Math.round(value * HIGH_VALUE_TIMES);
}

/** The rules in force, and what they were made of. */
export async function readRules(
  db: Db,
  reader: MetricReader,
): Promise<{ readonly rules: RiskRules; readonly said: readonly SaidThresholds[] }> {
  const said = await listThresholds(db, reader.place.workspaceId);
  const base = said.find(({ teamId }) => teamId === null)?.highValues[reader.place.currency];
  return { said, rules: rulesOf(said, base === undefined ? await usualHigh(db, reader) : null) };
}

type Found = {
  readonly risk: Risk | null;
  readonly deals: number;
  readonly valueMinor: number;
  readonly withoutValue: number;
  readonly largest: RiskRow["largest"];
};

/** One pass over the open deals: their sums by worst reason, and the largest of each. */
function findRisks(
  db: Db,
  reader: MetricReader,
  filter: MetricFilter,
  rules: RiskRules,
): Promise<Found[]> {
  const { place } = reader;
  const now = Prisma.sql`${toIso(place.now)}::timestamptz`;
  return db.$queryRaw<Found[]>`
    WITH deals AS MATERIALIZED (${riskyDeals(reader, filter, rules)}),
    sums AS (
      SELECT risk, count(*)::int AS deals, coalesce(sum(base_minor), 0)::float8 AS minor,
             (count(*) FILTER (WHERE base_minor IS NULL))::int AS without, max(base_minor) AS top
        FROM deals GROUP BY risk)
    SELECT s.risk, s.deals, s.minor AS "valueMinor", s.without AS "withoutValue",
           CASE WHEN s.risk IS NULL THEN NULL ELSE (
             SELECT jsonb_build_object('id', d.id, 'name', coalesce(l.company_name, l.name), 'valueMinor', d.base_minor,
                      'measure', CASE s.risk WHEN 'overdue' THEN ${place.today}::date - d.expected_close WHEN 'slipped' THEN d.slips
                                             WHEN 'stagnant' THEN floor(extract(epoch FROM ${now} - d.quiet_since) / 86400) END,
                      'ownerId', d.owner_id, 'ownerName', u.name)
               FROM (SELECT * FROM deals d WHERE d.risk = s.risk AND d.base_minor IS NOT DISTINCT FROM s.top ORDER BY d.id LIMIT 1) d
               JOIN lead l ON l.workspace_id = ${place.workspaceId}::uuid AND l.id = d.id
               LEFT JOIN app_user u ON u.workspace_id = l.workspace_id AND u.id = d.owner_id) END AS largest
      FROM sums s`;
}

/** What could be lost: each open deal by its one worst reason, and what is said of the pipeline as a whole. */
export async function readRisks(context: BlockContext): Promise<RiskBlock> {
  const { db, reader, state } = context;
  const { place } = reader;
  const { rules, said } = await readRules(db, reader);
  const [found, rests, teams] = await Promise.all([
    findRisks(db, reader, state.filter, rules),
    listRests(db, place.workspaceId, place.today),
    listTeams(db, place.workspaceId),
  ]);
  const rows = RISKS.flatMap((risk): RiskRow[] => {
    const row = found.find((one) => one.risk === risk);
    return row === undefined ? [] : [{ ...row, risk, rests: rests.get(risk) ?? null }];
  }).sort((a, b) => b.valueMinor - a.valueMinor);
  const sum = (of: readonly { deals: number; valueMinor: number }[]) => ({
    deals: of.reduce((total, { deals }) => total + deals, 0),
    valueMinor: of.reduce((total, { valueMinor }) => total + valueMinor, 0),
  });
  // Of the one team that is looked at, what it said itself.
  const [team, ...others] = state.filter.team;
  const own = others.length > 0 ? undefined : rules.teams.find(({ teamId }) => teamId === team);
  const of = own ?? rules.all;
  const high = of.highValues[place.currency];
  return {
    rows,
    open: sum(found),
    atRisk: sum(rows),
    highValueMinor: high ?? rules.usualHighMinor,
    highValueSaid: high !== undefined,
    slips: of.slips,
    overdueDays: of.overdueDays,
    quietDays: of.quietDays,
    said,
    teams: teams.map(({ id, name }) => ({ id, name })),
    coverage: await coverageOf(context, of.coveragePercent),
    winRate: await readWinRate(context),
    concentration: await readConcentration(context, of.concentrationPercent),
  };
}

/** The deals of one risk, the largest first. */
export async function listRisk(
  db: Db,
  reader: MetricReader,
  filter: MetricFilter,
  risk: Risk,
): Promise<PartRecords> {
  const { rules } = await readRules(db, reader);
  return listPart(db, reader, {
    before: Prisma.sql`deals AS (${riskyDeals(reader, filter, rules)}),`,
    part: Prisma.sql`SELECT d.id, d.base_minor::float8 AS minor FROM deals d WHERE d.risk = ${risk}`,
  });
}

/** The one worst reason of a deal, as the reader sees it now; null: it is at no risk, or not theirs to see. */
export async function findRiskOf(
  db: Db,
  reader: MetricReader,
  filter: MetricFilter,
  leadId: string,
): Promise<Risk | null> {
  const { rules } = await readRules(db, reader);
  const [row] = await db.$queryRaw<{ risk: Risk | null }[]>`
    SELECT d.risk FROM (${riskyDeals(reader, filter, rules)}) d WHERE d.id = ${leadId}::uuid`;
  return row?.risk ?? null;
}
