import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { scopeWords } from "@/lib/crm/core/scope";
import { getScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import { NO_FILTER } from "@/lib/metrics/core/question";
import type { Period } from "@/lib/metrics/core/range";
import { periodOf } from "@/lib/metrics/core/range";
import { getPlace } from "@/lib/metrics/reads/place";
import { runtime } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import { candidateWords } from "./core/method-words";
import type { ForecastPage, Reach, ScorePage, Surroundings } from "./core/page";
import type { ScorePanel } from "./core/panel";
import { FIELD_WORDS, valueWords } from "./core/reason-words";
import { LEAKY_FIELDS, SCORE_FIELDS } from "./core/score-fields";
import type { ScoreModel } from "./core/score-model";
import { usualEffects } from "./core/score-model";
import { whoseForecast } from "./core/whose";
import { forecastingPolicy } from "./policy";
import { readForecastChecks } from "./reads/checks";
import type { KeptForecast } from "./reads/kept-forecast";
import { findBacktest, findForecast } from "./reads/kept-forecast";
import { readForecastPanel } from "./reads/panel";
import { listTeams } from "./reads/places";
import { findModel, findScore, listNames } from "./reads/score-model";
import { readScorePanel, reasonsOf } from "./reads/score-panel";

async function readerOf(member: Member): Promise<MetricReader> {
  const { db, now } = runtime();
  const [scope, place] = await Promise.all([
    getScope(db, member),
    getPlace(db, member.workspaceId, now()),
  ]);
  return { scope, place };
}

async function getReader(permission: "forecast.view" | "score.view"): Promise<MetricReader> {
  const member = await getMember();
  if (!forecastingPolicy.can(member, permission, member)) notFound();
  return readerOf(member);
}

const around = ({ scope, place }: MetricReader): Surroundings => ({
  scope: scopeWords(scope),
  currency: place.currency,
  today: place.today,
});

function periodFor(reach: Reach, { place }: MetricReader): Period {
  const { today, fiscalStart } = place;
  if (reach === "90") return { from: today, to: addDays(today, 90) };
  return periodOf({ preset: `this-${reach}` }, today, fiscalStart);
}

const AHEAD_DAYS = [7, 14, 30, 60, 90] as const;

const aheadOf = (kept: KeptForecast | undefined): ForecastPage["ahead"] =>
  kept === undefined
    ? []
    : AHEAD_DAYS.map((days) => ({
        days,
        until: addDays(kept.asOf, days),
        p10: kept.fan.p10[days - 1] ?? 0,
        p50: kept.fan.p50[days - 1] ?? 0,
        p90: kept.fan.p90[days - 1] ?? 0,
      }));

/** Teams whose forecast this reader may see: all of them, or their own. */
async function teamsFor(db: Db, { scope }: MetricReader) {
  if (scope.kind === "own") return [];
  return scope.kind === "all" ? listTeams(db, scope.workspaceId) : scope.teams;
}

const MOST_CHECKS = 52;

/** The page of forecasts. Throws NotSignedIn; not found for whoever does not sell. */
export async function loadForecastPage(asked: {
  readonly team: string | undefined;
  readonly reach: Reach;
}): Promise<ForecastPage> {
  const reader = await getReader("forecast.view");
  const { db } = runtime();
  const teams = await teamsFor(db, reader);
  // Who has several teams and sees no others begins with the first.
  const begin = reader.scope.kind === "team" ? teams[0]?.id : undefined;
  const team = teams.find(({ id }) => id === asked.team)?.id ?? begin ?? null;
  const filter = team === null ? NO_FILTER : { ...NO_FILTER, team: [team] };
  const whose = whoseForecast(reader.scope, filter);
  const may = !("none" in whose);
  const of = { workspaceId: reader.place.workspaceId, team };
  const [panel, kept, backtest, checks] = await Promise.all([
    readForecastPanel(db, reader, { period: periodFor(asked.reach, reader), filter }),
    may ? findForecast(db, of, reader.place.today) : undefined,
    may ? findBacktest(db, of) : undefined,
    readForecastChecks(db, reader, { horizon: 30, limit: MOST_CHECKS, filter }),
  ]);
  const shown = panel.status === "ready" ? kept : undefined;
  return {
    ...around(reader),
    reach: asked.reach,
    team,
    teams,
    seesAll: reader.scope.kind === "all",
    panel,
    ahead: aheadOf(shown),
    weights: candidateWords(shown?.weights ?? {}),
    backtest:
      backtest === undefined
        ? null
        : {
            until: backtest.until,
            madeAt: toIso(backtest.madeAt),
            seed: backtest.seed,
            deals: backtest.deals,
            accuracy: backtest.accuracy,
          },
    checks,
  };
}

const MOST_WEIGHTS = 24;

/** The strongest values of a model in words. Who does not see every team is not told how others do. */
function weightLines(
  model: ScoreModel,
  names: ReadonlyMap<string, string>,
  { scope, place }: MetricReader,
): ScorePage["weights"] {
  const usual = usualEffects(model);
  return model.weights
    .filter(({ field, n }) => n > 0 && (field !== "team" || scope.kind === "all"))
    .map(({ field, value, weight, n }) => ({
      field: FIELD_WORDS[field],
      value: valueWords(field, value, { names, cuts: model.cuts, currency: place.currency }),
      n,
      effect: weight - (usual.get(field) ?? 0),
    }))
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, MOST_WEIGHTS);
}

/** The page of the lead score. Throws NotSignedIn; not found for whoever does not sell. */
export async function loadScorePage(): Promise<ScorePage> {
  const reader = await getReader("score.view");
  const { db } = runtime();
  const { workspaceId } = reader.place;
  const [panel, kept, names] = await Promise.all([
    readScorePanel(db, reader),
    findScore(db, workspaceId),
    listNames(db, workspaceId),
  ]);
  const model = kept && (await findModel(db, workspaceId, kept));
  const { calibration: _bins, ...quality } = kept?.quality ?? { calibration: [] };
  const teams = reader.scope.kind === "all" ? (kept?.base.teams ?? []) : [];
  return {
    ...around(reader),
    panel,
    version: kept?.version ?? null,
    won: kept?.won ?? 0,
    quality: "n" in quality ? quality : null,
    weights: model === undefined ? [] : weightLines(model, names, reader),
    fields: SCORE_FIELDS.map((field) => FIELD_WORDS[field]),
    leaky: LEAKY_FIELDS,
    rates: teams.map(({ team, rate, n }) => ({
      name: team === null ? null : (names.get(team) ?? null),
      rate,
      n,
    })),
  };
}

/**
 * The score of one open lead with its reasons, computed from the weights; undefined where no model stands behind one,
 * or the lead is not the reader's to see.
 */
export async function loadLeadScore(
  leadId: string,
): Promise<Pick<ScorePanel["top"][number], "score" | "reasons"> | undefined> {
  const reader = await getReader("score.view");
  const { db } = runtime();
  const { workspaceId } = reader.place;
  const kept = await findScore(db, workspaceId);
  const model = kept && (await findModel(db, workspaceId, kept));
  if (model === undefined) return undefined;
  return (await reasonsOf(db, reader, model, [leadId])).get(leadId);
}
