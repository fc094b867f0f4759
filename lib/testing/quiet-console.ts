import { afterEach, expect, vi } from "vitest";

const complaint = vi.spyOn(console, "error");

afterEach(() => {
  const calls = complaint.mock.calls.map((call) => call.join(" "));
  complaint.mockClear();
  expect(calls, "console.error was called during this test").toEqual([]);
});
