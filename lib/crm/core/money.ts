import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { formatTag } from "@/lib/time/format";

/**
 * An amount: whole minor units (cents, fils, yen) of one currency, never a fraction. Arithmetic on amounts is done with
 * integers; a decimal point exists only in what people read and type.
 */
export type Money = { readonly minor: number; readonly currency: string };

/** The currencies in use (ISO 4217), sorted. */
export const CURRENCIES: readonly string[] = (
  "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP " +
  "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR " +
  "ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT " +
  "MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD " +
  "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS " +
  "VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
).split(" ");

const KNOWN: ReadonlySet<string> = new Set(CURRENCIES);

export const isCurrency = (code: string): boolean => KNOWN.has(code);

const DIGITS: Readonly<Record<number, readonly string[]>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "),
  3: "BHD IQD JOD KWD LYD OMR TND".split(" "),
  4: ["CLF", "UYW"],
};
const DIGITS_OF = new Map(
  Object.entries(DIGITS).flatMap(([digits, codes]) =>
    codes.map((code) => [code, Number(digits)] as const),
  ),
);

/** Digits behind the point (ISO 4217, not what locale data likes to show): the same table as `minor_digits` in SQL. */
export const minorDigits = (currency: string): number => DIGITS_OF.get(currency) ?? 2;

/** "67600.50" of 6760050 cents: exact, with the currency's own digits. For fields, files and the interface of machines. */
export function decimalOf({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  return digits === 0
    ? `${sign}${text}`
    : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export type MoneyRefusal = "not-an-amount" | "negative" | "too-precise" | "too-large";

/** Minor units of a plain decimal, "67600.5". Refuses more digits than the currency has, unless they are zeros. */
export function minorOfDecimal(text: string, currency: string): Result<number, MoneyRefusal> {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return refuse("not-an-amount");
  const [, sign, whole = "", fraction = ""] = match;
  const digits = minorDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) return refuse("too-precise");
  const minor = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, "0")}`);
  if (!Number.isSafeInteger(minor)) return refuse("too-large");
  return sign === "-" && minor > 0 ? refuse("negative") : ok(minor);
}

const STEPS: Readonly<Record<string, number>> = { k: 3, m: 6, b: 9 };

type Marks = { readonly group: string; readonly decimal: string };

function marksOf(locale: string): Marks {
  const parts = new Intl.NumberFormat(formatTag(locale)).formatToParts(1_234_567.5);
  const markOf = (type: string, otherwise: string): string =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { group: markOf("group", ","), decimal: markOf("decimal", ".") };
}

/** Grouped by threes (or by the two of lakhs) before the last three, or not grouped at all. */
const GROUPED = /^(?:\d+|\d{1,3}(?:g\d{2,3})*g\d{3})(?:d\d*)?$|^d\d+$/;

/**
 * Minor units of what somebody typed, as their locale writes numbers: "67,600.50", "S$ 67 600", "67.6k", "1.2 M". The
 * currency's code or sign may stand before or after and says nothing: which currency it is has a field of its own.
 */
export function parseMoney(
  text: string,
  currency: string,
  locale: string,
): Result<number, MoneyRefusal> {
  const { group, decimal } = marksOf(locale);
  const bare = text
    .trim()
    .replace(/^(?:[A-Z]{3}|[A-Z]{0,3}\p{Sc}|Rp)\s*/iu, "")
    .replace(/\s*(?:[A-Z]{3}|\p{Sc})$/iu, "");
  const [, negative = "", number = "", step = ""] =
    /^([-−]?)\s*([\d.,'’\s]+?)\s*([kmb]?)$/i.exec(bare) ?? [];
  const spaced = /\s/.test(group) ? /[\s'’]/g : new RegExp(`[\\s'’${group}]`, "g");
  const marked = number.replace(spaced, "g").replaceAll(decimal, "d");
  if (!GROUPED.test(marked)) return refuse("not-an-amount");
  const [whole = "", fraction = ""] = marked.replaceAll("g", "").split("d");
  const shift = STEPS[step.toLowerCase()] ?? 0;
  const shifted = fraction.padEnd(shift, "0");
  const plain = `${whole}${shifted.slice(0, shift)}`.replace(/^$/, "0");
  return minorOfDecimal(`${negative === "" ? "" : "-"}${plain}.${shifted.slice(shift)}`, currency);
}

// What locale data leaves to guess ("$" of which country?) or does not abbreviate; everything else is its code.
const SIGNS: Readonly<Record<string, string>> = {
  USD: "$",
  EUR: "€",
  GBP: "£",
  JPY: "¥",
  SGD: "S$",
  AUD: "A$",
  CAD: "C$",
  NZD: "NZ$",
  HKD: "HK$",
  TWD: "NT$",
  MXN: "MX$",
  BRL: "R$",
  CNY: "CN¥",
  INR: "₹",
  KRW: "₩",
  PHP: "₱",
  ILS: "₪",
  TRY: "₺",
  UAH: "₴",
  VND: "₫",
  NGN: "₦",
};

/** How the currency is named: its sign (of the workspace's own), or its code (of every other). */
export type CurrencyStyle = "sign" | "code";

/** The sign people know a currency by, or its code. */
export const signOf = (currency: string): string => SIGNS[currency] ?? currency;

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, currency: string, options: Intl.NumberFormatOptions) {
  const key = `${locale} ${currency} ${Object.values(options).join()}`;
  const existing = formats.get(key);
  if (existing) return existing;
  const made = new Intl.NumberFormat(formatTag(locale), {
    style: "currency",
    currency,
    currencyDisplay: "code",
    ...options,
  });
  if (formats.size >= 500) formats.clear();
  formats.set(key, made);
  return made;
}

// Narrow and unbreakable: "S$67.6 k" stays on one line.
const THIN = "\u202f";
// The British "m" and "bn" are the American "M" and "B": one spelling, that of the product's pictures.
const STEP_WORDS: Readonly<Record<string, string>> = { K: "k", m: "M", bn: "B", tn: "T" };

function write(format: Intl.NumberFormat, money: Money, style: CurrencyStyle): string {
  const sign = style === "sign" ? signOf(money.currency) : money.currency;
  const parts = format.formatToParts(decimalOf(money) as `${number}`);
  const isSign = sign !== money.currency;
  return parts
    .map(({ type, value }, at) => {
      if (type === "currency") return sign;
      // "S$67,600", yet "CHF 67,600".
      if (type === "literal" && isSign && parts[at - 1]?.type === "currency") return "";
      if (type === "literal") return value.replace(/[\u00a0\u202f]/g, " ");
      return type === "compact" ? `${THIN}${STEP_WORDS[value] ?? value}` : value;
    })
    .join("");
}

/** "S$67,600", "USD 2,600.50": whole amounts without their zeros. */
export function formatMoney(money: Money, locale: string, style: CurrencyStyle = "sign"): string {
  const digits = minorDigits(money.currency);
  const format = formatOf(locale, money.currency, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: "stripIfInteger",
  });
  return write(format, money, style);
}

/** Digits behind the point of a short amount: three figures in all from a million on, one below a hundred thousand. */
function shortDigits(units: number): number {
  if (units < 1_000) return 0;
  if (units < 99_950) return 1;
  if (units < 999_500) return 0;
  const size = units / 10 ** (3 * Math.floor(Math.log10(units * 1.0005) / 3));
  if (size < 9.995) return 2;
  return size < 99.95 ? 1 : 0;
}

/** "S$67.6 k", "IDR 364 M", "S$1.11 M"; below a thousand whole units. For cards and heads of columns, never for files. */
export function formatMoneyShort(
  money: Money,
  locale: string,
  style: CurrencyStyle = "sign",
): string {
  const digits = shortDigits(Math.abs(money.minor) / 10 ** minorDigits(money.currency));
  const format = formatOf(locale, money.currency, {
    notation: "compact",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return write(format, money, style);
}

/** Integer division, half away from zero: what PostgreSQL's round(numeric) does. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const positive = dividend < 0n ? -dividend : dividend;
  const rounded = (positive * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -rounded : rounded;
}

function safe(amount: bigint): number {
  const number = Number(amount);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`an amount too large to be exact: ${amount}`);
  return number;
}

/** A rate as stored: a positive decimal of at most 12 digits behind the point, as text. */
const RATE = /^(\d{1,12})(?:\.(\d{1,12}))?$/;

export const isRate = (text: string): boolean => RATE.test(text) && /[1-9]/.test(text);

/**
 * Minor units of `to`, at `rate` units of `to` for one of the money's own; the same answer as `to_base_minor` in SQL.
 * Throws RangeError on what is no rate.
 */
export function convertMinor({ minor, currency }: Money, rate: string, to: string): number {
  const match = RATE.exec(rate);
  if (match === null) throw new RangeError(`not a rate: ${rate}`);
  const [, whole = "", fraction = ""] = match;
  const exponent = minorDigits(to) - minorDigits(currency) - fraction.length;
  const product = BigInt(minor) * BigInt(`${whole}${fraction}`);
  return safe(
    exponent >= 0
      ? product * 10n ** BigInt(exponent)
      : divideRounded(product, 10n ** BigInt(-exponent)),
  );
}

/** What one deal's amount is worth at a probability in percent (two digits behind the point). */
export const weightedMinor = (minor: number, percent: number): number =>
  safe(divideRounded(BigInt(minor) * BigInt(Math.round(percent * 100)), 10_000n));

/**
 * The same in ten-thousandths of a minor unit, to be added up: a total is rounded once, after every deal is in it, and so
 * is what the dashboards say. Whole numbers, exact up to 2^53.
 */
export const weightedParts = (minor: number, percent: number): number =>
  minor * Math.round(percent * 100);

/** Minor units of a total in ten-thousandths. */
export const fromParts = (parts: number): number => Math.round(parts / 10_000);

/** A total in the workspace's currency, with how many amounts had no rate and are therefore not in it. */
export type BaseSum = {
  readonly minor: number;
  readonly deals: number;
  readonly withoutRate: number;
};

type Valued = { readonly amountMinor: number | null; readonly baseMinor: number | null };

/** Adds what is known in the workspace's currency. An amount without a rate is left out and counted, never one to one. */
export function sumBase(rows: Iterable<Valued>): BaseSum {
  let total = 0n;
  let deals = 0;
  let withoutRate = 0;
  for (const { amountMinor, baseMinor } of rows) {
    deals += 1;
    if (baseMinor !== null) total += BigInt(baseMinor);
    else if (amountMinor !== null) withoutRate += 1;
  }
  return { minor: safe(total), deals, withoutRate };
}
