import { expect, test } from "vitest";
import { hashPassword, isOutdatedHash, passwordMatches } from "./password";

test("a password matches its own hash and no other, and each hash has its own salt", async () => {
  const [one, two] = [await hashPassword("tulip 7"), await hashPassword("tulip 7")];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await passwordMatches(one, "tulip 7")).toBe(true);
  expect(await passwordMatches(one, "tulip 8")).toBe(false);
  expect(await passwordMatches(one, "")).toBe(false);
  expect(isOutdatedHash(one)).toBe(false);
  expect(isOutdatedHash(one.replace("m=19456", "m=4096"))).toBe(true);
});

test("letters composed in another way are the same password", async () => {
  const stored = await hashPassword("caf\u00e9");
  expect(await passwordMatches(stored, "cafe\u0301")).toBe(true);
});

test("nobody's password never matches, not even the decoy's or an empty one", async () => {
  expect(await passwordMatches(null, "nobody has this password")).toBe(false);
  expect(await passwordMatches(null, "")).toBe(false);
});

test("a password of a megabyte is refused at the cost of a short one", async () => {
  const stored = await hashPassword("");
  const began = performance.now();
  expect(await passwordMatches(stored, "x".repeat(1_000_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(1000);
});
