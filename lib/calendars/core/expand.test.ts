import { describe, expect, test } from "vitest";
import { instantOf } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { busyTimes } from "./busy";
import { CalendarUnreadable, expandCalendars } from "./expand";

const at = (iso: string) => instantOf(Date.parse(iso));
const window = { from: at("2026-11-01T00:00Z"), to: at("2027-12-01T00:00Z") };
const BERLIN = "Europe/Berlin" as TimeZone;

const BERLIN_RULES = [
  "BEGIN:VTIMEZONE",
  "TZID:Mitteleuropa",
  "BEGIN:DAYLIGHT",
  "DTSTART:19810329T020000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
  "END:DAYLIGHT",
  "BEGIN:STANDARD",
  "DTSTART:19961027T030000",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
  "END:STANDARD",
  "END:VTIMEZONE",
];

const calendar = (...lines: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", ...lines, "END:VCALENDAR", ""].join(
    "\r\n",
  );
const event = (...lines: readonly string[]): readonly string[] => [
  "BEGIN:VEVENT",
  ...(lines.some((line) => line.startsWith("UID")) ? [] : ["UID:one"]),
  ...lines,
  "END:VEVENT",
];

const read = (lines: readonly string[], zone = BERLIN, addresses: readonly string[] = []) =>
  expandCalendars([calendar(...lines)], { window, zone, addresses });

/** The busy times, each `from/to` in UTC without seconds. */
const busy = (lines: readonly string[], zone = BERLIN, addresses: readonly string[] = []) =>
  busyTimes(read(lines, zone, addresses).events, { window, ours: new Set() }).map(
    ({ from, to }) =>
      `${new Date(from).toISOString().slice(0, 16)}/${new Date(to).toISOString().slice(0, 16)}`,
  );

describe("a single event", () => {
  test.each([
    [
      "in UTC",
      ["DTSTART:20261124T090000Z", "DTEND:20261124T100000Z"],
      "2026-11-24T09:00/2026-11-24T10:00",
    ],
    [
      "with a length instead of an end",
      ["DTSTART:20261124T090000Z", "DURATION:PT90M"],
      "2026-11-24T09:00/2026-11-24T10:30",
    ],
    [
      "of a zone the file does not define",
      ["DTSTART;TZID=Asia/Tokyo:20261124T090000", "DTEND;TZID=Asia/Tokyo:20261124T100000"],
      "2026-11-24T00:00/2026-11-24T01:00",
    ],
    [
      "of a zone with a prefix",
      ["DTSTART;TZID=/x.org/1/Asia/Tokyo:20261124T090000", "DURATION:PT1H"],
      "2026-11-24T00:00/2026-11-24T01:00",
    ],
    [
      "without a zone: the reader's",
      ["DTSTART:20261124T090000", "DTEND:20261124T100000"],
      "2026-11-24T08:00/2026-11-24T09:00",
    ],
    [
      "of a zone nobody knows: the reader's",
      ["DTSTART;TZID=Nowhere:20261124T090000", "DURATION:PT1H"],
      "2026-11-24T08:00/2026-11-24T09:00",
    ],
    [
      "of a day: the reader's",
      ["DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261125"],
      "2026-11-23T23:00/2026-11-24T23:00",
    ],
    [
      "of a day without an end",
      ["DTSTART;VALUE=DATE:20261124"],
      "2026-11-23T23:00/2026-11-24T23:00",
    ],
    [
      "of a day that has 25 hours",
      ["DTSTART;VALUE=DATE:20271031"],
      "2027-10-30T22:00/2027-10-31T23:00",
    ],
    [
      "that began before the window",
      ["DTSTART:20261031T230000Z", "DURATION:PT2H"],
      "2026-11-01T00:00/2026-11-01T01:00",
    ],
    [
      "that is tentative",
      ["DTSTART:20261124T090000Z", "DURATION:PT1H", "STATUS:TENTATIVE"],
      "2026-11-24T09:00/2026-11-24T10:00",
    ],
    [
      "in the hour the clocks leave out: the one after",
      ["DTSTART:20270328T023000", "DURATION:PT1H"],
      "2027-03-28T01:30/2027-03-28T02:30",
    ],
  ])("%s", (_name, lines, expected) => {
    expect(busy(event(...lines))).toEqual([expected]);
  });

  test.each([
    ["that takes no time", ["DTSTART:20261124T090000Z"]],
    ["that is cancelled", ["DTSTART:20261124T090000Z", "DURATION:PT1H", "STATUS:CANCELLED"]],
    [
      "that leaves its time free",
      ["DTSTART:20261124T090000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"],
    ],
    [
      "that Outlook calls free",
      ["DTSTART:20261124T090000Z", "DURATION:PT1H", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"],
    ],
    [
      "that its reader declined",
      [
        "DTSTART:20261124T090000Z",
        "DURATION:PT1H",
        "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Me@x.example",
      ],
    ],
    ["that is over", ["DTSTART:20260924T090000Z", "DURATION:PT1H"]],
    ["that is too far away", ["DTSTART:20290924T090000Z", "DURATION:PT1H"]],
  ])("%s is not busy", (_name, lines) => {
    expect(busy(event(...lines), BERLIN, ["me@x.example"])).toEqual([]);
  });

  test("that somebody else declined is busy", () => {
    const lines = [
      "DTSTART:20261124T090000Z",
      "DURATION:PT1H",
      "ATTENDEE;PARTSTAT=DECLINED:mailto:her@x.example",
    ];
    expect(busy(event(...lines), BERLIN, ["me@x.example"])).toHaveLength(1);
  });
});

describe("a repeated event", () => {
  const weekly = [
    "DTSTART;TZID=Mitteleuropa:20270318T090000",
    "DTEND;TZID=Mitteleuropa:20270318T100000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
  ];

  test("keeps its local time when the clocks change", () => {
    expect(busy([...BERLIN_RULES, ...event(...weekly)])).toEqual([
      "2027-03-18T08:00/2027-03-18T09:00",
      "2027-03-25T08:00/2027-03-25T09:00",
      "2027-04-01T07:00/2027-04-01T08:00",
      "2027-04-08T07:00/2027-04-08T08:00",
    ]);
  });

  test("leaves out what is excluded, moved and cancelled, and has what was moved elsewhere", () => {
    const lines = [
      ...BERLIN_RULES,
      ...event(...weekly, "EXDATE;TZID=Mitteleuropa:20270318T090000"),
      ...event("RECURRENCE-ID:20270325T080000Z", "DTSTART:20270326T120000Z", "DURATION:PT30M"),
      ...event(
        "RECURRENCE-ID;TZID=Mitteleuropa:20270401T090000",
        "STATUS:CANCELLED",
        "DTSTART;TZID=Mitteleuropa:20270401T090000",
        "DURATION:PT1H",
      ),
    ];
    expect(busy(lines)).toEqual([
      "2027-03-26T12:00/2027-03-26T12:30",
      "2027-04-08T07:00/2027-04-08T08:00",
    ]);
  });

  test("is moved from one occurrence on, also forwards into the window", () => {
    const lines = [
      ...event("DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"),
      ...event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261203T090000Z",
        "DTSTART:20261203T110000Z",
        "DURATION:PT2H",
      ),
    ];
    expect(busy(lines)).toEqual([
      "2026-12-01T09:00/2026-12-01T10:00",
      "2026-12-02T09:00/2026-12-02T10:00",
      "2026-12-03T11:00/2026-12-03T13:00",
      "2026-12-04T11:00/2026-12-04T13:00",
    ]);
  });

  test("of days falls on its reader's days", () => {
    const tokyo = "Asia/Tokyo" as TimeZone;
    const lines = event("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY;COUNT=2");
    expect(busy(lines, tokyo)).toEqual([
      "2026-11-30T15:00/2026-12-01T15:00",
      "2026-12-07T15:00/2026-12-08T15:00",
    ]);
  });

  test("that goes on for ever ends with the window", () => {
    const spans = busy(event("DTSTART:20200101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"));
    expect(spans).toHaveLength(395);
    expect(spans.at(-1)).toBe("2027-11-30T09:00/2027-11-30T10:00");
  });

  test("of which only a changed occurrence is known is that occurrence", () => {
    const lines = event(
      "RECURRENCE-ID:20261203T090000Z",
      "DTSTART:20261203T110000Z",
      "DURATION:PT1H",
    );
    expect(busy(lines)).toEqual(["2026-12-03T11:00/2026-12-03T12:00"]);
  });
});

describe("a whole file", () => {
  test("is one line of busy times, whatever overlaps in it", () => {
    const lines = [
      ...event("UID:a", "DTSTART:20261124T090000Z", "DURATION:PT1H"),
      ...event("UID:b", "DTSTART:20261124T093000Z", "DURATION:PT1H"),
      ...event("UID:c", "DTSTART:20261124T103000Z", "DURATION:PT30M"),
      ...event("UID:d", "DTSTART:20261124T120000Z", "DURATION:PT30M"),
    ];
    expect(busy(lines)).toEqual([
      "2026-11-24T09:00/2026-11-24T11:00",
      "2026-11-24T12:00/2026-11-24T12:30",
    ]);
  });

  test("does not tell of what we wrote there ourselves", () => {
    const { events } = read([
      ...event("UID:ours", "DTSTART:20261124T090000Z", "DURATION:PT1H"),
      ...event("UID:theirs", "DTSTART:20261125T090000Z", "DURATION:PT1H"),
    ]);
    const spans = busyTimes(events, { window, ours: new Set(["ours"]) });
    expect(spans).toEqual([{ from: at("2026-11-25T09:00Z"), to: at("2026-11-25T10:00Z") }]);
  });

  test("with an event nobody understands is read but for that event", () => {
    const { events, unread } = read([
      ...event("UID:broken", "DURATION:PT1H"),
      ...event("UID:whole", "DTSTART:20261125T090000Z", "DURATION:PT1H"),
    ]);
    expect([events.map(({ uid }) => uid), unread]).toEqual([["whole"], 1]);
  });

  test.each([
    "",
    "<html>Sign in</html>",
    "BEGIN:VCARD\r\nEND:VCARD\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT",
  ])("that is no calendar is refused: %j", (text) => {
    const reading = () => expandCalendars([text], { window, zone: BERLIN, addresses: [] });
    expect(reading).toThrow(CalendarUnreadable);
  });

  test("of endless seconds is refused instead of being counted through", () => {
    const seconds = event("DTSTART:20000101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY");
    expect(() => read(seconds)).toThrow("too-many-repetitions");
  });

  test("of twenty thousand events and one is refused", () => {
    const many = Array.from({ length: 20_001 }, (_, index) =>
      event(`UID:${index}`, "DTSTART:20261124T090000Z", "DURATION:PT1H"),
    ).flat();
    expect(() => read(many)).toThrow("too-many-events");
  });
});
