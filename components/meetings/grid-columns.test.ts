import { describe, expect, it } from "vitest";
import type { MeetingId, UserId } from "@/lib/ids";
import type { CalendarBlock, CalendarSurroundings } from "@/lib/meetings/core/calendar";
import { instant } from "@/lib/testing/factories/meeting-row";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import type { CalendarAsked } from "./calendar-address";
import { columnsOf } from "./grid-columns";

const ana = "ana" as UserId;
const ken = "ken" as UserId;
const berlin = parseTimeZone("Europe/Berlin") ?? UTC;
const tokyo = parseTimeZone("Asia/Tokyo") ?? UTC;

const NOTHING: CalendarSurroundings = { people: [], away: [], stays: [], holidays: [], taken: [] };

const block = (start: string, end: string, personId = ana): CalendarBlock => ({
  key: `${personId}-${start}`,
  personId,
  id: start as MeetingId,
  version: 1,
  subject: "Review",
  status: "confirmed",
  start: instant(start),
  end: instant(end),
  kind: "colleagues",
  hostName: "Ana Lim",
  place: null,
  online: false,
  guestZone: null,
  required: true,
  answer: "accepted",
  others: 1,
  repeats: false,
  roomReleased: false,
  movable: true,
});

const shown = (
  asked: Partial<CalendarAsked>,
  given: {
    blocks?: readonly CalendarBlock[];
    around?: Partial<CalendarSurroundings>;
    people?: readonly UserId[];
    now?: string;
  } = {},
) =>
  columnsOf({
    asked: {
      view: "week",
      date: "2026-11-19" as CalendarDate,
      zone2: undefined,
      people: [],
      allHours: false,
      open: undefined,
      ...asked,
    },
    blocks: given.blocks ?? [],
    around: { ...NOTHING, ...given.around },
    people: given.people ?? [ana],
    reader: { zone: berlin, locale: "en", hourCycle: 24 },
    viewerId: ana,
    weekStart: 1,
    now: instant(given.now ?? "2026-11-18T12:00:00Z"),
  });

describe("the columns of a week", () => {
  it("are seven, with narrow weekends where nobody works, and as wide as others where somebody does", () => {
    const idle = shown({}).columns;
    expect(idle.map(({ narrow }) => narrow)).toEqual([...Array(5).fill(false), true, true]);
    expect(idle.filter(({ today }) => today).map(({ date }) => date)).toEqual(["2026-11-18"]);
    const busy = shown({}, { blocks: [block("2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z")] });
    expect(busy.columns.map(({ narrow }) => narrow).slice(5)).toEqual([false, true]);
  });

  it("keep the evening apart, so that it takes no width from the day", () => {
    const late = block("2026-11-19T19:30:00Z", "2026-11-19T20:30:00Z");
    const long = block("2026-11-19T18:00:00Z", "2026-11-19T21:00:00Z");
    const thursday = shown({}, { blocks: [long, late] }).columns[3];
    expect(thursday?.later).toEqual([late]);
    expect(thursday?.placed).toMatchObject([{ lane: 0, lanes: 1 }]);
    const all = shown({ allHours: true }, { blocks: [long, late] }).columns[3];
    expect(all?.later).toEqual([]);
    expect(all?.placed).toHaveLength(2);
  });

  it("shade the hour that never comes, and set meetings of the hour that comes twice side by side", () => {
    const spring = shown({ date: "2026-03-29" as CalendarDate, allHours: true }).columns[6];
    expect(spring?.shades).toEqual([{ kind: "gap", from: 120, to: 180 }]);
    const blocks = [
      block("2026-10-25T00:00:00Z", "2026-10-25T00:45:00Z"),
      block("2026-10-25T01:00:00Z", "2026-10-25T01:45:00Z"),
    ];
    const autumn = shown({ date: "2026-10-25" as CalendarDate, allHours: true }, { blocks });
    expect(
      autumn.columns[6]?.placed.map(({ fromMinute, lane, lanes }) => [fromMinute, lane, lanes]),
    ).toEqual([
      [120, 0, 2],
      [120, 1, 2],
    ]);
    const alone = shown(
      { view: "day", date: "2026-10-25" as CalendarDate, allHours: true },
      { blocks },
    );
    expect(alone.hours).toEqual({ first: 0, last: 25 });
    expect(alone.columns[0]?.placed.map(({ fromMinute, lanes }) => [fromMinute, lanes])).toEqual([
      [120, 1],
      [180, 1],
    ]);
  });
});

describe("people side by side", () => {
  const people = [
    { id: ana, name: "Ana Lim", zone: berlin, photoId: null },
    { id: ken, name: "Ken Mori", zone: tokyo, photoId: null },
  ];
  it("have a column each, with their own meetings, nights, absences and what is taken elsewhere", () => {
    const { columns } = shown(
      { view: "people" },
      {
        people: [ana, ken],
        blocks: [block("2026-11-19T09:00:00Z", "2026-11-19T10:00:00Z", ken)],
        around: {
          people,
          away: [
            {
              personId: ana,
              name: "Ana Lim",
              from: instant("2026-11-19T11:00:00Z"),
              to: instant("2026-11-25T00:00:00Z"),
            },
          ],
          taken: [
            {
              personId: ken,
              from: instant("2026-11-19T07:00:00Z"),
              to: instant("2026-11-19T08:00:00Z"),
            },
          ],
        },
      },
    );
    const [hers, his] = columns;
    expect(hers?.placed).toEqual([]);
    expect(his?.placed).toHaveLength(1);
    expect(hers?.shades).toContainEqual({ kind: "away", from: 720, to: 1440 });
    expect(his?.shades).toContainEqual({ kind: "taken", from: 480, to: 540 });
    // From eight in the evening to seven in the morning in Tokyo, on Berlin's clock.
    expect(his?.shades.filter(({ kind }) => kind === "night")).toEqual([
      { kind: "night", from: 720, to: 1380 },
    ]);
  });
});
