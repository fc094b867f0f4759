import type { Metric } from "../metric";
import { figure, of, share } from "../metric";

const FIRST_OWNER = "Who it was given to first, and their team then";
const AT_OPPORTUNITY = "Who had it when it became an opportunity";

/** What came in. */
export const ARRIVALS = {
  leads_created: {
    name: "New leads",
    words: "Leads and opportunities that came in the period, whatever became of them since.",
    formula: "count(created in period)",
    kind: "period",
    unit: "count",
    better: "higher",
    nulls: "Nothing is left out. Merged and deleted ones are not there.",
    attribution: FIRST_OWNER,
    minN: 0,
    measures: ["created"],
    n: "created",
    figure: (m) => figure(of(m, "created")),
  },
  opportunities_created: {
    name: "Opportunities",
    words: "Deals that became an opportunity in the period: made as one, or converted from a lead.",
    formula: "count(opportunity since a moment in period)",
    kind: "period",
    unit: "count",
    better: "higher",
    nulls: "Nothing is left out.",
    attribution: AT_OPPORTUNITY,
    minN: 0,
    measures: ["opportunity"],
    n: "opportunity",
    figure: (m) => figure(of(m, "opportunity")),
  },
  lead_conversion_cohort: {
    name: "Conversion rate",
    words:
      "Of the leads that came in the period, the share that has been won since. Young periods rise as their deals close.",
    formula: "won / created, of those created in period, junk left out",
    kind: "cohort",
    unit: "ratio",
    better: "higher",
    nulls: "Junk is left out of both. Open and lost ones count below the line.",
    attribution: FIRST_OWNER,
    minN: 30,
    measures: ["created_won", "created_sound"],
    n: "created_sound",
    hits: "created_won",
    figure: (m) => share(of(m, "created_won"), of(m, "created_sound")),
  },
} as const satisfies Readonly<Record<string, Metric>>;
