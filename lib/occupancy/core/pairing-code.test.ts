import fc from "fast-check";
import { expect, test } from "vitest";
import { codeOf, readCode, shownCode } from "./pairing-code";

test("a code is read back however it is typed", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      const code = codeOf(bytes);
      expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
      for (const typed of [code, shownCode(code), ` ${shownCode(code).toLowerCase()} `]) {
        expect(readCode(typed)).toBe(code);
      }
    }),
  );
});

test.each(["", "K7M2", "K7M2-QX4", "K7M2-QX4PP", "K7M2-QX4O", "K7M2-QX41", "'; DROP--"])(
  "%s is no code",
  (typed) => {
    expect(readCode(typed)).toBeUndefined();
  },
);
