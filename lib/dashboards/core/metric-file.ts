import { minorDigits } from "@/lib/crm/core/money";
import type { Cell } from "@/lib/metrics/core/answer";
import type { Metric } from "@/lib/metrics/core/metric";
import type { MetricRecord } from "@/lib/metrics/core/record";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

export const METRIC_FILE_FORMATS = ["csv", "xlsx"] as const;
export type MetricFileFormat = (typeof METRIC_FILE_FORMATS)[number];

/** A date is one of the workspace's clocks: a day, or a day and a time. */
export type MetricFileCell = string | number | { readonly date: string } | null;

type Column = {
  readonly name: string;
  readonly of: (record: MetricRecord) => MetricFileCell;
};

const major = (minor: number | null, currency: string): number | null =>
  minor === null ? null : minor / 10 ** minorDigits(currency);

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** "2026-11-20T09:41" on the clock of a zone. */
function clockText(at: string, zone: TimeZone): string {
  const moment = instantOf(Date.parse(at));
  const minute = minuteOfDayAt(zone, moment);
  return `${calendarDateAt(zone, moment)}T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

/** The columns of a file of records. Of a share there is one more: whether a record is in it. */
export function metricFileColumns(
  metric: Metric,
  { zone, currency: base }: { readonly zone: TimeZone; readonly currency: string },
): readonly Column[] {
  return [
    { name: "Counted at", of: ({ at }) => (at === null ? null : { date: clockText(at, zone) }) },
    { name: "Number", of: ({ label }) => label },
    { name: "Name", of: ({ name }) => name },
    { name: "Company", of: ({ companyName }) => companyName },
    { name: "Contact", of: ({ contactName }) => contactName },
    { name: "Owner", of: ({ owner }) => owner },
    { name: "Team", of: ({ team }) => team },
    { name: "Source", of: ({ source }) => source },
    { name: "Product", of: ({ product }) => product },
    { name: "Stage", of: ({ stage }) => stage },
    { name: "State", of: ({ status }) => status },
    { name: "Amount", of: ({ amountMinor, currency }) => major(amountMinor, currency) },
    { name: "Currency", of: ({ currency }) => currency },
    { name: "Rate", of: ({ rate }) => rate },
    { name: `Amount in ${base}`, of: ({ baseMinor }) => major(baseMinor, base) },
    {
      name: "Expected close",
      of: ({ expectedClose }) => (expectedClose === null ? null : { date: expectedClose }),
    },
    ...(metric.hits === undefined
      ? []
      : [{ name: "In the share", of: ({ hit }: MetricRecord) => (hit === true ? "yes" : "no") }]),
    { name: "Id", of: ({ id }) => id },
  ];
}

/** A figure as a file holds it: money in major units, everything else as it is; null where there is none. */
export const fileValue = ({ value }: Cell, { unit }: Metric, currency: string): number | null =>
  unit === "money" || unit === "money_per_day" ? major(value, currency) : value;
