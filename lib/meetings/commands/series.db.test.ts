import ICAL from "ical.js";
import { describe, expect } from "vitest";
import { AccessDenied } from "@/lib/access/policy";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { GivenSeries } from "@/lib/testing/factories/series";
import {
  mailsOf,
  makeSingle,
  makeTestSeries,
  memberOf,
  seriesInputOf,
  seriesScene,
  startsOf,
  tryingSeries,
} from "@/lib/testing/factories/series";
import { makePerson } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { toIso } from "@/lib/time/instant";
import { findSeries } from "../reads/series";
import { makeSeries, previewSeries } from "./make-series";

const counts = async (house: House, workspaceId: string) => {
  const where = { workspaceId };
  const [meetings, claims, attendees, mails, events, tasks, series] = await Promise.all([
    house.db.meeting.count({ where }),
    house.db.meetingClaim.count({ where }),
    house.db.attendee.count({ where }),
    house.db.mailMessage.count({ where }),
    house.db.meetingEvent.count({ where }),
    house.db.task.count({ where }),
    house.db.meetingSeries.count({ where }),
  ]);
  return { meetings, claims, attendees, mails, events, tasks, series };
};

const NOTHING = { meetings: 0, claims: 0, attendees: 0, mails: 0, events: 0, tasks: 0, series: 0 };

describe("a meeting that repeats", () => {
  test("is as many meetings, each taking everybody, and one mail for each reader", async ({
    house,
  }) => {
    const { workspaceId, ana, ben, room } = await seriesScene(house);
    const { dates, id } = await makeTestSeries(house, ana, {
      meeting: { people: [{ userId: ben.id }], roomIds: [room.id] },
    });
    expect(startsOf(dates)).toEqual([
      "2027-02-02T08:00",
      "2027-02-09T08:00",
      "2027-02-16T08:00",
      "2027-02-23T08:00",
      "2027-03-02T08:00",
      "2027-03-09T08:00",
      "2027-03-16T08:00",
      "2027-03-23T08:00",
      // Summer time in Berlin: the same nine o'clock.
      "2027-03-30T07:00",
      "2027-04-06T07:00",
    ]);
    expect(await counts(house, workspaceId)).toEqual({
      meetings: 10,
      claims: 30,
      attendees: 20,
      mails: 2,
      events: 10,
      tasks: 20,
      series: 1,
    });
    expect(await findSeries(house.db, workspaceId, id)).toMatchObject({
      rule: { freq: "weekly", days: [2] },
      startsLocal: { date: "2027-02-02", minute: 540 },
      durationMinutes: 45,
      excluded: [],
      sequence: 0,
      version: 1,
    });
    expect(dates.every(({ state, invited }) => state === "confirmed" && invited)).toBe(true);
  });

  test("its mail says how it repeats, and its file has all of it", async ({ house }) => {
    const { workspaceId, ana, ben } = await seriesScene(house);
    const { dates } = await makeTestSeries(house, ana, {
      meeting: { people: [{ userId: ben.id }] },
    });
    const mails = await mailsOf(house, workspaceId);
    const toBen = mails.find(({ to }) => to === ben.email);
    expect(toBen?.mail.text).toContain("Repeats every Tuesday, 10 times");
    expect(toBen?.mail.text).toContain("Always at 09:00 on the clock in Berlin");
    expect(toBen?.mail.ics?.method).toBe("REQUEST");
    const file = new ICAL.Component(ICAL.parse(toBen?.mail.ics?.content ?? ""));
    for (const zone of file.getAllSubcomponents("vtimezone"))
      ICAL.TimezoneService.register(new ICAL.Timezone(zone));
    const [event] = file.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
    const steps = event?.iterator();
    const starts: number[] = [];
    for (let next = steps?.next(); next; next = steps?.next())
      starts.push(next.toUnixTime() * 1_000);
    ICAL.TimezoneService.reset();
    expect(starts).toEqual(dates.map(({ start }) => start));
    expect(event?.uid).toBe(dates[0]?.series?.uid);
    // The host is told, and has no file.
    expect(mails.find(({ to }) => to === ana.email)?.mail.ics).toBeUndefined();
  });

  test("begins on the first day of its own rule", async ({ house }) => {
    const { ana } = await seriesScene(house);
    const { dates } = await makeTestSeries(house, ana, { rule: "FREQ=WEEKLY;BYDAY=TH;COUNT=2" });
    expect(startsOf(dates)).toEqual(["2027-02-04T08:00", "2027-02-11T08:00"]);
  });

  test("as a draft takes nothing and tells nobody", async ({ house }) => {
    const { workspaceId, ana } = await seriesScene(house);
    await makeTestSeries(house, ana, {}, false);
    expect(await counts(house, workspaceId)).toMatchObject({
      meetings: 10,
      claims: 0,
      mails: 0,
      tasks: 0,
    });
  });

  test("is made by those who hold meetings", async ({ house }) => {
    const { workspaceId, ana } = await seriesScene(house);
    const actor = memberOf(ana, ["crm_user"]);
    await expect(
      makeSeries({ actor, input: seriesInputOf({}), confirm: true }, house),
    ).rejects.toThrow(AccessDenied);
    await expect(previewSeries({ actor, input: seriesInputOf({}) }, house)).rejects.toThrow(
      AccessDenied,
    );
    expect(await counts(house, workspaceId)).toEqual(NOTHING);
  });

  test("that cannot be held says why", async ({ house }) => {
    const { ana } = await seriesScene(house);
    const why = async (given: GivenSeries) => {
      const result = await tryingSeries(house, ana, given);
      return result.ok ? "made" : (result.refusal.fields?.repeat ?? result.refusal.reason);
    };
    expect(await why({ rule: "FREQ=DAILY;UNTIL=20290101T000000Z" })).toContain("at most 400 dates");
    expect(await why({ rule: "FREQ=MONTHLY;BYMONTHDAY=2;COUNT=60" })).toContain("three years");
    expect(await why({ rule: "FREQ=DAILY;UNTIL=20270101T000000Z" })).toContain("No date is left");
    expect(
      await why({
        rule: "FREQ=DAILY;COUNT=60",
        meeting: { end: "2027-02-03T08:00:00Z" },
      }),
    ).toContain("before the one before has ended");
    expect(
      await why({ meeting: { start: "2026-11-03T08:00:00Z", end: "2026-11-03T09:00:00Z" } }),
    ).toBe("slot-passed");
    expect(await why({ choices: [{ at: "2027-02-03T08:00:00Z", do: "skip" }] })).toContain(
      "Look at them again",
    );
  });
});

describe("dates that clash", () => {
  test("are named before anything is written, without private subjects", async ({ house }) => {
    const { workspaceId, ana, ben, cleo } = await seriesScene(house);
    await makeSingle(house, ben, ["2027-02-09T08:30:00Z", "2027-02-09T09:00:00Z"]);
    await makeSingle(house, ben, ["2027-02-16T08:00:00Z", "2027-02-16T09:00:00Z"], {
      visibility: "private",
      subject: "Secret",
    });
    await makeSingle(house, cleo, ["2027-02-23T08:00:00Z", "2027-02-23T09:00:00Z"]);
    const before = await counts(house, workspaceId);
    const preview = await previewSeries(
      {
        actor: memberOf(ana),
        input: seriesInputOf({
          meeting: { people: [{ userId: ben.id }, { userId: cleo.id, required: false }] },
        }),
      },
      house,
    );
    if (!preview.ok) throw new Error("refused");
    expect(preview.value.dates).toHaveLength(10);
    expect(
      preview.value.clashes.map(({ at: when, conflicts }) => [
        toIso(when).slice(0, 10),
        conflicts.map(({ name, subject, required }) => [name, subject, required]),
      ]),
    ).toEqual([
      ["2027-02-09", [["Ben Ode", "Dentist", true]]],
      ["2027-02-16", [["Ben Ode", null, true]]],
      ["2027-02-23", [["Cleo Rost", "Dentist", false]]],
    ]);
    expect(await counts(house, workspaceId)).toEqual(before);
  });

  test("keep the whole series from being made", async ({ house }) => {
    const { workspaceId, ana, ben } = await seriesScene(house);
    await makeSingle(house, ben, ["2027-04-06T07:00:00Z", "2027-04-06T07:30:00Z"]);
    const before = await counts(house, workspaceId);
    const result = await tryingSeries(house, ana, { meeting: { people: [{ userId: ben.id }] } });
    expect(result).toMatchObject({
      ok: false,
      refusal: { reason: "conflict", dates: [{ at: at("2027-04-06T07:00:00Z") }] },
    });
    expect(await counts(house, workspaceId)).toEqual(before);
  });

  test("are left out, moved or held elsewhere as was chosen, and the file says so", async ({
    house,
  }) => {
    const { workspaceId, ana, ben, room } = await seriesScene(house);
    const other = await makeRoom(house.db, workspaceId, { name: "Bamboo" });
    await makeSingle(house, ben, ["2027-02-09T08:30:00Z", "2027-02-09T09:00:00Z"]);
    await makeSingle(house, ben, ["2027-02-16T08:00:00Z", "2027-02-16T09:00:00Z"]);
    const cleo = await makePerson(house.db, workspaceId, { name: "Cleo" });
    await makeSingle(house, cleo, ["2027-02-23T08:00:00Z", "2027-02-23T09:00:00Z"], {
      roomIds: [room.id],
    });
    const { dates } = await makeTestSeries(house, ana, {
      meeting: { people: [{ userId: ben.id }], roomIds: [room.id] },
      choices: [
        { at: "2027-02-09T08:00:00Z", do: "skip" },
        { at: "2027-02-16T08:00:00Z", do: "move", start: "2027-02-17T10:00:00Z" },
        { at: "2027-02-23T08:00:00Z", do: "rooms", roomIds: [other.id] },
      ],
    });
    expect(startsOf(dates).slice(0, 4)).toEqual([
      "2027-02-02T08:00",
      "2027-02-17T10:00",
      "2027-02-23T08:00",
      "2027-03-02T08:00",
    ]);
    expect(dates).toHaveLength(9);
    expect(dates[2]?.rooms.map(({ name }) => name)).toEqual(["Bamboo"]);
    expect(dates.map(({ series }) => series?.detached)).toEqual([
      false,
      true,
      true,
      ...Array.from({ length: 6 }, () => false),
    ]);
    const toBen = (await mailsOf(house, workspaceId)).find(
      ({ to, facts }) => to === ben.email && facts.meeting.series !== undefined,
    );
    const text = toBen?.mail.ics?.content ?? "";
    expect(text).toContain("EXDATE;TZID=Europe/Berlin:20270209T090000\r\n");
    expect(text).toContain("RECURRENCE-ID;TZID=Europe/Berlin:20270216T090000\r\n");
    expect(text).toContain("DTSTART;TZID=Europe/Berlin:20270217T110000\r\n");
    expect(text).toContain("Bamboo");
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  });

  test("a date moved onto another of the same series clashes with it", async ({ house }) => {
    const { workspaceId, ana } = await seriesScene(house);
    const result = await tryingSeries(house, ana, {
      choices: [{ at: "2027-02-09T08:00:00Z", do: "move", start: "2027-02-16T08:15:00Z" }],
    });
    expect(result).toMatchObject({ ok: false, refusal: { reason: "conflict" } });
    expect(await counts(house, workspaceId)).toEqual(NOTHING);
  });
});

/** The same database, whose statements are counted. */
function counting(house: House): { readonly house: House; readonly statements: () => number } {
  let statements = 0;
  const db = house.db.$extends({
    query: {
      $allOperations: ({ args, query }) => {
        statements += 1;
        return query(args);
      },
    },
  }) as unknown as House["db"];
  return { house: { ...house, db }, statements: () => statements };
}

test("400 dates of ten people are made in as few statements as there are hundreds, and some", async ({
  house,
}) => {
  const { workspaceId, ana, room } = await seriesScene(house);
  const people = await Promise.all(
    Array.from({ length: 9 }, () => makePerson(house.db, workspaceId)),
  );
  const counted = counting(house);
  const meeting = { people: people.map(({ id }) => ({ userId: id })), roomIds: [room.id] };
  const result = await tryingSeries(counted.house, ana, { rule: "FREQ=DAILY;COUNT=400", meeting });
  expect(result.ok).toBe(true);
  expect(counted.statements()).toBeLessThanOrEqual(14);
  expect(await counts(house, workspaceId)).toEqual({
    meetings: 400,
    claims: 4_400,
    attendees: 4_000,
    mails: 10,
    events: 400,
    tasks: 4_000,
    series: 1,
  });
});
