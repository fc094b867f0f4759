import type { Metric } from "../metric";
import { known, of, share } from "../metric";

const FIRST_OWNER = "Who it was given to first, and their team then";
const UNANSWERED =
  "Junk is left out, and what nobody answered yet: read it beside the share answered within an hour.";

/** How soon people answered. */
export const ANSWERING = {
  response_minutes_median: {
    name: "Response time, median",
    words:
      "Working minutes of the team from the moment a lead was given to somebody to the first human answer: half of the answered leads of the period took fewer.",
    formula: "median(response minutes), created in period",
    kind: "cohort",
    unit: "minutes",
    better: "lower",
    nulls: UNANSWERED,
    attribution: FIRST_OWNER,
    minN: 0,
    measures: ["response_minutes_p50", "response_minutes_n"],
    n: "response_minutes_n",
    figure: (m) => known(m.response_minutes_p50, "nothing-counted"),
  },
  response_minutes_p90: {
    name: "Response time, 90th percentile",
    words: "Nine of ten answered leads of the period were answered within so many working minutes.",
    formula: "P90(response minutes), created in period",
    kind: "cohort",
    unit: "minutes",
    better: "lower",
    nulls: UNANSWERED,
    attribution: FIRST_OWNER,
    minN: 0,
    measures: ["response_minutes_p90", "response_minutes_n"],
    n: "response_minutes_n",
    figure: (m) => known(m.response_minutes_p90, "nothing-counted"),
  },
  response_within_hour: {
    name: "Answered within an hour",
    words:
      "Of all leads that came in the period, the share that was answered within 60 working minutes. Who answers nobody does not do well here.",
    formula: "answered within 60 working minutes / created in period, junk left out",
    kind: "cohort",
    unit: "ratio",
    better: "higher",
    nulls: "Junk is left out of both. What is not answered counts below the line.",
    attribution: FIRST_OWNER,
    minN: 30,
    measures: ["answered_within_60", "created_sound"],
    n: "created_sound",
    hits: "answered_within_60",
    figure: (m) => share(of(m, "answered_within_60"), of(m, "created_sound")),
  },
  assignment_lag_minutes_median: {
    name: "Time until assigned, median",
    words:
      "Minutes on the clock until somebody had the lead: half of those of the period took fewer.",
    formula: "median(assigned − created), created in period",
    kind: "cohort",
    unit: "minutes",
    better: "lower",
    nulls: "Leads that are nobody’s yet are left out.",
    attribution: FIRST_OWNER,
    minN: 0,
    measures: ["assignment_minutes_p50", "assigned"],
    n: "assigned",
    figure: (m) => known(m.assignment_minutes_p50, "nothing-counted"),
  },
  sla_compliance: {
    name: "Promises kept",
    words:
      "Of the leads of the period that an answer was promised for, the share that was answered in time.",
    formula: "answered until due / answered or due by now, created in period",
    kind: "cohort",
    unit: "ratio",
    better: "higher",
    nulls: "Leads without a promise, and those still within their time, are in neither part.",
    attribution: FIRST_OWNER,
    minN: 30,
    measures: ["promised_kept", "promised"],
    n: "promised",
    hits: "promised_kept",
    figure: (m) => share(of(m, "promised_kept"), of(m, "promised")),
  },
} as const satisfies Readonly<Record<string, Metric>>;
