import { expect, test } from "vitest";
import { instant } from "@/lib/testing/factories/meeting-row";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { BusyKind, RawPerson } from "./free-busy";
import { guestSought, personDays, standingOf } from "./free-busy";
import { freeBusyOf, freeBusyOnWire } from "./free-busy-wire";

const span = (from: string, to: string) => ({
  from: instant(`2026-11-${from}:00Z`),
  to: instant(`2026-11-${to}:00Z`),
});
const WEEK = span("23T00:00", "30T00:00");
const ms = (text: string) => instant(`2026-11-${text}:00Z`);

const raw = (rest: Partial<RawPerson> = {}): RawPerson => ({
  id: "ana",
  name: "Ana Lim",
  zone: "Europe/Berlin" as TimeZone,
  photoId: null,
  hoursZone: "Europe/Berlin" as TimeZone,
  observesHolidays: true,
  hours: [
    [2, 540, 720],
    [2, 780, 1020],
    [3, 540, 1020],
  ],
  overrides: [],
  travel: [],
  meetings: [],
  optional: [],
  elsewhere: [],
  away: [],
  ...rest,
});

const worked = (person: RawPerson, holidays: readonly string[] = []) =>
  personDays(person, holidays as readonly CalendarDate[], WEEK).working.map(
    ({ from, to }) => `${toIso(from).slice(8, 16)} ${toIso(to).slice(11, 16)}`,
  );

test("somebody works by their own clock, breaks between", () => {
  expect(worked(raw())).toEqual(["24T08:00 11:00", "24T12:00 16:00", "25T08:00 16:00"]);
});

test("on a holiday they do not, unless they spoke about that day", () => {
  expect(worked(raw(), ["2026-11-25"])).toEqual(["24T08:00 11:00", "24T12:00 16:00"]);
  const spoken = raw({ overrides: [["2026-11-25" as CalendarDate, 600, 660]] });
  expect(worked(spoken, ["2026-11-25"])).toContain("25T09:00 10:00");
});

test("who travels works by the clock of where they are", () => {
  const day = "2026-11-25" as CalendarDate;
  expect(worked(raw({ travel: [[day, day, "Asia/Tokyo" as TimeZone]] }))).toContain(
    "25T00:00 08:00",
  );
});

test("somebody without hours never works", () => {
  expect(worked(raw({ hoursZone: null, hours: [] }))).toEqual([]);
});

const standing = (from: string, to: string, rest: Partial<RawPerson> = {}) =>
  standingOf(personDays(raw(rest), [], WEEK), span(from, to)).standing;

test("how somebody stands to a time is told by what weighs most", () => {
  const ten = [ms("24T09:00"), ms("24T10:00")] as const;
  const meeting = [...ten, "Roadmap"] as const;
  expect(standing("24T09:00", "24T10:00")).toBe("free");
  expect(standing("24T11:00", "24T12:00")).toBe("outside");
  expect(standing("24T05:00", "24T06:00")).toBe("night");
  // The last minutes are after eight in the evening.
  expect(standing("24T18:30", "24T19:15")).toBe("night");
  expect(standing("24T09:00", "24T10:00", { optional: [meeting] })).toBe("optional");
  expect(standing("24T09:00", "24T10:00", { elsewhere: [ten] })).toBe("elsewhere");
  expect(standing("24T09:30", "24T09:45", { elsewhere: [ten], meetings: [meeting] })).toBe("busy");
  expect(standing("24T09:00", "24T10:00", { away: [ten], meetings: [meeting] })).toBe("away");
  // Touching is not in the way.
  expect(standing("24T10:00", "24T11:00", { meetings: [meeting] })).toBe("free");
});

test("guests are taken to work from eight to six on weekdays, where they live", () => {
  const { working } = guestSought("g", "Asia/Tokyo" as TimeZone, WEEK);
  // The sixth is the next Monday, which begins in Tokyo while it is Sunday here.
  expect(working).toHaveLength(6);
  expect(working[1]).toEqual(span("23T23:00", "24T09:00"));
});

test("what goes over the wire comes back as it was", () => {
  const kinds: BusyKind[] = ["meeting", "elsewhere"];
  const people = [
    personDays(
      raw({
        meetings: [[ms("24T09:00"), ms("24T10:00"), null]],
        elsewhere: [[ms("24T11:00"), ms("24T12:00")]],
      }),
      [],
      WEEK,
    ),
  ];
  expect(people[0]?.busy.map(({ kind }) => kind)).toEqual(kinds);
  const there = { people, rooms: [] };
  expect(freeBusyOf(JSON.parse(JSON.stringify(freeBusyOnWire(there))))).toEqual(there);
});
