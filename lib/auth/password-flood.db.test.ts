import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { hashPassword, passwordMatches } from "./password";

// Seconds of every core: beside the suites that wait for a server, not in the one that is run at every change.

test("a flood is checked in turn and the rest is told to come back, never all at once", async () => {
  const stored = await hashPassword("tulip 7");
  const flood = 200 + availableParallelism() + 30;
  const outcomes = await Promise.allSettled(
    Array.from({ length: flood }, () => passwordMatches(stored, "tulip 7")),
  );
  const refused = outcomes.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(30);
  expect(refused.every((one) => "reason" in one && one.reason.name === "SignInBusy")).toBe(true);
  expect(await passwordMatches(stored, "tulip 7")).toBe(true);
});
