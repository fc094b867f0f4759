import { describe, expect, test } from "vitest";
import type { HostId, RoomId } from "@/lib/ids";
import {
  at,
  daily,
  hostOf,
  queryOf,
  range,
  span,
  startsOf,
  why,
  zoneOf,
} from "@/lib/testing/slot-query";
import type { MinuteOfDay } from "@/lib/time/calendar-date";
import type { Interval } from "@/lib/time/interval";
import type { ResourceAvailability } from "./query";
import { availableSlots, explainSlot } from "./slots";

describe("the clock face", () => {
  const aroundTheClock = (window: Interval) =>
    queryOf({ window, now: at("2026-01-01T00:00Z"), hosts: [hostOf({ weekly: daily(0, 24) })] });

  test("Berlin has 25 hourly starts on 2026-10-25 and offers 02:00 twice", () => {
    const starts = startsOf(aroundTheClock(span("2026-10-24T22:00Z", "2026-10-25T23:00Z")));
    expect(starts).toHaveLength(25);
    expect(starts.slice(2, 4)).toEqual(["2026-10-25T00:00", "2026-10-25T01:00"]);
  });

  test("Berlin has 23 hourly starts on 2026-03-29", () => {
    const starts = startsOf(aroundTheClock(span("2026-03-28T23:00Z", "2026-03-29T22:00Z")));
    expect(starts).toHaveLength(23);
  });

  test("a start inside the gap is skipped and the wall-clock grid goes on", () => {
    const query = queryOf({
      window: span("2026-03-28T23:00Z", "2026-03-29T22:00Z"),
      now: at("2026-01-01T00:00Z"),
      intervalMinutes: 30,
      hosts: [hostOf({ weekly: daily(1, 4) })],
    });
    expect(startsOf(query)).toEqual(["2026-03-29T00:00", "2026-03-29T00:30", "2026-03-29T01:00"]);
  });

  test("hours that cross midnight belong to the day they start on", () => {
    const query = queryOf({
      hosts: [hostOf({ weekly: [{ day: 1, ...range(22, 2) }] })],
    });
    expect(startsOf(query)).toEqual([
      "2026-11-02T21:00",
      "2026-11-02T22:00",
      "2026-11-02T23:00",
      "2026-11-03T00:00",
      "2026-11-09T21:00",
      "2026-11-09T22:00",
      "2026-11-09T23:00",
    ]);
  });

  test("hours that end while the clock jumps end with the clock", () => {
    // Casey went from 00:01 straight to 03:01 on 2020-10-04; Saturday's night ends at 00:05.
    const host = hostOf({
      zone: zoneOf("Antarctica/Casey"),
      weekly: [{ day: 6, fromMinute: 1435 as MinuteOfDay, toMinute: 5 as MinuteOfDay }],
    });
    const query = queryOf({
      window: span("2020-10-03T00:00Z", "2020-10-04T00:00Z"),
      now: at("2020-10-01T00:00Z"),
      durationMinutes: 1,
      intervalMinutes: 5,
      hosts: [host],
    });
    expect(startsOf(query)).toEqual(["2020-10-03T15:55", "2020-10-03T16:00"]);
    expect(startsOf({ ...query, durationMinutes: 5 })).toEqual(["2020-10-03T15:55"]);
  });

  test("the day's grid is kept after a busy block", () => {
    const query = queryOf({
      window: span("2026-11-02T00:00Z", "2026-11-03T00:00Z"),
      durationMinutes: 45,
      hosts: [
        hostOf({ weekly: daily(9, 12), busy: [span("2026-11-02T08:00Z", "2026-11-02T08:15Z")] }),
      ],
    });
    expect(startsOf(query)).toEqual(["2026-11-02T08:45", "2026-11-02T09:30", "2026-11-02T10:15"]);
  });

  test("a window smaller than a meeting still offers the starts inside it", () => {
    const window = span("2026-11-02T10:00Z", "2026-11-02T10:01Z");
    expect(startsOf(queryOf({ window }))).toEqual(["2026-11-02T10:00"]);
    expect(startsOf(queryOf({ window: span("2026-11-02T10:01Z", "2026-11-02T10:59Z") }))).toEqual(
      [],
    );
  });
});

describe("teams and rooms", () => {
  const night = hostOf({ id: "noa" as HostId, weekly: daily(20, 23) });

  test("fixed hosts without common time offer nothing, whoever else is free", () => {
    const free = hostOf({ id: "zoe" as HostId, role: "one-of", weekly: daily(0, 24) });
    expect(startsOf(queryOf({ hosts: [hostOf(), night, free] }))).toEqual([]);
  });

  test("one-of hosts alone do not make up for a fixed one, nor a fixed one for them", () => {
    const oneOf = { ...night, role: "one-of" as const };
    expect(startsOf(queryOf({ hosts: [hostOf(), oneOf] }))).toEqual([]);
  });

  test("nobody to meet means nothing to offer", () => {
    expect(startsOf(queryOf({ hosts: [] }))).toEqual([]);
    expect(why(queryOf({ hosts: [] }), "2026-11-02T10:00Z")).toBe("closed");
  });

  test("fixed hosts of different zones meet from the moment the last of them arrives", () => {
    const delhi = hostOf({
      id: "dev" as HostId,
      zone: zoneOf("Asia/Kolkata"),
      weekly: daily(9, 17),
    });
    const window = span("2026-11-02T00:00Z", "2026-11-03T00:00Z");
    // 09:00–17:00 is 08:00–16:00 UTC in Berlin and 03:30–11:30 UTC in Kolkata.
    expect(startsOf(queryOf({ window, hosts: [delhi, hostOf()] }))).toEqual([
      "2026-11-02T08:00",
      "2026-11-02T09:00",
      "2026-11-02T10:00",
    ]);
  });

  test("rooms too small, closed or taken are not offered", () => {
    const window = span("2026-11-02T08:00Z", "2026-11-02T11:00Z");
    const rooms: ResourceAvailability[] = [
      { id: "nook" as RoomId, capacity: 2, busy: [] },
      {
        id: "hall" as RoomId,
        capacity: 50,
        busy: [span("2026-11-02T08:30Z", "2026-11-02T09:10Z")],
      },
      {
        id: "late" as RoomId,
        capacity: 9,
        busy: [],
        zone: zoneOf("Europe/Berlin"),
        weekly: daily(10, 12),
      },
    ];
    const query = queryOf({ window, rooms, attendees: 3 });
    expect(availableSlots(query).map((slot) => slot.roomIds)).toEqual([["late"], ["hall", "late"]]);
    expect(why(query, "2026-11-02T08:00Z")).toBe("busy");
    expect(why({ ...query, attendees: 51 }, "2026-11-02T10:00Z")).toBe("closed");
    expect(startsOf(queryOf({ window, rooms: [] }))).toEqual([]);
    expect(availableSlots(queryOf({ window })).every((slot) => !("roomIds" in slot))).toBe(true);
  });
});

describe("a refused start names its reason", () => {
  const query = queryOf({
    minimumNoticeMinutes: 24 * 60,
    horizon: { kind: "days", days: 5 },
    limits: [{ per: "day", count: 1 }],
    hosts: [
      hostOf({
        busy: [span("2026-11-03T10:00Z", "2026-11-03T11:00Z")],
        booked: [span("2026-11-04T10:00Z", "2026-11-04T11:00Z")],
      }),
    ],
  });

  test.each([
    ["2026-11-02T08:00Z", "too-soon"],
    ["2026-11-07T08:00Z", "too-far"],
    ["2026-11-03T07:00Z", "closed"],
    ["2026-11-03T15:30Z", "closed"],
    ["2026-11-03T12:15Z", "closed"],
    ["2026-11-03T10:00Z", "busy"],
    ["2026-11-04T12:00Z", "limit-reached"],
    ["2026-11-05T12:00Z", "on offer"],
  ])("%s is %s", (start, reason) => {
    expect(why(query, start)).toBe(reason);
  });

  test("of several hosts the one who came closest gives the reason", () => {
    const closed = hostOf({ id: "noa" as HostId, role: "one-of", weekly: [] });
    const busy = hostOf({ role: "one-of", busy: [span("2026-11-03T10:00Z", "2026-11-03T11:00Z")] });
    for (const hosts of [
      [closed, busy],
      [busy, closed],
    ])
      expect(why(queryOf({ hosts }), "2026-11-03T10:00Z")).toBe("busy");
  });

  test("off the grid is closed, and says so", () => {
    expect(explainSlot(query, at("2026-11-03T12:15Z"))).toEqual({
      ok: false,
      reason: "closed",
      detail: "off-grid",
    });
  });
});
