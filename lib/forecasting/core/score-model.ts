import type { Encoding } from "./encode";
import { columnsOf, designOf, encodingOf } from "./encode";
import { fitLogistic, logitOf, sigmoid } from "./logistic";
import type { BaseRate, ScoreReason, ScoreRefusal } from "./panel";
import type { EndedLead, NumberField, ScoredLead, ScoreField } from "./score-fields";
import { SCORE_FIELDS } from "./score-fields";
import type { Prediction, ScoreQuality } from "./score-quality";
import { qualityOf } from "./score-quality";

export const FEWEST_CLOSED = 200;
export const FEWEST_OF_EACH = 30;
const FOLDS = 5;
/** Of all that have ended: what a fold is tested on. The first one learns from the half before. */
const FOLD_SHARE = 0.1;
/** What ended so long ago counts half. */
const HALF_LIFE_DAYS = 180;
/** Deals a rate begins with, as if they were like the ones of the larger group. */
const SHRINK = 30;

/** A model as it is kept: everything a score and its reasons are computed from. */
export type ScoreModel = {
  readonly intercept: number;
  readonly cuts: Readonly<Record<NumberField, readonly number[]>>;
  /** Effects are in log odds. `n` is how many ended leads had the value. */
  readonly weights: readonly {
    readonly field: ScoreField;
    readonly value: string;
    readonly weight: number;
    readonly n: number;
  }[];
};

/** Rates by team and source, each drawn towards the next larger group. Null is nobody's, or not known. */
export type BaseRates = {
  readonly all: BaseRate;
  readonly teams: readonly (BaseRate & { readonly team: string | null })[];
  readonly sources: readonly (BaseRate & {
    readonly team: string | null;
    readonly source: string | null;
  })[];
};

export type TrainedScore = {
  readonly accepted: boolean;
  readonly why: ScoreRefusal | null;
  readonly closed: number;
  readonly won: number;
  /** Null where there was too little to try. */
  readonly quality: ScoreQuality | null;
  readonly base: BaseRates;
  /** Only of an accepted one. */
  readonly model: ScoreModel | null;
};

const recency = (leads: readonly EndedLead[], now: number): Float64Array =>
  Float64Array.from(leads, ({ closed }) => 0.5 ** (Math.max(0, now - closed) / HALF_LIFE_DAYS));

/** Learns from leads that have ended. `now` is the day number weights are counted from. */
function learn(leads: readonly EndedLead[], now: number) {
  const encoding = encodingOf(leads);
  const design = designOf(encoding, leads);
  const weight = recency(leads, now);
  const outcome = Uint8Array.from(leads, ({ won }) => Number(won));
  return { encoding, weight, outcome, fit: fitLogistic(design, outcome, weight) };
}

/** Learns from what had ended, and predicts the next tenth; five times, each time further on. */
function rollingPredictions(leads: readonly EndedLead[]): Prediction[] {
  const size = Math.floor(leads.length * FOLD_SHARE);
  return Array.from({ length: FOLDS }, (_, fold) => {
    const cut = leads.length - (FOLDS - fold) * size;
    const past = leads.slice(0, cut);
    const now = past.at(-1)?.closed ?? 0;
    const { encoding, fit, weight, outcome } = learn(past, now);
    const all = weight.reduce((sum, one) => sum + one, 0);
    const base = weight.reduce((sum, one, row) => sum + one * (outcome[row] ?? 0), 0) / all;
    const next = leads.slice(cut, cut + size);
    const design = designOf(encoding, next);
    return next.map(
      ({ won }, row): Prediction => ({
        model: sigmoid(logitOf(design, row, fit)),
        base,
        won,
        fold,
      }),
    );
  }).flat();
}

const shrunk = (won: number, n: number, towards: number): BaseRate => ({
  rate: (won + SHRINK * towards) / (n + SHRINK),
  n,
});

const textIn = (lead: EndedLead, field: "team" | "source"): string | null => {
  const value = lead.values[field];
  return value === null ? null : String(value);
};

/** Beta-binomial: each group's rate is its own with 30 deals of the larger group's rate counted in. */
export function baseRatesOf(leads: readonly EndedLead[]): BaseRates {
  const count = (list: readonly EndedLead[]) => list.filter(({ won }) => won).length;
  const won = count(leads);
  const all: BaseRate = { rate: (won + 1) / (leads.length + 2), n: leads.length };
  const groupBy = (list: readonly EndedLead[], field: "team" | "source") =>
    [...Map.groupBy(list, (lead) => textIn(lead, field))].sort(([a], [b]) =>
      (a ?? "") < (b ?? "") ? -1 : 1,
    );
  const teams = groupBy(leads, "team").map(([team, list]) => ({
    team,
    list,
    ...shrunk(count(list), list.length, all.rate),
  }));
  return {
    all,
    teams: teams.map(({ list: _list, ...rate }) => rate),
    sources: teams.flatMap(({ team, list, rate }) =>
      groupBy(list, "source").map(([source, part]) => ({
        team,
        source,
        ...shrunk(count(part), part.length, rate),
      })),
    ),
  };
}

/** The rate of a lead where no model was accepted: of its source in its team, as far as these were seen. */
export function baseRateFor(
  base: BaseRates,
  of: { readonly team: string | null; readonly source: string | null },
): BaseRate {
  return (
    base.sources.find(({ team, source }) => team === of.team && source === of.source) ??
    base.teams.find(({ team }) => team === of.team) ??
    base.all
  );
}

function refusalOf(quality: ScoreQuality): ScoreRefusal | null {
  if (quality.skill <= 0) return "no-signal";
  return quality.skillBound <= 0 ? "signal-not-certain" : null;
}

/**
 * Learns what the end of a lead depends on, and tries it on the past: each fifth of the newer half is predicted from
 * what had ended before. Only a model that is better than the base rate, and would be in 95 of 100 such samples, is
 * accepted. `leads` in the order they ended; `now` a day number. The same leads and seed give the same model.
 */
export function trainScore(leads: readonly EndedLead[], now: number, seed: number): TrainedScore {
  const won = leads.filter((lead) => lead.won).length;
  const counts = { closed: leads.length, won, base: baseRatesOf(leads) };
  const refuse = (why: ScoreRefusal, quality: ScoreQuality | null = null): TrainedScore => ({
    accepted: false,
    why,
    ...counts,
    quality,
    model: null,
  });
  if (leads.length < FEWEST_CLOSED) return refuse("too-few-closed");
  if (Math.min(won, leads.length - won) < FEWEST_OF_EACH) return refuse("too-few-of-one-kind");
  const quality = qualityOf(rollingPredictions(leads), seed);
  const why = refusalOf(quality);
  if (why !== null) return refuse(why, quality);
  const { encoding, fit } = learn(leads, now);
  return {
    accepted: true,
    why: null,
    ...counts,
    quality,
    model: {
      intercept: fit.intercept,
      cuts: encoding.cuts,
      weights: encoding.columns.map((column, at) => ({ ...column, weight: fit.weights[at] ?? 0 })),
    },
  };
}

const encodingIn = ({ cuts, weights }: ScoreModel): Encoding => ({ cuts, columns: weights });

/** A field's usual effect: what the leads it was learned from had on average. */
export function usualEffects({ weights }: ScoreModel): ReadonlyMap<ScoreField, number> {
  return new Map(
    SCORE_FIELDS.map((field) => {
      const of = weights.filter((one) => one.field === field);
      const n = of.reduce((sum, one) => sum + one.n, 0);
      return [field, n === 0 ? 0 : of.reduce((sum, one) => sum + one.weight * one.n, 0) / n];
    }),
  );
}

/** A lead's score, 0…1, and what moves it from the usual one, the strongest first. */
export type Score = { readonly score: number; readonly reasons: readonly ScoreReason[] };

const MOST_REASONS = 5;
const SMALLEST_EFFECT = 0.05;

/** Scores leads by a model. Made once for many. */
export function scorerOf(model: ScoreModel): (lead: ScoredLead) => Score {
  const find = columnsOf(encodingIn(model));
  const usual = usualEffects(model);
  return (lead) => {
    const found = find(lead).flatMap((column) => model.weights[column] ?? []);
    const logit = found.reduce((sum, { weight }) => sum + weight, model.intercept);
    const reasons = found
      .map(({ field, value, weight }) => ({
        feature: field,
        value,
        effect: weight - (usual.get(field) ?? 0),
      }))
      .filter(({ effect }) => Math.abs(effect) >= SMALLEST_EFFECT)
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
      .slice(0, MOST_REASONS);
    return { score: sigmoid(logit), reasons };
  };
}
