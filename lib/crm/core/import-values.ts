import { z } from "zod";
import type { PlainCell, Read } from "./import-cell";
import { isCurrency } from "./money";
import { phoneOf } from "./phone";

const emailShape = z.email();

export function readEmail(text: string): Read<string> {
  const email = text.replace(/^mailto:/i, "").toLowerCase();
  return email.length <= 254 && emailShape.safeParse(email).success
    ? { value: email }
    : { fault: { code: "bad-email", message: `"${text}" is no e-mail address.` } };
}

/** A phone number as E.164. Without a country's prefix it is one of the mapping's country, which is told. */
export function readPhone(text: string, country: string | undefined): Read<string> {
  const plain = phoneOf(text);
  if (plain !== undefined) return { value: plain };
  const value = country === undefined ? undefined : phoneOf(text, country);
  if (value !== undefined)
    return { value, note: { code: "phone-prefix", message: `"${text}" was read as ${value}.` } };
  const message = `"${text}" is no phone number with its country, such as +49 30 1234567.`;
  return { fault: { code: "bad-phone", message } };
}

const SYMBOLS: Readonly<Record<string, string>> = {
  "€": "EUR",
  "£": "GBP",
  "₹": "INR",
  "₩": "KRW",
};

/** Three letters of ISO 4217; a symbol only where it means one currency. */
export function readCurrency(text: string): Read<string> {
  const code = SYMBOLS[text] ?? text.toUpperCase();
  return isCurrency(code)
    ? { value: code }
    : { fault: { code: "bad-currency", message: `"${text}" is no currency: write EUR, USD, …` } };
}

const NUMBERS = {
  point: /^-?(?:\d+|\d{1,3}(?:[, '\u00a0\u202f’]\d{3})+)(?:\.\d+)?$/,
  comma: /^-?(?:\d+|\d{1,3}(?:[. '\u00a0\u202f’]\d{3})+)(?:,\d+)?$/,
} as const;

/** A number as plain digits, `-1234.5`. */
export function readNumber(cell: PlainCell, decimal: "point" | "comma"): Read<string> {
  if (typeof cell === "number" && Number.isFinite(cell)) {
    // Twelve digits are what a sheet of numbers means; the rest is how it counts.
    const plain = Number(cell.toPrecision(15));
    return {
      value:
        Math.abs(plain) < 1e15
          ? plain.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 10 })
          : String(plain),
    };
  }
  const text = typeof cell === "object" ? cell.text : String(cell).trim();
  if (!NUMBERS[decimal].test(text)) {
    const example = decimal === "point" ? "1,234.50" : "1.234,50";
    return { fault: { code: "bad-number", message: `"${text}" is no number such as ${example}.` } };
  }
  const mark = decimal === "point" ? "." : ",";
  const [whole = "", fraction] = text.split(mark);
  const digits = whole.replaceAll(/[^\d-]/g, "");
  return { value: fraction === undefined ? digits : `${digits}.${fraction}` };
}

const LARGEST = 10n ** 15n;

/** An amount in minor units, `1,054.50` of two digits is 105450. More digits than the currency has are rounded, and told. */
export function readMinor(plain: string, digits: number, currency: string): Read<number> {
  if (plain.startsWith("-") && /[1-9]/.test(plain)) {
    return { fault: { code: "negative", message: `${plain} is less than nothing.` } };
  }
  const [whole = "0", fraction = ""] = plain.replace("-", "").split(".");
  const kept = fraction.slice(0, digits).padEnd(digits, "0");
  const rest = fraction.slice(digits);
  const minor = BigInt(`${whole}${kept}`) + (rest >= "5" ? 1n : 0n);
  if (minor > LARGEST) {
    return { fault: { code: "bad-number", message: `${plain} is too large for an amount.` } };
  }
  const value = Number(minor);
  if (!/[1-9]/.test(rest)) return { value };
  return {
    value,
    note: {
      code: "rounded",
      message: `${plain} was rounded to the ${digits} digits of ${currency}.`,
    },
  };
}

/** 0…100, with or without a percent sign. */
export function readPercent(cell: PlainCell, decimal: "point" | "comma"): Read<number> {
  const number = readNumber(typeof cell === "string" ? cell.replace(/\s*%$/, "") : cell, decimal);
  if ("fault" in number) return number;
  const value = Math.round(Number(number.value) * 100) / 100;
  return value >= 0 && value <= 100
    ? { value }
    : { fault: { code: "bad-number", message: `${number.value} is no percentage.` } };
}

const NO_COUNTRY = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"]);

/** Names of countries, lower case, with their codes. */
const countries: ReadonlyMap<string, string> = (() => {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
  const found = new Map([
    ["usa", "US"],
    ["uk", "GB"],
    ["great britain", "GB"],
    ["czech republic", "CZ"],
    ["turkey", "TR"],
  ]);
  for (const first of letters) {
    for (const second of letters) {
      const code = `${first}${second}`;
      const name = names.of(code);
      // Former codes such as DD share a name with the present one; some others are of no country.
      const isPresent = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
      if (name !== undefined && isPresent && !NO_COUNTRY.has(code))
        found.set(name.toLowerCase(), code);
    }
  }
  return found;
})();

const countryCodes = new Set(countries.values());

/** A country by its name in English or by its two letters. */
export function readCountry(text: string): Read<string> {
  const code = countries.get(text.toLowerCase()) ?? text.toUpperCase();
  return countryCodes.has(code)
    ? { value: code }
    : { fault: { code: "bad-country", message: `"${text}" is no country we know.` } };
}

/** One of these words, whatever its capitals and spaces. */
export function readChoice<const Choice extends string>(
  text: string,
  choices: readonly Choice[],
): Read<Choice> {
  const plain = text.toLowerCase().replaceAll(/[\s-]+/g, "_");
  const found = choices.find((choice) => choice === plain);
  return found === undefined
    ? { fault: { code: "bad-choice", message: `"${text}" is none of: ${choices.join(", ")}.` } }
    : { value: found };
}
