import type { CrmScope } from "@/lib/crm/core/scope";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, daysBetween } from "@/lib/time/offset";
import type { MetricReader } from "../core/answer";
import type { Measured } from "../core/measure";
import type { MetricFilter, Question } from "../core/question";
import type { FactSums } from "./scan";
import { scanFact } from "./scan";

/** A forecast that is older says nothing of the days ahead any more. */
const OLDEST_DAYS = 10;
/** Of which forecasts the accuracy is told. */
const HORIZON_DAYS = 30;

type Said = { readonly asOf: CalendarDate; readonly p50: readonly number[] };
type Accuracy = {
  readonly horizonDays: number;
  readonly n: number;
  readonly wape: number | null;
  readonly bias: number | null;
  readonly coverage: number | null;
};

/** Whose forecast this reader may be told: null is all teams, undefined is none. They are made of whole teams only. */
function teamOf(
  { kind, teams }: CrmScope,
  { team, owner, source, product }: MetricFilter,
): string | null | undefined {
  const others = owner.length + source.length + product.length;
  if (kind === "own" || others > 0 || team.length > 1 || team[0] === "none") return undefined;
  if (kind === "all") return team[0] ?? null;
  const own = teams.map(({ id }) => id);
  const wanted = team[0] ?? (own.length === 1 ? own[0] : undefined);
  return wanted !== undefined && own.includes(wanted) ? wanted : undefined;
}

/** What was said last, on top of what had been won by then; null where nothing reaches the period's last day. */
async function endOf(
  db: Db,
  reader: MetricReader,
  { days: { from, to }, filter }: Pick<Question, "days" | "filter">,
  team: string | null,
): Promise<number | null> {
  const { workspaceId, today } = reader.place;
  const [said] = await db.$queryRaw<Said[]>`
    SELECT as_of::text AS "asOf", fan -> 'p50' AS p50 FROM forecast_snapshot
     WHERE workspace_id = ${workspaceId}::uuid AND team_id IS NOT DISTINCT FROM ${team}::uuid
       AND as_of <= ${today}::date AND as_of >= ${today}::date - ${OLDEST_DAYS}::int
     ORDER BY as_of DESC LIMIT 1`;
  if (said === undefined || from === null || to === null) return null;
  const first = addDays(said.asOf, 1);
  const ahead = daysBetween(first, to);
  const left = ahead < 1 ? undefined : said.p50[ahead - 1];
  if (from > first || left === undefined) return null;
  const { total } = await scanFact(db, reader, {
    fact: "closed",
    measures: ["won_base"],
    days: { from, to: first },
    filter: team === null ? filter : { ...filter, team: [team] },
    by: null,
  });
  return (total.won_base ?? 0) + left;
}

async function accuracyOf(
  db: Db,
  { place: { workspaceId } }: MetricReader,
  team: string | null,
): Promise<Measured> {
  const [tried] = await db.$queryRaw<{ accuracy: readonly Accuracy[] }[]>`
    SELECT accuracy FROM forecast_backtest
     WHERE workspace_id = ${workspaceId}::uuid AND team_id IS NOT DISTINCT FROM ${team}::uuid
     ORDER BY until_day DESC LIMIT 1`;
  const found = tried?.accuracy.find(({ horizonDays }) => horizonDays === HORIZON_DAYS);
  if (found === undefined) return {};
  return {
    forecast_windows: found.n,
    forecast_wape: found.wape,
    forecast_bias: found.bias,
    forecast_coverage: found.coverage,
  };
}

/** What was forecast of the whole question, and how good such forecasts were; never of parts of it. */
export async function scanForecasts(
  db: Db,
  reader: MetricReader,
  question: Pick<Question, "days" | "filter">,
): Promise<FactSums> {
  const team = teamOf(reader.scope, question.filter);
  if (team === undefined) return { total: {}, groups: new Map() };
  const end = await endOf(db, reader, question, team);
  const accuracy = await accuracyOf(db, reader, team);
  return { total: { ...accuracy, forecast_p50: end }, groups: new Map() };
}
