import type { Backtest, Forecast } from "./forecast";
import { forecastAt } from "./forecast";
import type { DayNumber, Deals } from "./life";
import type { EndedLead } from "./score-fields";
import type { TrainedScore } from "./score-model";
import { trainScore } from "./score-model";

/** What is computed in a thread. Everything in it can be handed to one as it is. */
export type Calculation =
  | {
      readonly kind: "forecast";
      readonly deals: Deals;
      readonly until: DayNumber;
      readonly seed: number;
    }
  | {
      readonly kind: "score";
      readonly leads: readonly EndedLead[];
      readonly now: DayNumber;
      readonly seed: number;
    };

export type CalculationResult =
  | {
      readonly kind: "forecast";
      readonly made:
        | {
            readonly forecast: Forecast;
            readonly backtest: Backtest;
            readonly lastClosed: DayNumber;
          }
        | undefined;
    }
  | { readonly kind: "score"; readonly made: TrainedScore };

export function calculate(calculation: Calculation): CalculationResult {
  if (calculation.kind === "score") {
    const { leads, now, seed } = calculation;
    return { kind: "score", made: trainScore(leads, now, seed) };
  }
  const { deals, until, seed } = calculation;
  return { kind: "forecast", made: forecastAt(deals, until, seed) };
}
