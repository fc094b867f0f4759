import { expect, test } from "vitest";
import { fieldMessages } from "@/lib/actions/form-action";
import { makeScheduleInput, saveAbsenceInput, saveScheduleInput } from "./schema";

const id = "01926b3e-0000-7000-8000-000000000000";
const plain = {
  zone: "Asia/Singapore",
  weekly: [{ day: 1, fromMinute: 540, toMinute: 1020 }],
  overrides: [],
  travel: [],
  observesHolidays: true,
};

const saying = (change: object): Record<string, string> => {
  const draft = JSON.stringify({ ...plain, ...change });
  const parsed = saveScheduleInput.safeParse({ scheduleId: id, version: "3", draft });
  return parsed.success ? {} : fieldMessages(parsed.error);
};

test("a week comes out tidy: overlaps joined, days in order, midnight as the end of its day", () => {
  const weekly = [
    { day: 2, fromMinute: 600, toMinute: 720 },
    { day: 1, fromMinute: 540, toMinute: 660 },
    { day: 1, fromMinute: 600, toMinute: 720 },
    { day: 1, fromMinute: 1320, toMinute: 120 },
  ];
  const draft = JSON.stringify({ ...plain, weekly });
  const parsed = saveScheduleInput.parse({ scheduleId: id, version: "3", draft });
  expect(parsed.version).toBe(3);
  expect(parsed.draft.weekly).toEqual([
    { day: 1, fromMinute: 540, toMinute: 720 },
    { day: 1, fromMinute: 1320, toMinute: 120 },
    { day: 2, fromMinute: 600, toMinute: 720 },
  ]);
});

const spread = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    day: 1,
    fromMinute: at * 14,
    toMinute: at * 14 + 5,
  }));
const dated = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    date: new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10),
    ranges: [],
    note: null,
  }));

test.each([
  ["a hundred ranges on a day", { weekly: spread(100) }, "draft.weekly.1", /at most 12/],
  [
    "a range of no length",
    { weekly: [{ day: 4, fromMinute: 540, toMinute: 540 }] },
    "draft.weekly.4",
    /same time/,
  ],
  [
    "25:00",
    { weekly: [{ day: 1, fromMinute: 540, toMinute: 1500 }] },
    "draft.weekly.0.toMinute",
    /between 00:00 and 24:00/,
  ],
  [
    "not a number",
    { weekly: [{ day: 1, fromMinute: Number.NaN, toMinute: 1 }] },
    "draft.weekly.0.fromMinute",
    /between/,
  ],
  [
    "an eighth day",
    { weekly: [{ day: 7, fromMinute: 0, toMinute: 1 }] },
    "draft.weekly.0.day",
    /no such day/,
  ],
  ["a zone that does not exist", { zone: "Mars/Olympus" }, "draft.zone", /time zone/],
  ["a bare offset", { zone: "+08:00" }, "draft.zone", /time zone/],
  [
    "a date in the year 9999",
    { overrides: [{ date: "9999-01-01", ranges: [], note: null }] },
    "draft.overrides.0.date",
    /between 2000 and 2099/,
  ],
  [
    "30 February",
    { overrides: [{ date: "2027-02-30", ranges: [], note: null }] },
    "draft.overrides.0.date",
    /date/,
  ],
  ["one date twice", { overrides: [...dated(1), ...dated(1)] }, "draft.overrides", /twice/],
  ["a thousand dates", { overrides: dated(1_000) }, "draft.overrides", /At most 400/],
  ["ten thousand dates", { overrides: dated(10_000) }, "draft", /more than a schedule can hold/],
  [
    "a journey that ends before it begins",
    { travel: [{ from: "2027-02-02", to: "2027-02-01", zone: "UTC" }] },
    "draft.travel.0.to",
    /before it begins/,
  ],
  [
    "two zones at once",
    {
      travel: [
        { from: "2027-02-01", to: "2027-02-05", zone: "UTC" },
        { from: "2027-02-05", to: "2027-02-06", zone: "Asia/Tokyo" },
      ],
    },
    "draft.travel.1.from",
    /two zones/,
  ],
  ["a field nobody knows", { version: 9 }, "draft", /./],
  [
    "a note with a control character",
    { overrides: [{ date: "2027-02-01", ranges: [], note: "a\u0007b" }] },
    "draft.overrides.0.note",
    /cannot be kept/,
  ],
])("%s is refused beside its field", (_what, change, field, message) => {
  expect(saying(change)[field]).toMatch(message);
});

test("what is not JSON is told, not thrown", () => {
  const parsed = saveScheduleInput.safeParse({ scheduleId: id, version: "1", draft: "{" });
  expect(parsed.success).toBe(false);
});

test("a name is one line with something on it", () => {
  const made = (name: string) => makeScheduleInput.safeParse({ personId: id, name });
  expect(made("  Night\n shift ").data?.name).toBe("Night shift");
  expect(made("   ").success).toBe(false);
  expect(made("x".repeat(81)).success).toBe(false);
});

test("an absence knows its reasons", () => {
  const draft = JSON.stringify({
    from: "2027-02-01",
    to: "2027-02-02",
    fromMinute: null,
    toMinute: null,
    reason: "bored",
    note: null,
    redirectLinkId: null,
  });
  const parsed = saveAbsenceInput.safeParse({ personId: id, draft });
  expect(parsed.success ? {} : fieldMessages(parsed.error)).toEqual({
    "draft.reason": "Choose one of the reasons.",
  });
});
