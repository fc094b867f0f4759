import { expect, test } from "vitest";
import { hashSetupCode, newSetupCode } from "./setup-code";

test("a code has 256 bits in groups of four, and no two are alike", () => {
  const codes = Array.from({ length: 50 }, newSetupCode);
  expect(new Set(codes).size).toBe(50);
  for (const code of codes) {
    expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){12}[0-9a-hjkmnp-tv-z]{4}$/);
  }
});

test("it is known again in capitals, with spaces, and with letters for the digits they look like", () => {
  const code = "0123-4567-89ab-cdef-ghjk-mnpq-rstv-wxyz-0123-4567-89ab-cdef-1100";
  const hash = hashSetupCode(code);
  expect(hash).toHaveLength(32);
  for (const typed of [
    code.toUpperCase(),
    ` ${code.replaceAll("-", " ")} `,
    code.replaceAll("-", ""),
    code.replaceAll("0", "o").replaceAll("1", "I"),
    code.replaceAll("1", "l"),
  ]) {
    expect(hashSetupCode(typed)).toEqual(hash);
  }
  expect(hashSetupCode(code.replace("z", "y"))).not.toEqual(hash);
});

test.each(["", "u".repeat(52), "0".repeat(51), "0".repeat(53), "<script>", "0".repeat(1_000_000)])(
  "what cannot be a code is none: %.20s",
  (typed) => {
    expect(hashSetupCode(typed)).toBeUndefined();
  },
);
