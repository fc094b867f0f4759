import type { MetricReader } from "@/lib/metrics/core/answer";
import type { MetricId } from "@/lib/metrics/core/registry";
import { MINUTE_MS } from "@/lib/time/instant";
import { addDays, calendarDateAt, daysBetween } from "@/lib/time/offset";
import type { Counted, RawLead, RawRows, Sets } from "./metric-oracle";
import { percentOf, rots } from "./metric-oracle";

/** What a figure should be, and how many rows should stand behind it. */
export type Expected = { readonly value: number | null; readonly n: number };

export type Ground = { readonly reader: MetricReader; readonly rows: RawRows };
type Formula = (sets: Sets, ground: Ground) => Expected;

const leadsOf = (rows: readonly Counted[]): RawLead[] => rows.map(({ lead }) => lead);
const is = (status: RawLead["status"]) => (row: Counted) => row.lead.status === status;

function quantile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? 0;
  return low + (high - low) * (at - Math.floor(at));
}

const bases = (rows: readonly Counted[]): number[] => rows.flatMap(({ lead }) => lead.base ?? []);
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const count = (rows: readonly Counted[]): Expected => ({ value: rows.length, n: rows.length });
const worth = (rows: readonly Counted[]): Expected => ({ value: sum(bases(rows)), n: rows.length });
const share = (part: readonly Counted[], whole: readonly Counted[]): Expected => ({
  value: ratio(part.length, whole.length),
  n: whole.length,
});

const won = (rows: readonly Counted[]): Counted[] => rows.filter(is("won"));
const sound = (rows: readonly Counted[]): Counted[] => rows.filter((row) => !is("junked")(row));

const localDays = (
  from: RawLead["createdAt"] | null,
  to: RawLead["closedAt"],
  { reader }: Ground,
): number =>
  from === null || to === null
    ? Number.NaN
    : daysBetween(calendarDateAt(reader.place.zone, from), calendarDateAt(reader.place.zone, to));

const spread = (values: readonly number[], p: number): Expected => ({
  value: quantile(values, p),
  n: values.length,
});

const cycles = ({ closed }: Sets, ground: Ground): number[] =>
  leadsOf(won(closed)).map((lead) => localDays(lead.opportunityAt, lead.closedAt, ground));

/** Of a cohort only those that have had `days` whole days. */
function ripe(rows: readonly Counted[], days: number, { reader }: Ground): Counted[] {
  const limit = addDays(reader.place.today, -days);
  return sound(rows).filter(({ day }) => day !== null && day < limit);
}

const within = (
  rows: readonly Counted[],
  days: number,
  at: (lead: RawLead) => RawLead["closedAt"],
  { reader }: Ground,
): Counted[] =>
  rows.filter(({ lead, day }) => {
    const moment = at(lead);
    if (moment === null || day === null) return false;
    return daysBetween(day, calendarDateAt(reader.place.zone, moment)) <= days;
  });

/** Whether its customer had bought before: among all rows of the workspace, whoever may see them. */
function boughtBefore(lead: RawLead, { rows }: Ground): boolean {
  return rows.leads.some((other) => {
    if (other.deleted || other.status !== "won" || other.closedAt === null) return false;
    const same =
      lead.company !== null
        ? other.company === lead.company
        : lead.contact !== null && other.company === null && other.contact === lead.contact;
    const [mine, theirs] = [lead.closedAt ?? 0, other.closedAt];
    return same && (theirs < mine || (theirs === mine && other.id < lead.id));
  });
}

const first = (rows: readonly Counted[], ground: Ground): Counted[] =>
  won(rows).filter(({ lead }) => !boughtBefore(lead, ground));

const overdue = ({ open }: Sets, { reader }: Ground): Counted[] =>
  open.filter(({ lead }) => lead.expected !== null && lead.expected < reader.place.today);

const planned = (lead: RawLead, { reader }: Ground): boolean =>
  lead.nextActivityAt !== null && lead.nextActivityAt >= reader.place.now;

const categorised = ({ expected }: Sets, ...categories: readonly string[]): Counted[] =>
  expected.filter(
    ({ lead }) =>
      lead.status === "open" &&
      categories.includes(lead.category ?? lead.stageCategory ?? "omitted"),
  );

const promised = ({ created }: Sets, { reader }: Ground): Counted[] =>
  created.filter(
    ({ lead }) =>
      lead.dueAt !== null && (lead.firstResponseAt !== null || lead.dueAt <= reader.place.now),
  );

function accounts({ open }: Sets): { readonly shares: readonly number[]; readonly n: number } {
  const by = new Map<string, number>();
  const priced = open.filter(({ lead }) => lead.base !== null);
  for (const { lead } of priced) {
    const key = lead.company ?? lead.id;
    by.set(key, (by.get(key) ?? 0) + ((lead.base ?? 0) * percentOf(lead)) / 100);
  }
  const all = sum([...by.values()]);
  return { shares: all === 0 ? [] : [...by.values()].map((one) => one / all), n: priced.length };
}

const responses = ({ created }: Sets): number[] =>
  leadsOf(sound(created)).flatMap((lead) => lead.responseMinutes ?? []);

function valueRate({ closed }: Sets): Expected {
  const lost = closed.filter(is("lost"));
  const n = closed.length;
  const worthless = lost.filter(({ lead }) => (lead.base ?? 0) <= 0).length;
  const unknown = worthless + won(closed).filter(({ lead }) => lead.base === null).length;
  const all = sum(bases(closed));
  if (n === 0 || unknown / n > 0.2 || worthless / Math.max(lost.length, 1) > 0.2)
    return { value: null, n };
  return { value: ratio(sum(bases(won(closed))), all), n };
}

const touches = ({ closed }: Sets, { rows }: Ground): Expected => {
  const deals = leadsOf(won(closed));
  const done = deals.map(
    ({ id, closedAt }) =>
      rows.activities.filter(({ leadId, doneAt }) => leadId === id && doneAt <= (closedAt ?? 0))
        .length,
  );
  return { value: ratio(sum(done), deals.length), n: deals.length };
};

/** Figures that are computed once more. Those of recorded evenings, of stages and of targets have tests of their own. */
export const FORMULAS = {
  leads_created: ({ created }) => count(created),
  leads_total: ({ stock }) => count(stock),
  open_leads: ({ stock }) =>
    count(stock.filter((row) => row.lead.kind === "lead" && is("open")(row))),
  unworked_leads: ({ stock }) =>
    count(
      stock.filter(
        (row) =>
          row.lead.kind === "lead" &&
          is("open")(row) &&
          row.lead.lastTouchAt === null &&
          row.lead.firstResponseAt === null,
      ),
    ),
  opportunities_created: ({ opportunity }) => count(opportunity),
  lead_opportunity_cohort: ({ created }, ground) => {
    const cohort = ripe(created, 30, ground);
    return share(
      within(cohort, 30, (lead) => lead.opportunityAt, ground),
      cohort,
    );
  },
  lead_opportunity_ratio: ({ created, opportunity }) => ({
    value: ratio(opportunity.length, created.length),
    n: created.length,
  }),
  lead_conversion_cohort: ({ created }) => share(won(created), sound(created)),
  lead_conversion_cohort_90: ({ created }, ground) => {
    const cohort = ripe(created, 90, ground);
    return share(
      within(won(cohort), 90, (lead) => lead.closedAt, ground),
      cohort,
    );
  },
  created_win_rate: ({ opportunity }) => share(won(opportunity), opportunity),
  junk_rate: ({ created }) => share(created.filter(is("junked")), created),
  response_minutes_median: (sets) => spread(responses(sets), 0.5),
  response_minutes_p90: (sets) => spread(responses(sets), 0.9),
  response_within_hour: ({ created }) =>
    share(
      sound(created).filter(({ lead }) => (lead.responseMinutes ?? 61) <= 60),
      sound(created),
    ),
  assignment_lag_minutes_median: ({ created }) =>
    spread(
      leadsOf(created).flatMap((lead) =>
        lead.assignedAt === null ? [] : Math.floor((lead.assignedAt - lead.createdAt) / MINUTE_MS),
      ),
      0.5,
    ),
  sla_compliance: (sets, ground) => {
    const due = promised(sets, ground);
    const kept = due.filter(
      ({ lead }) => lead.firstResponseAt !== null && lead.firstResponseAt <= (lead.dueAt ?? 0),
    );
    return share(kept, due);
  },
  won_revenue: ({ closed }) => worth(won(closed)),
  won_count: ({ closed }) => count(won(closed)),
  lost_count: ({ closed }) => count(closed.filter(is("lost"))),
  lost_value: ({ closed }) => worth(closed.filter(is("lost"))),
  closed_win_rate: ({ closed }) => share(won(closed), closed),
  win_rate_value: valueRate,
  average_won_value: ({ closed }) => {
    const priced = bases(won(closed));
    return { value: ratio(sum(priced), priced.length), n: priced.length };
  },
  median_won_value: ({ closed }) => spread(bases(won(closed)), 0.5),
  sales_cycle_days_mean: (sets, ground) => {
    const days = cycles(sets, ground);
    return { value: ratio(sum(days), days.length), n: days.length };
  },
  sales_cycle_days_median: (sets, ground) => spread(cycles(sets, ground), 0.5),
  sales_cycle_days_p90: (sets, ground) => spread(cycles(sets, ground), 0.9),
  lead_to_close_days_median: ({ closed }, ground) =>
    spread(
      leadsOf(won(closed)).map((lead) => localDays(lead.createdAt, lead.closedAt, ground)),
      0.5,
    ),
  touches_per_win: touches,
  new_customers: ({ closed }, ground) => count(first(closed, ground)),
  repeat_rate: ({ closed }, ground) => {
    const deals = won(closed);
    return {
      value: ratio(deals.length - first(closed, ground).length, deals.length),
      n: deals.length,
    };
  },
  open_opportunities: ({ open }) => count(open),
  open_pipeline_value: ({ open }) => worth(open),
  weighted_pipeline_value: ({ open }) => ({
    // Whole ten-thousandths of minor units, rounded once: halves are not left to floating point.
    value: Math.round(
      sum(leadsOf(open).map((lead) => (lead.base ?? 0) * Math.round(percentOf(lead) * 100))) / 1e4,
    ),
    n: open.length,
  }),
  open_age_days_median: ({ open }, ground) =>
    spread(
      leadsOf(open).map((lead) => localDays(lead.opportunityAt, ground.reader.place.now, ground)),
      0.5,
    ),
  rotting_count: ({ open }, { reader }) => count(open.filter(({ lead }) => rots(lead, reader))),
  rotting_value: ({ open }, { reader }) => worth(open.filter(({ lead }) => rots(lead, reader))),
  overdue_count: (sets, ground) => count(overdue(sets, ground)),
  overdue_value: (sets, ground) => worth(overdue(sets, ground)),
  next_step_coverage: ({ open }, ground) =>
    share(
      open.filter(({ lead }) => planned(lead, ground)),
      open,
    ),
  data_quality: ({ open }, ground) =>
    share(
      open.filter(
        ({ lead }) =>
          lead.amount !== null &&
          lead.expected !== null &&
          lead.expected >= ground.reader.place.today &&
          lead.owner !== null &&
          lead.source !== null &&
          planned(lead, ground),
      ),
      open,
    ),
  concentration_top: (sets) => {
    const { shares, n } = accounts(sets);
    return { value: shares.length === 0 ? null : Math.max(...shares), n };
  },
  concentration_hhi: (sets) => {
    const { shares, n } = accounts(sets);
    return { value: shares.length === 0 ? null : sum(shares.map((one) => one * one)), n };
  },
  forecast_closed: ({ expected }) => worth(won(expected)),
  forecast_commit: (sets) => worth([...won(sets.expected), ...categorised(sets, "commit")]),
  forecast_best_case: (sets) =>
    worth([...won(sets.expected), ...categorised(sets, "commit", "best_case")]),
  forecast_pipeline: (sets) => worth(categorised(sets, "commit", "best_case", "pipeline")),
  pipeline_created_value: ({ opportunity }) => worth(opportunity),
  activities_done: ({ activity }) => count(activity),
} as const satisfies Readonly<Partial<Record<MetricId, Formula>>>;

export type FormulaId = keyof typeof FORMULAS;
export const FORMULA_IDS = Object.keys(FORMULAS) as readonly FormulaId[];
export const formulaOf = (id: FormulaId): Formula => FORMULAS[id];
