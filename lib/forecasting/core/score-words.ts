import type { ScoreRefusal } from "./panel";
import { FEWEST_CLOSED, FEWEST_OF_EACH } from "./score-model";
import type { ScoreQuality } from "./score-quality";

type Trained = {
  readonly accepted: boolean;
  readonly why: ScoreRefusal | null;
  readonly closed: number;
  readonly won: number;
  readonly quality: ScoreQuality | null;
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const WHY: Readonly<Record<ScoreRefusal, (trained: Trained) => string>> = {
  "too-few-closed": ({ closed }) =>
    `${closed} leads have ended; ${FEWEST_CLOSED} are needed to learn anything from them.`,
  "too-few-of-one-kind": ({ won, closed }) =>
    `${won} were won and ${closed - won} lost; at least ${FEWEST_OF_EACH} of each are needed.`,
  "no-signal": ({ quality }) =>
    `What is known when a lead is made says nothing of its end: tried on ${quality?.n ?? 0} leads, a model was ${percent(Math.abs(quality?.skill ?? 0))} worse than the base rate.`,
  "signal-not-certain": ({ quality }) =>
    `A model was ${percent(quality?.skill ?? 0)} better than the base rate on ${quality?.n ?? 0} leads, which may be chance: in more than 5 of 100 samples it would not be.`,
};

/** The verdict in words: that scores are used, or not enough evidence and why. */
export function verdictWords(trained: Trained): string {
  const { accepted, why, quality } = trained;
  if (!accepted) return `Not enough evidence. ${why === null ? "" : WHY[why](trained)}`.trim();
  return `Accepted: on ${quality?.n ?? 0} leads it had not seen, it took away ${percent(quality?.skill ?? 0)} of the base rate's error.`;
}
