import type { MetricId } from "@/lib/metrics/core/registry";
import { METRIC_IDS, metricOf } from "@/lib/metrics/core/registry";
import { ANSWERING } from "@/lib/metrics/core/registry/answering";
import { ARRIVALS } from "@/lib/metrics/core/registry/arrivals";
import { CATEGORIES } from "@/lib/metrics/core/registry/categories";
import { CLOSING } from "@/lib/metrics/core/registry/closing";
import { FORESIGHT } from "@/lib/metrics/core/registry/foresight";
import { MOVEMENT } from "@/lib/metrics/core/registry/movement";
import { PIPELINE } from "@/lib/metrics/core/registry/pipeline";
import { TARGETS } from "@/lib/metrics/core/registry/targets";

/** The parts of the dictionary, in the order a deal lives: it comes, is answered, is worked on, closes. */
const PARTS = {
  arrivals: ARRIVALS,
  answering: ANSWERING,
  pipeline: PIPELINE,
  movement: MOVEMENT,
  categories: CATEGORIES,
  closing: CLOSING,
  targets: TARGETS,
  foresight: FORESIGHT,
} as const;

export type DictionaryPart = keyof typeof PARTS | "other";

export type DictionarySection = {
  readonly part: DictionaryPart;
  readonly ids: readonly MetricId[];
};

/** Every figure once. What belongs to none of the parts stands at the end, and is never left out. */
export function dictionarySections(): readonly DictionarySection[] {
  const sections = Object.entries(PARTS).map(([part, of]) => ({
    part: part as DictionaryPart,
    ids: Object.keys(of) as MetricId[],
  }));
  const placed = new Set(sections.flatMap(({ ids }) => ids));
  const other = METRIC_IDS.filter((id) => !placed.has(id));
  return other.length === 0 ? sections : [...sections, { part: "other", ids: other }];
}

/** What is found by words: all of them, in any order, in the name, the id, the definition or the formula. */
export function matchesWords(id: MetricId, asked: string): boolean {
  const { name, words, formula } = metricOf(id);
  const text = `${name} ${id} ${id.replaceAll("_", " ")} ${words} ${formula}`.toLowerCase();
  return asked
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
