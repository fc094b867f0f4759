import type { CandidateName } from "./candidates";

const NAMES: Readonly<Record<CandidateName, string>> = {
  mean: "mean of all days",
  naive: "last days again",
  seasonal: "last season again",
  smoothing: "Holt-Winters",
  hazard: "deals by age",
};

/** "last season again 62 %, deals by age 38 %": what a forecast is mixed from, the largest part first. */
export function methodWords(weights: Partial<Record<CandidateName, number>>): string {
  const parts = Object.entries(weights)
    .filter(([, weight]) => weight >= 0.005)
    .sort(([, a], [, b]) => b - a)
    .map(([name, weight]) => ({ name: NAMES[name as CandidateName], weight }));
  if (parts.length === 1) return parts[0]?.name ?? "";
  return parts.map(({ name, weight }) => `${name} ${Math.round(weight * 100)} %`).join(", ");
}
