import fc from "fast-check";
import { expect } from "vitest";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import { test } from "@/lib/testing/house";
import { CURRENCIES, convertMinor, minorDigits, weightedMinor } from "./money";

test("every currency has as many digits here as in the database", async ({ house }) => {
  const rows = await house.db.$queryRaw<{ code: string; digits: number }[]>`
    SELECT c AS code, minor_digits(c) AS digits FROM unnest(${CURRENCIES}::text[]) c`;
  expect(rows).toHaveLength(CURRENCIES.length);
  expect(rows.filter(({ code, digits }) => minorDigits(code) !== digits)).toEqual([]);
});

const money = fc.record({
  minor: fc.integer({ min: 0, max: 10_000_000_000 }),
  currency: fc.constantFrom("EUR", "JPY", "KWD", "CLF", "IDR"),
  whole: fc.integer({ min: 0, max: 999 }),
  fraction: fc.integer({ min: 1, max: 999_999_999 }),
  percent: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
});

test("amounts are converted and weighted to the same minor unit here and in the database", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const cases = fc.sample(money, { numRuns: 300, seed: 20_261_121 }).map((one) => ({
    ...one,
    rate: `${one.whole}.${String(one.fraction).padStart(9, "0")}`,
  }));
  const rows = await house.db.$transaction(async (tx) => {
    const found: { base: number; weighted: number }[] = [];
    for (const { minor, currency, rate, percent } of cases) {
      await tx.$executeRaw`
        INSERT INTO fx_rate (workspace_id, currency, on_date, rate) VALUES (${workspaceId}::uuid, ${currency}, '2026-01-01', ${rate}::numeric)
        ON CONFLICT (workspace_id, currency, on_date) DO UPDATE SET rate = excluded.rate`;
      const [row] = await tx.$queryRaw<{ base: number; weighted: number }[]>`
        SELECT to_base_minor(${workspaceId}::uuid, ${minor}::bigint, ${currency}, '2026-06-01')::float8 AS base,
               round(${minor}::bigint * ${String(percent)}::numeric / 100)::float8 AS weighted`;
      if (row) found.push(row);
    }
    return found;
  });
  expect(rows).toEqual(
    cases.map(({ minor, currency, rate, percent }) => ({
      base: convertMinor({ minor, currency }, rate, "USD"),
      weighted: weightedMinor(minor, percent),
    })),
  );
});
