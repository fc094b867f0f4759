import type { CandidateName } from "./candidates";

const NAMES: Readonly<Record<CandidateName, string>> = {
  mean: "mean of all days",
  naive: "last days again",
  seasonal: "last season again",
  smoothing: "Holt-Winters",
  hazard: "deals by age",
};

/** What a forecast is mixed from, the largest part first. */
export const candidateWords = (
  weights: Partial<Record<CandidateName, number>>,
): { readonly method: string; readonly weight: number }[] =>
  Object.entries(weights)
    .filter(([, weight]) => weight >= 0.005)
    .sort(([, a], [, b]) => b - a)
    .map(([name, weight]) => ({ method: NAMES[name as CandidateName], weight }));

/** "last season again 62 %, deals by age 38 %". */
export function methodWords(weights: Partial<Record<CandidateName, number>>): string {
  const parts = candidateWords(weights);
  if (parts.length === 1) return parts[0]?.method ?? "";
  return parts.map(({ method, weight }) => `${method} ${Math.round(weight * 100)} %`).join(", ");
}
