import { expect, test } from "vitest";
import { arrivalState, nearestStarts } from "@/lib/booking/core/arrival-state";
import { instantOf } from "@/lib/time/instant";

const starts = [100, 200, 300, 400, 500].map(instantOf);
const page = { starts, asOf: instantOf(50) };

test("a free start says nothing", () => {
  expect(arrivalState(page, instantOf(300))).toEqual({ status: "idle" });
});

test("a start that went offers the three nearest, in the order of the day", () => {
  const state = arrivalState(page, instantOf(310));
  expect(state).toMatchObject({
    status: "refused",
    refused: { reason: "slot-taken", nextStarts: [200, 300, 400] },
    values: { start: "1970-01-01T00:00:00.310Z" },
  });
});

test("a start in the past says so", () => {
  expect(arrivalState(page, instantOf(40))).toMatchObject({ refused: { reason: "slot-passed" } });
});

test("without a start the first free ones are offered", () => {
  expect(nearestStarts(starts, undefined)).toEqual([100, 200, 300]);
  expect(nearestStarts([], undefined)).toEqual([]);
});
