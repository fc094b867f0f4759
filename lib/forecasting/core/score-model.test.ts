import { describe, expect, test } from "vitest";
import { randomOf } from "./random";
import type { EndedLead, ScoreField } from "./score-fields";
import { SCORE_FIELDS } from "./score-fields";
import { baseRateFor, baseRatesOf, scorerOf, trainScore } from "./score-model";
import type { Prediction } from "./score-quality";
import { aucOf, qualityOf } from "./score-quality";
import { verdictWords } from "./score-words";

const UNKNOWN_ALL = Object.fromEntries(SCORE_FIELDS.map((field) => [field, null])) as Record<
  ScoreField,
  null
>;

const SOURCES = ["referral", "web", "fair", "ads"];

/** Leads whose end depends on their source by `strength`, and on nothing else. */
function leads(count: number, strength: number, seed = 11): EndedLead[] {
  const { uniform } = randomOf(seed);
  return Array.from({ length: count }, (_, at) => {
    const place = Math.floor(uniform() * SOURCES.length);
    const chance = 1 / (1 + Math.exp(-strength * (1.5 - place)));
    return {
      id: String(at),
      won: uniform() < chance,
      closed: 20_000 + Math.floor(at / 10),
      values: {
        ...UNKNOWN_ALL,
        source: SOURCES[place] ?? null,
        weekday: String(1 + Math.floor(uniform() * 7)),
        amount: Math.floor(uniform() * 1_000_000),
      },
    };
  });
}

const trained = trainScore(leads(1_000, 1.8), 20_100, 1);

describe("whether a score is accepted", () => {
  test("a planted signal is found, and ranks what it has not seen", () => {
    expect(trained).toMatchObject({ accepted: true, why: null, closed: 1_000 });
    expect(trained.quality?.auc).toBeGreaterThan(0.8);
    expect(trained.quality?.skillBound).toBeGreaterThan(0);
    expect(trained.quality?.folds).toHaveLength(5);
    expect(trained.quality?.n).toBe(500);
    expect(verdictWords(trained)).toMatch(/^Accepted: on 500 leads/);
  });

  test("fields that say nothing are refused, in words, and there is no model", () => {
    const refused = trainScore(leads(1_000, 0), 20_100, 1);
    expect(refused).toMatchObject({ accepted: false, model: null });
    expect(["no-signal", "signal-not-certain"]).toContain(refused.why);
    expect(verdictWords(refused)).toMatch(/^Not enough evidence\./);
  });

  test("under 200 leads, or 30 of either end, nothing is tried", () => {
    expect(trainScore(leads(199, 2), 20_200, 1)).toMatchObject({
      why: "too-few-closed",
      quality: null,
    });
    const mostlyLost = leads(400, 0).map((lead, at) => ({ ...lead, won: at % 20 === 0 }));
    expect(trainScore(mostlyLost, 20_200, 1)).toMatchObject({ why: "too-few-of-one-kind" });
  });

  test("the same leads and seed give the same model; another seed moves only the bound", () => {
    const [one, same, other] = [1, 1, 2].map((seed) => trainScore(leads(300, 1.5), 20_100, seed));
    expect(one).toEqual(same);
    expect(other?.model).toEqual(one?.model);
    expect(other?.quality?.skill).toBe(one?.quality?.skill);
  });

  test("a strong signal in what ended long ago, and none since, is refused", () => {
    const before = leads(600, 2).map((lead) => ({ ...lead, closed: lead.closed - 1_000 }));
    const since = leads(600, 0, 12).map((lead) => ({ ...lead, won: Number(lead.id) % 2 === 0 }));
    expect(trainScore([...before, ...since], 20_200, 1).accepted).toBe(false);
  });
});

describe("a score and its reasons", () => {
  const score = (values: Partial<Record<ScoreField, string>>) => {
    if (trained.model === null) throw new Error("the planted signal was refused");
    return scorerOf(trained.model)({ id: "x", values: { ...UNKNOWN_ALL, ...values } });
  };

  test("what was planted is the first reason, with its sign", () => {
    expect(score({ source: "referral" }).reasons[0]).toMatchObject({
      feature: "source",
      value: "referral",
    });
    expect(score({ source: "referral" }).reasons[0]?.effect).toBeGreaterThan(0.5);
    expect(score({ source: "ads" }).reasons[0]?.effect).toBeLessThan(-0.5);
  });

  test("a value nobody has seen is one of the others, and still has a score", () => {
    const { score: share } = score({ source: "carrier pigeon" });
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
  });
});

test("rates of few are drawn towards the larger group, step by step", () => {
  const of = (team: string, source: string, won: number, n: number): EndedLead[] =>
    Array.from({ length: n }, (_, at) => ({
      id: `${team}${source}${at}`,
      won: at < won,
      closed: 20_000,
      values: { ...UNKNOWN_ALL, team, source },
    }));
  const base = baseRatesOf([...of("north", "web", 50, 100), ...of("south", "web", 3, 3)]);
  expect(base.all.rate).toBeCloseTo(54 / 105, 10);
  const north = base.teams.find(({ team }) => team === "north");
  expect(north?.rate).toBeCloseTo((50 + 30 * (54 / 105)) / 130, 10);
  const south = baseRateFor(base, { team: "south", source: "web" });
  // Three of three are not 100 %.
  expect(south.rate).toBeGreaterThan(0.5);
  expect(south.rate).toBeLessThan(0.65);
  expect(baseRateFor(base, { team: "south", source: "fair" }).n).toBe(3);
  expect(baseRateFor(base, { team: "west", source: null })).toEqual(base.all);
});

const predicted = (model: number, won: boolean): Prediction => ({ model, base: 0.5, won, fold: 0 });

describe("quality", () => {
  test("AUC counts pairs, ties by half", () => {
    expect(aucOf([predicted(0.9, true), predicted(0.1, false)])).toBe(1);
    expect(aucOf([predicted(0.1, true), predicted(0.9, false)])).toBe(0);
    expect(aucOf([predicted(0.5, true), predicted(0.5, false)])).toBe(0.5);
    expect(aucOf([predicted(0.5, true), predicted(0.2, false), predicted(0.7, false)])).toBe(0.5);
    expect(aucOf([predicted(0.5, true)])).toBeNull();
  });

  test("skill is the part of the base rate's error that is gone", () => {
    const list = Array.from({ length: 100 }, (_, at) =>
      predicted(at % 2 === 0 ? 0.8 : 0.2, at % 2 === 0),
    );
    const { skill, skillBound, lift, calibration } = qualityOf(list, 5);
    expect(skill).toBeCloseTo(1 - 0.04 / 0.25, 10);
    expect(skillBound).toBeCloseTo(skill, 10);
    expect(lift).toBe(2);
    expect(calibration).toHaveLength(10);
    expect(calibration.reduce((sum, { n }) => sum + n, 0)).toBe(100);
  });
});
