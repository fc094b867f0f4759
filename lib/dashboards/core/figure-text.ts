import { createTranslator } from "next-intl";
import { formatMoney, formatMoneyShort } from "@/lib/crm/core/money";
import type { Cell } from "@/lib/metrics/core/answer";
import type { Metric, MetricUnit, NoFigure } from "@/lib/metrics/core/metric";
import { wilson } from "@/lib/metrics/core/wilson";
import { formatTag } from "@/lib/time/format";
import messages from "@/messages/en/office-charts.json";

const t = createTranslator({ locale: "en", messages });

/** How figures are written. `currency` is the one money is in (its minor units). */
export type FigureLook = {
  readonly currency: string;
  readonly locale?: string;
  /** For cells of tables: "S$1.65 M", "13 %". Otherwise "S$1,651,663", "12.9 %". */
  readonly short?: boolean;
  /** A plus before what is above zero. */
  readonly signed?: boolean;
  /** Digits behind the point of ratios and plain numbers, instead of the usual. */
  readonly digits?: number;
  /** Behind a plain number: "×". */
  readonly suffix?: string;
};

/** A figure in its three sizes: "S$" "1.65" " M". */
export type FigureParts = {
  readonly before: string;
  readonly number: string;
  readonly after: string;
};

// Narrow and unbreakable, as in amounts: "12.9 %" stays on one line.
const THIN = "\u202f";
const MINUS = "−";
const formats = new Map<string, Intl.NumberFormat>();

function numberText(value: number, digits: number, locale: string, fixed: boolean): string {
  const key = `${locale} ${digits} ${fixed}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(formatTag(locale), {
      maximumFractionDigits: digits,
      minimumFractionDigits: fixed ? digits : 0,
    });
  formats.set(key, format);
  // A rounded nothing has no sign.
  const written = format.format(value);
  return (/[1-9]/.test(written) ? written : format.format(0)).replace("-", MINUS);
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Whole percents in tables, yet never "0 %" of something or "100 %" of less than all. */
function percentDigits(ratio: number, { digits, short }: FigureLook): number {
  if (digits !== undefined) return digits;
  if (short !== true) return 1;
  const size = Math.abs(ratio);
  return size > 0 && size < 1 && (size < 0.01 || size > 0.99) ? 1 : 0;
}

const moneyText = (minor: number, look: FigureLook, isShort: boolean): string => {
  const money = { minor: Math.round(minor), currency: look.currency };
  const write = isShort ? formatMoneyShort : formatMoney;
  return write(money, look.locale ?? "en").replace("-", MINUS);
};

/** Minutes as people say them: "26 min", "2.2 h", "41 h". */
function minutesText(minutes: number, locale: string): string {
  const hours = minutes / 60;
  const size = Math.abs(rounded(minutes, 0));
  return size < 60
    ? `${numberText(minutes, 0, locale, false)}${THIN}${t("unit.minute")}`
    : `${numberText(hours, Math.abs(hours) < 9.95 ? 1 : 0, locale, true)}${THIN}${t("unit.hour")}`;
}

function writtenOf(value: number, unit: MetricUnit, look: FigureLook): string {
  const locale = look.locale ?? "en";
  switch (unit) {
    case "count":
      return numberText(value, 0, locale, false);
    case "money":
      return moneyText(value, look, look.short === true);
    case "money_per_day":
      return `${moneyText(value, look, true)}${t("unit.perDay")}`;
    case "ratio":
      return `${numberText(value * 100, percentDigits(value, look), locale, true)}${THIN}${t("unit.percent")}`;
    case "days":
      return `${numberText(value, Math.abs(value) < 9.95 ? 1 : 0, locale, false)}${THIN}${t("unit.day")}`;
    case "hours":
      return minutesText(value * 60, locale);
    case "minutes":
      return minutesText(value, locale);
    case "number":
      return `${numberText(value, look.digits ?? 2, locale, true)}${look.suffix ?? ""}`;
  }
}

type Figure = Pick<Cell, "value"> | number | null;

const plainOf = (figure: Figure): number | null =>
  typeof figure === "object" && figure !== null ? figure.value : figure;

/** A figure in its unit: "365", "S$1.65 M", "12.9 %", "42 d", "26 min". Without one "–", whose reason is `reasonText`. */
export function figureText(figure: Figure, unit: MetricUnit, look: FigureLook): string {
  const value = plainOf(figure);
  if (value === null) return t("none");
  const written = writtenOf(value, unit, look);
  return look.signed === true && value > 0 && /[1-9]/.test(written) ? `+${written}` : written;
}

/** The same cut into what is written large and what small: sign of the currency, number, unit. */
export function figureParts(figure: Figure, unit: MetricUnit, look: FigureLook): FigureParts {
  const whole = figureText(figure, unit, look);
  const match = /^([^\d]*)([\d.,'’\u00a0\u202f ]*\d)(.*)$/u.exec(whole);
  if (match === null) return { before: "", number: whole, after: "" };
  const [, before = "", number = "", after = ""] = match;
  // A sign belongs to the number it changes, unless the currency stands between.
  const sign = /^[+−]$/.test(before) ? before : "";
  const words =
    unit === "days" ? after.replace(new RegExp(`${t("unit.day")}$`), t("unit.days")) : after;
  return { before: sign === "" ? before : "", number: `${sign}${number}`, after: words };
}

/** In words why there is no figure; undefined where there is one. */
export const reasonText = (reason: NoFigure | undefined): string | undefined =>
  reason === undefined ? undefined : t(`reason.${reason}`);

/** How a figure moved. `text` is the size of the step, `words` the whole for those who do not see arrow and colour. */
export type Change = {
  readonly way: "up" | "down" | "same" | "new";
  readonly tone: "good" | "bad" | "plain";
  readonly text: string;
  readonly words: string;
};

type Better = Metric["better"];

function stepText(now: number, before: number, unit: MetricUnit, look: FigureLook): string {
  const locale = look.locale ?? "en";
  const step = Math.abs(now - before);
  switch (unit) {
    case "ratio":
      return `${numberText(step * 100, 1, locale, true)}${THIN}${t("unit.points")}`;
    case "days":
      return `${numberText(step, 1, locale, true)}${THIN}${t("unit.day")}`;
    case "hours":
      return minutesText(step * 60, locale);
    case "minutes":
      return minutesText(step, locale);
    default:
      // A share of something below zero says nothing: the step itself.
      return before > 0
        ? `${numberText((step / before) * 100, 1, locale, true)}${THIN}${t("unit.percent")}`
        : writtenOf(step, unit, { ...look, short: true, signed: false });
  }
}

const toneOf = (way: "up" | "down", better: Better): Change["tone"] => {
  if (better === "neither") return "plain";
  return (way === "up") === (better === "higher") ? "good" : "bad";
};

/**
 * The step from one figure to the other: percent of the former one, points for ratios, the time itself for durations.
 * Null where either is missing: nothing to say. From nothing to something is "new", never a percentage.
 */
export function changeOf(
  now: Figure,
  before: Figure,
  of: { readonly unit: MetricUnit; readonly better: Better } & FigureLook,
): Change | null {
  const [to, from] = [plainOf(now), plainOf(before)];
  if (to === null || from === null) return null;
  const isShare = of.unit === "ratio" || ["days", "hours", "minutes"].includes(of.unit);
  if (from === 0 && to > 0 && !isShare)
    return { way: "new", tone: "plain", text: t("change.new"), words: t("change.newWords") };
  const text = stepText(to, from, of.unit, of);
  if (to === from || !/[1-9]/.test(text))
    return { way: "same", tone: "plain", text: t("change.same"), words: t("change.sameWords") };
  const way = to > from ? "up" : "down";
  const tone = toneOf(way, of.better);
  const key = tone === "plain" ? way : (`${way}${tone === "good" ? "Good" : "Bad"}` as const);
  return { way, tone, text, words: t(`change.${key}`, { by: text }) };
}

/** Below so many a rate is shown with its interval, where its metric says nothing else. */
export const SMALL_N = 30;

/** "18 %" and "57 %" around a share of few; null where it is no share, or of enough. */
export function intervalOf(
  { n, hits, value }: Cell,
  look: FigureLook,
  below: number = Number.POSITIVE_INFINITY,
): { readonly low: string; readonly high: string } | null {
  if (hits === undefined || value === null || n >= below) return null;
  const range = wilson(hits, n);
  if (range === null) return null;
  const write = (ratio: number) => figureText(ratio, "ratio", { ...look, digits: 0 });
  return { low: write(range.low), high: write(range.high) };
}
