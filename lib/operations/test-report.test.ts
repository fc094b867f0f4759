import { expect, test } from "vitest";
import { countPlaywright, countVitest } from "@/lib/operations/test-report";

const run = (numPassedTests: number, more: object = {}) => ({ numPassedTests, ...more });

test("what passed and what failed is counted as it was reported", () => {
  expect(countVitest("pure", run(5), 0)).toEqual({ name: "pure", passed: 5, failed: 0 });
  expect(countVitest("pure", run(5, { numFailedTests: 2 }), 1).failed).toBe(2);
});

test("a skipped test and one that is still to do are failures", () => {
  expect(countVitest("pure", run(5, { numPendingTests: 1, numTodoTests: 1 }), 0).failed).toBe(2);
  expect(countPlaywright("e2e", { stats: { expected: 3, skipped: 1, flaky: 1 } }, 0).failed).toBe(
    2,
  );
});

test("a file that could not be loaded is a failure, though it has no tests", () => {
  const testResults = [
    { status: "failed", assertionResults: [] },
    { status: "passed", assertionResults: [{}] },
  ];
  expect(countVitest("pure", run(1, { testResults }), 1)).toMatchObject({ passed: 1, failed: 1 });
});

test("a run that ended badly without saying why is one failure", () => {
  expect(countVitest("pure", undefined, 1)).toEqual({ name: "pure", passed: 0, failed: 1 });
  expect(countPlaywright("e2e", undefined, 1).failed).toBe(1);
  expect(countVitest("pure", run(5), 1).failed).toBe(1);
});

test("a run that tested nothing did not pass", () => {
  expect(countVitest("pure", run(0), 0).failed).toBe(1);
  expect(countPlaywright("e2e", { stats: { expected: 0 } }, 0).failed).toBe(1);
});

test("journeys count what was expected and what was not, and errors outside of any test", () => {
  const report = { stats: { expected: 4, unexpected: 1 }, errors: [{}] };
  expect(countPlaywright("e2e", report, 1)).toEqual({ name: "e2e", passed: 4, failed: 2 });
});
