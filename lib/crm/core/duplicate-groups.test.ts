import { expect, test } from "vitest";
import { groupsOf } from "./duplicate-groups";

test("sets that share somebody are one group, with every reason once and nobody twice", () => {
  expect(
    groupsOf([
      { reason: "same-email", ids: ["a", "b"] },
      { reason: "same-email", ids: ["x", "y"] },
      { reason: "same-phone", ids: ["c", "d"] },
      { reason: "same-phone", ids: ["d", "b"] },
    ]),
  ).toEqual([
    { reasons: ["same-email", "same-phone"], ids: ["a", "b", "c", "d"] },
    { reasons: ["same-email"], ids: ["x", "y"] },
  ]);
  expect(groupsOf([])).toEqual([]);
});
