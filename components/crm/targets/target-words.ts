import { formatMoney, formatMoneyShort } from "@/lib/crm/core/money";
import type { Measure } from "@/lib/crm/core/target";

export type Teller = {
  readonly measure: Measure;
  readonly currency: string;
  readonly locale: string;
};

/** "$67,600", "12", or a dash for what was not promised. */
export function told(value: number | null, { measure, currency, locale }: Teller): string {
  if (value === null) return "–";
  return measure === "amount"
    ? formatMoney({ minor: value, currency }, locale)
    : new Intl.NumberFormat(locale).format(value);
}

/** The same, short: "$67.6 k". */
export function toldShort(value: number, { measure, currency, locale }: Teller): string {
  return measure === "amount"
    ? formatMoneyShort({ minor: value, currency }, locale)
    : new Intl.NumberFormat(locale).format(value);
}

/** "82 %" */
export const shareTold = (share: number, locale: string): string =>
  `${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(share * 100)} %`;
