import type { FilterField } from "@/lib/metrics/core/question";
import { FILTER_FIELDS } from "@/lib/metrics/core/question";
import type { Period } from "@/lib/metrics/core/range";
import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import type { Batch } from "./batch";
import type { FileSection } from "./file-table";
import type { FilterChoices } from "./page";
import { periodWords } from "./period-words";
import type { ViewState } from "./view-state";
import { rangeText } from "./view-state";

export const FILE_FORMATS = ["xlsx", "csv", "pdf"] as const;
export type DashboardFileFormat = (typeof FILE_FORMATS)[number];

const FIELD_WORDS: Readonly<Record<FilterField, string>> = {
  team: "Team",
  owner: "Owner",
  source: "Source",
  product: "Product",
};

type Told = {
  readonly title: string;
  readonly batch: Omit<Batch<Record<string, never>>, "blocks">;
  readonly state: ViewState;
  readonly choices: FilterChoices;
  readonly workspaceName: string;
  readonly readerName: string;
  readonly ownOnly: boolean;
};

/** "Team: Enterprise or Japan; Source: Website", or "none". */
export function filterWords({ filter }: ViewState, choices: FilterChoices): string {
  const parts = FILTER_FIELDS.flatMap((field) => {
    const chosen = filter[field];
    if (chosen.length === 0) return [];
    const nameOf = (id: string) =>
      id === "none" ? "none" : (choices[field].find((one) => one.id === id)?.name ?? "gone");
    return [`${FIELD_WORDS[field]}: ${chosen.map(nameOf).join(" or ")}`];
  });
  return parts.length === 0 ? "none" : parts.join("; ");
}

const dayOf = (text: string): CalendarDate => {
  const day = parseCalendarDate(text);
  if (day === undefined) throw new Error(`no day: ${text}`);
  return day;
};

const lastDay = ({ from, to }: Period): CalendarDate => (to > from ? addDays(to, -1) : from);

/** What a file says of itself, line by line. */
export function fileFacts(told: Told): readonly (readonly [string, string])[] {
  const { batch, state, choices } = told;
  const reader = { locale: "en", today: dayOf(batch.today) };
  const { comparedWith } = batch;
  return [
    ["Dashboard", told.title],
    ["Workspace", told.workspaceName],
    ["Range", `${periodWords(batch.period, reader)} (${rangeText(state.range)})`],
    ["From", batch.period.from],
    ["To, this day included", lastDay(batch.period)],
    ["Compared with", comparedWith === null ? "nothing" : periodWords(comparedWith, reader)],
    ["Filters", filterWords(state, choices)],
    [
      "Scope",
      told.ownOnly ? `${batch.scope}: this file holds the reader's own deals only` : batch.scope,
    ],
    ["Time zone", batch.zone],
    ["Base currency", batch.currency],
    ["As of", batch.asOf],
    ["Data version", batch.version],
    ["Made for", told.readerName],
  ];
}

/** What each metric of the cards means, in words and as a formula. */
export const definitionRows = (
  metrics: readonly MetricId[],
): readonly (readonly [string, string, string])[] =>
  [...new Set(metrics)].map((id) => {
    const { name, words, formula } = metricOf(id);
    return [name, words, formula] as const;
  });

/** What could not be computed: said in the file, not left out of it. */
export const failureRows = (
  sections: readonly FileSection[],
): readonly (readonly [string, string])[] =>
  sections.flatMap(({ title, failed }) =>
    failed === null
      ? []
      : [
          [
            title,
            `did not load (${failed.cause === "slow" ? "took longer than 2 s" : "failed"}), reference ${failed.reference}`,
          ] as const,
        ],
  );

/** "meridian-executive-2026-11-01-2026-11-20.xlsx": both days inside. */
export const fileName = (
  dashboard: string,
  { period }: Pick<Batch<Record<string, never>>, "period">,
  format: DashboardFileFormat,
): string => `meridian-${dashboard}-${period.from}-${lastDay(period)}.${format}`;
