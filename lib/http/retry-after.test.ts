import { expect, test } from "vitest";
import { retryAfterSeconds } from "./retry-after";

test("Retry-After is read as seconds or as a date, and never as nonsense", () => {
  expect(retryAfterSeconds("120", null)).toBe(120);
  expect(retryAfterSeconds("Wed, 18 Nov 2026 05:00:30 GMT", "Wed, 18 Nov 2026 05:00:00 GMT")).toBe(
    30,
  );
  expect(retryAfterSeconds("soon", null)).toBeUndefined();
  expect(retryAfterSeconds("999999999", null)).toBe(86_400);
  expect(retryAfterSeconds(null, null)).toBeUndefined();
});
