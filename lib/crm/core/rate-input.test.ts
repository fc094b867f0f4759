import { expect, test } from "vitest";
import { readRates } from "./rate-input";

test("rates are read from what a spreadsheet or a bank gives: commas, semicolons, tabs, a head on top", () => {
  const expected = {
    ok: true,
    value: [
      { onDate: "2026-11-01", currency: "EUR", rate: "1.0835" },
      { onDate: "2026-11-02", currency: "JPY", rate: "0.0067" },
    ],
  };
  expect(readRates("date,currency,rate\n2026-11-01,EUR,1.0835\n2026-11-02,jpy,0.0067\n")).toEqual(
    expected,
  );
  expect(readRates("2026-11-01;EUR;1,0835\r\n\r\n2026-11-02;JPY;0,0067")).toEqual(expected);
  expect(readRates("2026-11-01\tEUR\t1.0835\n2026-11-02\tJPY\t0.0067")).toEqual(expected);
  expect(readRates('"2026-11-01","EUR","1.0835"\n"2026-11-02","JPY","0.0067"')).toEqual(expected);
});

test("each line that cannot be read is named, and then none is taken", () => {
  const read = readRates(
    "2026-11-01,EUR,1.08\n2026-02-30,EUR,1\n2026-11-01,ABC,1\n2026-11-01,EUR,0\nEUR",
  );
  expect(read.ok ? [] : read.refusal.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
});

test("a head without a rate below it is no rate", () => {
  expect(readRates("date,currency,rate").ok).toBe(false);
  expect(readRates("").ok).toBe(false);
});
