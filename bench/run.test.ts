import { expect, test } from "vitest";
import { judge, listBenches } from "@/bench/run";

const row = { name: "slots", unit: "ms", median: 0.5 };

test("a figure within its limit is kept, one beyond it is missed", () => {
  expect(judge("b", { ...row, limit: 1 })).toMatchObject({ ok: true, ratio: 0.5 });
  expect(judge("b", { ...row, limit: 0.4 })).toMatchObject({ ok: false, ratio: 1.25 });
});

test("a figure without a limit is only told", () => {
  expect(judge("b", row)).toMatchObject({ ok: true });
  expect(judge("b", row)).not.toHaveProperty("ratio");
});

test("a measurement's own verdict wins, as where the limit is the least it may be", () => {
  expect(judge("b", { ...row, limit: 1, ok: false }).ok).toBe(false);
  expect(judge("b", { ...row, median: 2, limit: 1, ok: true }).ok).toBe(true);
});

test("every measurement in the folder is found", () => {
  expect(listBenches(process.cwd())).toContain("slots");
});
