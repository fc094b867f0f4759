import { z } from "zod";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { isCurrency, isRate } from "./money";

/** A currency with its rates, the newest first, and what waits for one. */
export type CurrencyRates = {
  readonly currency: string;
  readonly rates: readonly {
    readonly onDate: CalendarDate;
    readonly rate: string;
    readonly setBy: string | null;
  }[];
  /** Leads and deals whose amount has no rate. */
  readonly waiting: number;
};

export type RateLine = {
  readonly currency: string;
  readonly onDate: CalendarDate;
  readonly rate: string;
};

const currency = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isCurrency, "Write a currency in use, such as EUR.");

const day = z.string().transform((text, context): CalendarDate => {
  const date = parseCalendarDate(text.trim());
  if (date !== undefined && date >= "1990-01-01" && date <= "2200-01-01") return date;
  context.addIssue({ code: "custom", message: "Choose a day." });
  return z.NEVER;
});

const rate = z
  .string()
  .transform((text) => text.trim().replace(",", "."))
  .refine(isRate, "Write a positive number such as 1.0835.");

const ticked = z
  .string()
  .optional()
  .transform((text) => text === "on");

/** One rate. `restate`: closed deals are valued anew, too. */
export const rateForm = z.strictObject({ currency, onDate: day, rate, restate: ticked });

export const rateRemoval = z.strictObject({ currency, onDate: day });

const MOST_LINES = 5_000;

type LineRefusal = { readonly line: number; readonly why: string };

const unquoted = (cell: string): string =>
  cell
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim();

/** A date, a currency and a rate between commas, semicolons or tabs; one line with words may stand on top. */
export function readRates(text: string): Result<readonly RateLine[], readonly LineRefusal[]> {
  const lines = text.split(/\r?\n/).map((line, at) => ({ line: at + 1, text: line.trim() }));
  const filled = lines.filter((line) => line.text !== "");
  if (filled.length > MOST_LINES)
    return refuse([{ line: MOST_LINES + 1, why: `Paste at most ${MOST_LINES} lines.` }]);
  const rates: RateLine[] = [];
  const refused: LineRefusal[] = [];
  for (const [at, { line, text: content }] of filled.entries()) {
    // Semicolons and tabs are what programs write that use the comma for decimals.
    const cells = content.split(/[;\t]/.test(content) ? /[;\t]/ : ",").map(unquoted);
    const [date = "", code = "", value = ""] = cells;
    const parsed = z.tuple([day, currency, rate]).safeParse([date, code, value]);
    if (parsed.success && cells.length === 3) {
      const [onDate, of, worth] = parsed.data;
      rates.push({ onDate, currency: of, rate: worth });
      continue;
    }
    // The names of the columns.
    if (at === 0 && !/\d/.test(content)) continue;
    const why = parsed.success
      ? "A line has a date, a currency and a rate."
      : (parsed.error.issues[0]?.message ?? "This line cannot be read.");
    refused.push({ line, why });
  }
  if (refused.length > 0) return refuse(refused);
  return rates.length > 0 ? ok(rates) : refuse([{ line: 1, why: "There is no rate in this." }]);
}

/** Rates that were pasted. */
export const ratesPaste = z.strictObject({
  rates: z
    .string()
    .max(400_000, "Paste less at once.")
    .transform((text, context): readonly RateLine[] => {
      const read = readRates(text);
      if (read.ok) return read.value;
      const shown = read.refusal.slice(0, 5).map(({ line, why }) => `Line ${line}: ${why}`);
      const more = read.refusal.length - shown.length;
      const words = more > 0 ? [...shown, `… and ${more} lines more.`] : shown;
      context.addIssue({ code: "custom", message: words.join(" ") });
      return z.NEVER;
    }),
});

/** In what a workspace counts, and when its business year begins. */
export const moneyForm = z.strictObject({
  currency,
  fiscalStart: z
    .string()
    .regex(/^(?:[1-9]|1[0-2])$/, "Choose a month.")
    .transform(Number),
});
