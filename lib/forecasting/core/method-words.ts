import type { CandidateName } from "./candidates";

const NAMES: Readonly<Record<CandidateName, string>> = {
  mean: "Mean of all days",
  naive: "Last days again",
  seasonal: "Last season again",
  smoothing: "Holt-Winters",
  hazard: "Deals by age",
};

/** What a forecast is mixed from, the largest part first. */
export const candidateWords = (
  weights: Partial<Record<CandidateName, number>>,
): { readonly method: string; readonly weight: number }[] =>
  Object.entries(weights)
    .filter(([, weight]) => weight >= 0.005)
    .sort(([, a], [, b]) => b - a)
    .map(([name, weight]) => ({ method: NAMES[name as CandidateName], weight }));

/** "Last season again 62 %, deals by age 38 %". */
export function methodWords(weights: Partial<Record<CandidateName, number>>): string {
  const parts = candidateWords(weights);
  if (parts.length === 1) return parts[0]?.method ?? "";
  const inside = (name: string) => (name.startsWith("Holt") ? name : name.toLowerCase());
  return parts
    .map(({ method, weight }, at) => {
      const name = at === 0 ? method : inside(method);
      return `${name} ${Math.round(weight * 100)}\u202f%`;
    })
    .join(", ");
}
