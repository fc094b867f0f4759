import { describe, expect, test } from "vitest";
import {
  CURRENCIES,
  convertMinor,
  decimalOf,
  formatMoney,
  formatMoneyShort,
  fromParts,
  isCurrency,
  isRate,
  minorDigits,
  minorOfDecimal,
  parseMoney,
  sumBase,
  weightedMinor,
  weightedParts,
} from "./money";

const short = (minor: number, currency: string, style?: "sign" | "code", locale = "en") =>
  formatMoneyShort({ minor, currency }, locale, style).replaceAll("\u202f", " ");

describe("money as people read it", () => {
  test("whole amounts are told without zeros, others with the currency's digits", () => {
    expect(formatMoney({ minor: 6_760_000, currency: "SGD" }, "en")).toBe("S$67,600");
    expect(formatMoney({ minor: 260_050, currency: "USD" }, "en", "code")).toBe("USD 2,600.50");
    expect(formatMoney({ minor: 67_600, currency: "JPY" }, "en")).toBe("¥67,600");
    expect(formatMoney({ minor: 1_234_567, currency: "KWD" }, "en")).toBe("KWD 1,234.567");
    expect(formatMoney({ minor: 260_050, currency: "EUR" }, "de")).toBe("2.600,50 €");
    expect(formatMoney({ minor: -100, currency: "USD" }, "en")).toBe("-$1");
  });

  test("the largest amount is told exactly", () => {
    expect(formatMoney({ minor: Number.MAX_SAFE_INTEGER, currency: "USD" }, "en")).toBe(
      "$90,071,992,547,409.91",
    );
  });

  test("cards and columns tell it short, as the picture of the board does", () => {
    expect(short(6_760_000, "SGD")).toBe("S$67.6 k");
    expect(short(350_000, "SGD")).toBe("S$3.5 k");
    expect(short(2_500_000, "SGD")).toBe("S$25.0 k");
    expect(short(85_400_000, "SGD")).toBe("S$854 k");
    expect(short(111_000_000, "SGD")).toBe("S$1.11 M");
    expect(short(36_400_000_000, "IDR", "code")).toBe("IDR 364 M");
    expect(short(1_720_000, "JPY", "code")).toBe("JPY 1.72 M");
    expect(short(85_049, "USD")).toBe("$850");
    expect(short(0, "USD")).toBe("$0");
  });

  test("rounding up at the end of a step goes to the next step", () => {
    expect(short(99_999_999, "USD")).toBe("$1.00 M");
    expect(short(9_999_900, "USD")).toBe("$100 k");
    expect(short(99_999_999_900, "USD")).toBe("$1.00 B");
  });
});

describe("money as people type it", () => {
  test.each([
    ["67600", 6_760_000],
    ["67,600.5", 6_760_050],
    ["S$ 67,600", 6_760_000],
    ["67,600 SGD", 6_760_000],
    ["67 600", 6_760_000],
    ["67.6k", 6_760_000],
    ["1.25 M", 125_000_000],
    ["1,23,456", 12_345_600],
    [".5", 50],
    ["0", 0],
    ["10.500", 1_050],
  ])("%s is %i cents", (text, minor) => {
    expect(parseMoney(text, "SGD", "en")).toEqual({ ok: true, value: minor });
  });

  test("a comma is what the reader's language makes of it", () => {
    expect(parseMoney("1.234,50", "EUR", "de")).toEqual({ ok: true, value: 123_450 });
    expect(parseMoney("1.234,50", "EUR", "en")).toEqual({ ok: false, refusal: "not-an-amount" });
    expect(parseMoney("1,5", "EUR", "en")).toEqual({ ok: false, refusal: "not-an-amount" });
  });

  test("what is no amount of this currency is refused by name", () => {
    expect(parseMoney("-5", "USD", "en")).toEqual({ ok: false, refusal: "negative" });
    expect(parseMoney("1.005", "USD", "en")).toEqual({ ok: false, refusal: "too-precise" });
    expect(parseMoney("1.5", "JPY", "en")).toEqual({ ok: false, refusal: "too-precise" });
    expect(parseMoney("90071992547409.92", "USD", "en")).toEqual({
      ok: false,
      refusal: "too-large",
    });
    for (const text of ["", "abc", "1.2.3", "12,34", "=1+1", "1e5"])
      expect(parseMoney(text, "USD", "en"), text).toEqual({ ok: false, refusal: "not-an-amount" });
  });

  test("what is told plainly is read back the same, in every currency", () => {
    for (const currency of CURRENCIES) {
      for (const minor of [0, 1, 99, 100, 123_456_789, Number.MAX_SAFE_INTEGER]) {
        const text = decimalOf({ minor, currency });
        expect(minorOfDecimal(text, currency)).toEqual({ ok: true, value: minor });
        expect(parseMoney(formatMoney({ minor, currency }, "en"), currency, "en")).toEqual({
          ok: true,
          value: minor,
        });
      }
    }
  });
});

describe("arithmetic on money", () => {
  test("a rate turns one currency's minor units into another's, half away from zero", () => {
    expect(convertMinor({ minor: 100, currency: "USD" }, "1.3456", "SGD")).toBe(135);
    expect(convertMinor({ minor: 1_720_000, currency: "JPY" }, "0.0089", "SGD")).toBe(1_530_800);
    expect(convertMinor({ minor: 1, currency: "USD" }, "0.5", "SGD")).toBe(1);
    expect(convertMinor({ minor: 150, currency: "USD" }, "3", "KWD")).toBe(4_500);
    expect(() => convertMinor({ minor: 1, currency: "USD" }, "1e3", "SGD")).toThrow(RangeError);
  });

  test("each deal is weighted by its own probability", () => {
    // 99, not the 148.5 of an average probability.
    const deals = [
      [100, 90],
      [9, 100],
    ] as const;
    const parts = deals.reduce((sum, [minor, percent]) => sum + weightedParts(minor, percent), 0);
    expect(fromParts(parts)).toBe(99);
    expect(weightedMinor(1, 50)).toBe(1);
    expect(weightedMinor(333, 33.33)).toBe(111);
    // Three thirds of a cent are one, not none.
    expect(fromParts(3 * weightedParts(1, 33.33))).toBe(1);
  });

  test("an amount without a rate is left out of a total and counted", () => {
    expect(
      sumBase([
        { amountMinor: 100, baseMinor: 135 },
        { amountMinor: 999, baseMinor: null },
        { amountMinor: null, baseMinor: null },
      ]),
    ).toEqual({ minor: 135, deals: 3, withoutRate: 1 });
  });

  test("a rate is a positive decimal", () => {
    expect(["1", "0.0000645", "15500.25"].every(isRate)).toBe(true);
    expect(["0", "-1", "1e3", "1,5", "", "0.0000000000001"].some(isRate)).toBe(false);
  });

  test("digits and codes follow ISO 4217", () => {
    expect(["USD", "IDR", "JPY", "KWD", "CLF"].map(minorDigits)).toEqual([2, 2, 0, 3, 4]);
    expect(isCurrency("SGD")).toBe(true);
    expect(isCurrency("XXX")).toBe(false);
  });
});
