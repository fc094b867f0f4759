import type { CalibrationBin } from "./panel";
import { randomOf } from "./random";

/** What was predicted of a deal before it ended, by the model and without it, and how it ended. */
export type Prediction = {
  readonly model: number;
  readonly base: number;
  readonly won: boolean;
  readonly fold: number;
};

/** How good predictions are. Null where a figure needs both kinds of ends. */
export type ScoreQuality = {
  readonly n: number;
  /** Chance that of a won and a lost one the won one has the higher score. */
  readonly auc: number | null;
  readonly brier: number;
  readonly baseBrier: number;
  /** Share of the base rate's error that the model takes away: the mean of the folds, and the 5 % bound of all. */
  readonly skill: number;
  readonly skillBound: number;
  /** Wins among the best tenth, over wins among all. */
  readonly lift: number | null;
  readonly folds: readonly { readonly n: number; readonly skill: number }[];
  readonly calibration: readonly CalibrationBin[];
};

const RESAMPLES = 1_000;
const BOUND = 0.05;
const BINS = 10;

const missOf = (predicted: number, won: boolean): number => (predicted - Number(won)) ** 2;

/** Rank sum, ties shared. */
export function aucOf(predictions: readonly Prediction[]): number | null {
  const sorted = [...predictions].sort((a, b) => a.model - b.model);
  const won = sorted.filter((one) => one.won).length;
  const lost = sorted.length - won;
  if (won === 0 || lost === 0) return null;
  let ranks = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    let wins = 0;
    while (to < sorted.length && sorted[to]?.model === sorted[from]?.model) {
      wins += Number(sorted[to]?.won ?? false);
      to += 1;
    }
    ranks += wins * ((from + 1 + to) / 2);
    from = to;
  }
  return (ranks - (won * (won + 1)) / 2) / (won * lost);
}

function liftOf(predictions: readonly Prediction[]): number | null {
  const best = [...predictions]
    .sort((a, b) => b.model - a.model)
    .slice(0, Math.max(1, Math.round(predictions.length / 10)));
  const shareOf = (list: readonly Prediction[]) =>
    list.filter(({ won }) => won).length / list.length;
  const all = shareOf(predictions);
  return all > 0 ? shareOf(best) / all : null;
}

function calibrationOf(predictions: readonly Prediction[]): CalibrationBin[] {
  const sorted = [...predictions].sort((a, b) => a.model - b.model);
  return Array.from({ length: BINS }, (_, bin) =>
    sorted.slice(
      Math.floor((sorted.length * bin) / BINS),
      Math.floor((sorted.length * (bin + 1)) / BINS),
    ),
  ).flatMap((part) => {
    const [first, last] = [part[0], part.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [
      {
        from: first.model,
        to: last.model,
        predicted: part.reduce((sum, { model }) => sum + model, 0) / part.length,
        observed: part.filter(({ won }) => won).length / part.length,
        n: part.length,
      },
    ];
  });
}

const skillOf = (model: number, base: number): number => (base > 0 ? 1 - model / base : 0);

/** The skill that 95 of 100 samples drawn from these predictions, with putting back, are above. Seeded. */
function boundOf(predictions: readonly Prediction[], seed: number): number {
  const { uniform } = randomOf(seed);
  const model = Float64Array.from(predictions, (one) => missOf(one.model, one.won));
  const base = Float64Array.from(predictions, (one) => missOf(one.base, one.won));
  const skills = Float64Array.from({ length: RESAMPLES }, () => {
    let [modelSum, baseSum] = [0, 0];
    for (let draw = 0; draw < model.length; draw += 1) {
      const at = Math.floor(uniform() * model.length);
      modelSum += model[at] ?? 0;
      baseSum += base[at] ?? 0;
    }
    return skillOf(modelSum, baseSum);
  }).sort();
  return skills[Math.floor(BOUND * RESAMPLES)] ?? 0;
}

export function qualityOf(predictions: readonly Prediction[], seed: number): ScoreQuality {
  const n = predictions.length;
  const sumOf = (list: readonly Prediction[], of: "model" | "base") =>
    list.reduce((sum, one) => sum + missOf(one[of], one.won), 0);
  const folds = [...new Set(predictions.map(({ fold }) => fold))].map((fold) => {
    const part = predictions.filter((one) => one.fold === fold);
    return { n: part.length, skill: skillOf(sumOf(part, "model"), sumOf(part, "base")) };
  });
  const aucs = folds.flatMap((_, fold) => {
    const auc = aucOf(predictions.filter((one) => one.fold === fold));
    return auc === null ? [] : [auc];
  });
  return {
    n,
    auc: aucs.length === 0 ? null : aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length,
    brier: sumOf(predictions, "model") / n,
    baseBrier: sumOf(predictions, "base") / n,
    skill: folds.reduce((sum, { skill }) => sum + skill, 0) / folds.length,
    skillBound: boundOf(predictions, seed),
    lift: liftOf(predictions),
    folds,
    calibration: calibrationOf(predictions),
  };
}
