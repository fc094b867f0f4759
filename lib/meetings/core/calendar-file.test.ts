import * as fc from "fast-check";
import ICAL from "ical.js";
import { expect, test } from "vitest";
import type { CalendarFileFacts } from "@/lib/meetings/core/calendar-file";
import {
  buildCalendarFile,
  googleCalendarUrl,
  outlookCalendarUrl,
} from "@/lib/meetings/core/calendar-file";
import { addMinutes, instantOf } from "@/lib/time/instant";

const start = instantOf(Date.UTC(2026, 10, 18, 5, 0));

const facts: CalendarFileFacts = {
  method: "REQUEST",
  settled: true,
  uid: "m-4711@haldenworks.example",
  sequence: 0,
  stampedAt: instantOf(Date.UTC(2026, 10, 1, 9, 30)),
  start,
  end: addMinutes(start, 60),
  summary: "Roadmap review",
  description: "With Ana Lim\nMove or cancel: https://meridian.example/m/abc",
  location: "Kaede, Tokyo",
  url: "https://zoom.example/j/83190264415",
  organizer: { name: "Ana Lim", email: "meetings@haldenworks.example" },
  attendee: {
    name: "Kenji Mori",
    email: "kenji.mori@haldenworks.example",
    required: true,
    answer: "needs-action",
    asked: true,
  },
  private: false,
  alarmMinutes: 15,
};

const HOSTILE = [
  "a\r\nATTENDEE:mailto:evil@example.com",
  "semi;colon, comma \\ backslash \\n not a break",
  'the "quoted" one',
  "emoji 👩🏽‍💻🇯🇵 and e\u0301",
  "予".repeat(300),
  "x".repeat(74) + "ü".repeat(80),
  "😀".repeat(90),
  "^n ^' ^^ carets",
  "a:b;c=d",
  "\u0000\u0007bell\u202etxt.exe",
  "half \ud83d a pair",
];

const parse = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = calendar.getFirstSubcomponent("vevent");
  if (!event) throw new Error("no VEVENT");
  return { calendar, event };
};

const parametersOf = (property: ICAL.Property | null) => ({
  value: String(property?.getFirstValue()),
  ...(property?.toJSON() as unknown as [string, Record<string, string>] | undefined)?.[1],
});

// Everything a reader's calendar can see, in one comparable shape.
function seen(text: string) {
  const { calendar, event } = parse(text);
  const alarm = event.getFirstSubcomponent("valarm");
  const value = (name: string) => event.getFirstPropertyValue(name);
  return {
    method: calendar.getFirstPropertyValue("method"),
    version: calendar.getFirstPropertyValue("version"),
    uid: value("uid"),
    sequence: value("sequence"),
    stamp: (value("dtstamp") as ICAL.Time).toJSDate().getTime(),
    start: (value("dtstart") as ICAL.Time).toJSDate().getTime(),
    end: (value("dtend") as ICAL.Time).toJSDate().getTime(),
    zones: ["dtstamp", "dtstart", "dtend"].map((name) => (value(name) as ICAL.Time).zone.tzid),
    summary: value("summary"),
    description: value("description"),
    location: value("location"),
    url: value("url"),
    status: value("status"),
    busy: value("x-microsoft-cdo-busystatus"),
    transparency: value("transp"),
    class: value("class"),
    organizer: parametersOf(event.getFirstProperty("organizer")),
    attendees: event.getAllProperties("attendee").map(parametersOf),
    alarm: alarm && {
      action: alarm.getFirstPropertyValue("action"),
      trigger: String(alarm.getFirstPropertyValue("trigger")),
      description: alarm.getFirstPropertyValue("description"),
    },
    properties: event.getAllProperties().map((property) => property.name),
  };
}

test("an invitation says who, when and where, once each, to one reader", () => {
  const file = seen(buildCalendarFile(facts));
  expect(file).toMatchObject({
    method: "REQUEST",
    version: "2.0",
    uid: facts.uid,
    sequence: 0,
    stamp: facts.stampedAt,
    start: facts.start,
    end: facts.end,
    zones: ["UTC", "UTC", "UTC"],
    summary: "Roadmap review",
    description: facts.description,
    location: "Kaede, Tokyo",
    url: facts.url,
    status: "CONFIRMED",
    busy: "BUSY",
    transparency: "OPAQUE",
    class: "PUBLIC",
    organizer: { value: "mailto:meetings@haldenworks.example", cn: "Ana Lim" },
    alarm: { action: "DISPLAY", trigger: "-PT15M", description: "Roadmap review" },
  });
  expect(file.attendees).toEqual([
    {
      value: "MAILTO:kenji.mori@haldenworks.example",
      cn: "Kenji Mori",
      cutype: "INDIVIDUAL",
      role: "REQ-PARTICIPANT",
      partstat: "NEEDS-ACTION",
      rsvp: "TRUE",
    },
  ]);
  expect(new Set(file.properties).size).toBe(file.properties.length);
});

test("times carry the Z of UTC in the text itself, and no zone is declared", () => {
  const text = buildCalendarFile(facts);
  expect(text).toContain("\r\nDTSTART:20261118T050000Z\r\n");
  expect(text).toContain("\r\nDTEND:20261118T060000Z\r\n");
  expect(text).toContain("\r\nDTSTAMP:20261101T093000Z\r\n");
  expect(text).not.toMatch(/TZID|VTIMEZONE|X-WR-TIMEZONE/);
});

test("the guest who booked has accepted already and is not asked", () => {
  const [attendee] = seen(
    buildCalendarFile({
      ...facts,
      attendee: { ...facts.attendee, answer: "accepted", asked: false },
    }),
  ).attendees;
  expect(attendee).toMatchObject({ partstat: "ACCEPTED", rsvp: "FALSE" });
});

test("a moved meeting and its cancellation keep the UID and the organizer and raise SEQUENCE", () => {
  const life = [
    buildCalendarFile(facts),
    buildCalendarFile({ ...facts, sequence: 1, start: addMinutes(start, 30) }),
    buildCalendarFile({ ...facts, sequence: 2, method: "CANCEL" }),
  ].map(seen);
  expect(life.map((file) => file.uid)).toEqual([facts.uid, facts.uid, facts.uid]);
  expect(life.map((file) => file.sequence)).toEqual([0, 1, 2]);
  expect(life.map((file) => file.method)).toEqual(["REQUEST", "REQUEST", "CANCEL"]);
  expect(new Set(life.map((file) => file.organizer.value)).size).toBe(1);
  expect(life[2]).toMatchObject({ status: "CANCELLED", busy: "FREE", alarm: null });
  expect(life[2]?.start).toBe(facts.start);
  expect(life[2]?.attendees).toHaveLength(1);
});

test("a time that waits for the host is tentative", () => {
  expect(seen(buildCalendarFile({ ...facts, settled: false }))).toMatchObject({
    status: "TENTATIVE",
    busy: "TENTATIVE",
  });
});

test("the organizer never gets an invitation to their own meeting", () => {
  const attendee = { ...facts.attendee, email: "Meetings@HaldenWorks.example" };
  expect(() => buildCalendarFile({ ...facts, attendee })).toThrow("organizer");
});

test("a UID that would split a line and an end before the start are refused", () => {
  expect(() => buildCalendarFile({ ...facts, uid: "a\r\nMETHOD:PUBLISH" })).toThrow("UID");
  expect(() => buildCalendarFile({ ...facts, end: facts.start })).toThrow("ends after");
});

test("a comma or semicolon in the join address survives, because an address is no text", () => {
  const { url } = seen(buildCalendarFile({ ...facts, url: "https://meet.example/a;b,c?d=1,2" }));
  expect(decodeURIComponent(String(url))).toBe("https://meet.example/a;b,c?d=1,2");
});

for (const text of HOSTILE) {
  test(`what a stranger typed stays text: ${JSON.stringify(text).slice(0, 40)}`, () => {
    const file = buildCalendarFile({
      ...facts,
      summary: text,
      description: text,
      location: text,
      attendee: { ...facts.attendee, name: text },
      organizer: { ...facts.organizer, name: text },
    });
    const plain = expectedLine(text);
    expect(seen(file)).toMatchObject({
      summary: plain,
      location: plain,
      organizer: { cn: asName(plain), value: "mailto:meetings@haldenworks.example" },
      alarm: { description: plain },
    });
    expect(seen(file).attendees).toHaveLength(1);
    expect(seen(file).attendees[0]).toMatchObject({ cn: asName(plain) });
    expectWellFolded(file);
  });
}

// Written apart from the code under test: what a reader must see of a line a stranger typed.
function expectedLine(text: string): string {
  const visible = [...text.toWellFormed().replace(/[\r\n\t\u2028\u2029]+/g, " ")].filter(
    (c) => !/\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(c),
  );
  return visible.join("").replace(/ +/g, " ").trim();
}

// Readers disagree about backslashes in a name, so it carries none.
const asName = (line: string): string => line.replaceAll("\\", "/");

function expectWellFolded(text: string): void {
  expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  for (const line of text.split("\r\n")) {
    const bytes = Buffer.from(line, "utf8");
    expect(bytes.length).toBeLessThanOrEqual(75);
    // A split character would decode to U+FFFD when lines are taken apart as bytes.
    expect(new TextDecoder("utf-8", { fatal: true }).decode(bytes)).toBe(line);
  }
}

const anyText = fc
  .oneof(fc.string({ unit: "grapheme", maxLength: 120 }), fc.string({ unit: "binary" }))
  .filter((text) => expectedLine(text) !== "");
const anyFacts = fc.record({
  method: fc.constantFrom("REQUEST" as const, "CANCEL" as const),
  settled: fc.boolean(),
  sequence: fc.nat(10_000),
  minutes: fc.integer({ min: 1, max: 10_000 }),
  startsAt: fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) }),
  summary: anyText,
  location: anyText,
  name: anyText,
  accepted: fc.boolean(),
  private: fc.boolean(),
  alarmMinutes: fc.nat(10_000),
});

test("whatever is written is read back exactly, for any meeting", async () => {
  await fc.assert(
    fc.property(anyFacts, ({ minutes, startsAt, name, accepted, ...rest }) => {
      const from = instantOf(Math.floor(startsAt / 1000) * 1000);
      const text = buildCalendarFile({
        ...facts,
        ...rest,
        start: from,
        end: addMinutes(from, minutes),
        attendee: {
          name,
          email: "reader+tag@example.com",
          required: true,
          answer: accepted ? "accepted" : "needs-action",
          asked: !accepted,
        },
      });
      const file = seen(text);
      expect(file).toMatchObject({
        method: rest.method,
        uid: facts.uid,
        sequence: rest.sequence,
        start: from,
        end: addMinutes(from, minutes),
        summary: expectedLine(rest.summary),
        location: expectedLine(rest.location),
        class: rest.private ? "PRIVATE" : "PUBLIC",
      });
      expect(file.attendees).toEqual([
        expect.objectContaining({
          value: "MAILTO:reader+tag@example.com",
          cn: asName(expectedLine(name)),
          partstat: accepted ? "ACCEPTED" : "NEEDS-ACTION",
        }),
      ]);
      expect(file.alarm !== null).toBe(rest.method === "REQUEST" && rest.alarmMinutes > 0);
      expectWellFolded(text);
    }),
    { numRuns: 300 },
  );
});

test("the add-to-calendar addresses carry the meeting in UTC and nothing that breaks out", () => {
  const entry = { ...facts, summary: 'A & B "x"\r\n#?', location: "Kaede, Tokyo" };
  const google = new URL(googleCalendarUrl(entry));
  expect(google.hostname).toBe("calendar.google.com");
  expect(Object.fromEntries(google.searchParams)).toEqual({
    action: "TEMPLATE",
    text: 'A & B "x" #?',
    dates: "20261118T050000Z/20261118T060000Z",
    details: facts.description,
    location: "Kaede, Tokyo",
  });
  const outlook = new URL(outlookCalendarUrl(entry));
  expect(outlook.searchParams.get("startdt")).toBe("2026-11-18T05:00:00.000Z");
  expect(outlook.searchParams.get("subject")).toBe('A & B "x" #?');
});
