import { minorDigits } from "@/lib/crm/core/money";
import type { MetricUnit } from "@/lib/metrics/core/metric";
import { figureText } from "./figure-text";
import type { FileColumn, FileUnit, FileValue } from "./file-table";

const isMoney = (unit: FileUnit): boolean => unit === "money" || unit === "money_per_day";

/** In what a column's numbers are, beside its title: a file travels without its page. */
export function columnTitle({ title, unit }: FileColumn, currency: string): string {
  if (isMoney(unit)) return `${title} (${currency})`;
  if (unit === "days" || unit === "hours" || unit === "minutes") return `${title} (${unit})`;
  return unit === "ratio" ? `${title} (0 to 1)` : title;
}

type Plain = { readonly value: string | number | null; readonly unit: FileUnit };

const plainOf = (value: FileValue, { unit }: FileColumn): Plain =>
  typeof value === "object" && value !== null ? value : { value, unit };

/** As the interface says it: money in major units, everything else as it was counted. Unknown stays empty. */
export function numberOrText(
  value: FileValue,
  column: FileColumn,
  currency: string,
): string | number | null {
  const plain = plainOf(value, column);
  if (typeof plain.value !== "number") return plain.value;
  if (!isMoney(plain.unit)) return plain.value;
  const digits = minorDigits(currency);
  // To the minor unit, so that no file says 10.000000000000002.
  const major = plain.value / 10 ** digits;
  return plain.unit === "money" ? Number(major.toFixed(digits)) : major;
}

const isMetricUnit = (unit: FileUnit): unit is MetricUnit =>
  unit !== "text" && unit !== "day" && unit !== "as-said";

/** As people read it: "S$1.65 M", "12.9 %", "–". */
export function writtenValue(value: FileValue, column: FileColumn, currency: string): string {
  const plain = plainOf(value, column);
  if (typeof plain.value === "string") return plain.value;
  if (!isMetricUnit(plain.unit)) return plain.value === null ? "" : String(plain.value);
  return figureText(plain.value, plain.unit, { currency });
}
