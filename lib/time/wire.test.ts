import { expect, test } from "vitest";
import { calendarDateOnWire, instantOnWire, minuteOfDaySchema, timeZoneOnWire } from "./wire";

test("an instant comes with Z or an offset", () => {
  expect(instantOnWire.parse("2026-11-17T05:00:00Z")).toBe(Date.UTC(2026, 10, 17, 5));
  expect(instantOnWire.parse("2026-11-17T14:00:00.000+09:00")).toBe(Date.UTC(2026, 10, 17, 5));
});

test.each(["2026-11-17T05:00:00", "2026-11-17", "tomorrow", "", "2026-13-01T00:00:00Z", 1, null])(
  "%j is not an instant",
  (text) => {
    expect(instantOnWire.safeParse(text).success).toBe(false);
  },
);

test("what is refused is told with an example", () => {
  expect(instantOnWire.safeParse("x").error?.issues[0]?.message).toContain("2026-11-17T05:00:00Z");
  expect(timeZoneOnWire.safeParse("x y").error?.issues[0]?.message).toContain("Asia/Tokyo");
});

test("a zone is an IANA name this runtime knows", () => {
  expect(timeZoneOnWire.parse("Asia/Tokyo")).toBe("Asia/Tokyo");
  for (const text of ["+09:00", "Mars/Olympus", "../etc/passwd", ""])
    expect(timeZoneOnWire.safeParse(text).success).toBe(false);
});

test("a date exists", () => {
  expect(calendarDateOnWire.parse("2028-02-29")).toBe("2028-02-29");
  for (const text of ["2026-02-29", "2026-1-1", "2026-11-17T00:00:00Z"])
    expect(calendarDateOnWire.safeParse(text).success).toBe(false);
});

test("a minute of the day is whole and from 0 to 1440", () => {
  expect(minuteOfDaySchema.parse(1440)).toBe(1440);
  for (const minute of [-1, 1441, 1.5, Number.NaN, "60"])
    expect(minuteOfDaySchema.safeParse(minute).success).toBe(false);
});
