import ICAL from "ical.js";
import { describe, expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { toIso } from "@/lib/time/instant";
import { parseMailFacts } from "../core/mail-facts";
import type { Meeting } from "../core/meeting";
import { seriesInput } from "../core/series-input";
import { renderMeetingMail } from "../mails/render-meeting-mail";
import { listSeriesMeetings } from "../reads/meeting";
import { findSeries } from "../reads/series";
import { meetingInput } from "../schema";
import { makeMeeting } from "./make-meeting";
import { makeSeries, previewSeries } from "./make-series";

const memberOf = (person: Person, groups: Member["groups"] = ["meeting_user"]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

async function scene(house: House) {
  const workspaceId = (await makeWorkspace(house.db)) as WorkspaceId;
  const person = (name: string, zone = "Europe/Berlin") =>
    makePerson(house.db, workspaceId, { name, zone });
  const [ana, ben, cleo] = await Promise.all([
    person("Ana Lim"),
    person("Ben Ode", "America/New_York"),
    person("Cleo Rost"),
  ]);
  const room = await makeRoom(house.db, workspaceId, { name: "Orchid" });
  return { workspaceId, ana, ben, cleo, room };
}

type Given = {
  readonly rule?: string;
  readonly choices?: readonly object[];
  readonly meeting?: Readonly<Record<string, unknown>>;
};

const inputOf = ({ rule = "FREQ=WEEKLY;BYDAY=TU;COUNT=10", choices = [], meeting = {} }: Given) =>
  seriesInput.parse({
    meeting: {
      subject: "Weekly review",
      start: "2027-02-02T08:00:00Z",
      end: "2027-02-02T08:45:00Z",
      ...meeting,
    },
    repeat: { rule, zone: "Europe/Berlin", choices },
  });

const make = (house: House, host: Person, given: Given = {}, confirm = true) =>
  makeSeries({ actor: memberOf(host), input: inputOf(given), confirm }, house);

async function made(house: House, host: Person, given: Given = {}, confirm = true) {
  const result = await make(house, host, given, confirm);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  const { id, workspaceId } = result.value.series;
  return { id, workspaceId, dates: await listSeriesMeetings(house.db, workspaceId, id) };
}

async function single(
  house: House,
  host: Person,
  [start, end]: readonly [string, string],
  more: object = {},
) {
  const input = meetingInput.parse({ subject: "Dentist", start, end, ...more });
  const result = await makeMeeting({ actor: memberOf(host), input, confirm: true }, house);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

const startsOf = (dates: readonly Meeting[]) =>
  dates.map(({ start }) => new Date(start).toISOString().slice(0, 16));

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

async function mailsOf(house: House, workspaceId: string) {
  const rows = await house.db.mailMessage.findMany({
    where: { workspaceId },
    orderBy: { createdAt: "asc" },
  });
  return Promise.all(
    rows.map(async (row) => {
      const facts = parseMailFacts(row.facts);
      return { to: row.toEmail, event: row.event, facts, mail: await renderMeetingMail(facts) };
    }),
  );
}

describe("a meeting that repeats", () => {
  test("is as many meetings, each taking everybody, and one mail for each reader", async ({
    house,
  }) => {
    const { workspaceId, ana, ben, room } = await scene(house);
    const { dates, id } = await made(house, ana, {
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
    const { workspaceId, ana, ben } = await scene(house);
    const { dates } = await made(house, ana, { meeting: { people: [{ userId: ben.id }] } });
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
    const { ana } = await scene(house);
    const { dates } = await made(house, ana, { rule: "FREQ=WEEKLY;BYDAY=TH;COUNT=2" });
    expect(startsOf(dates)).toEqual(["2027-02-04T08:00", "2027-02-11T08:00"]);
  });

  test("as a draft takes nothing and tells nobody", async ({ house }) => {
    const { workspaceId, ana } = await scene(house);
    await made(house, ana, {}, false);
    expect(await counts(house, workspaceId)).toMatchObject({
      meetings: 10,
      claims: 0,
      mails: 0,
      tasks: 0,
    });
  });

  test("is made by those who hold meetings", async ({ house }) => {
    const { workspaceId, ana } = await scene(house);
    const actor = memberOf(ana, ["crm_user"]);
    await expect(makeSeries({ actor, input: inputOf({}), confirm: true }, house)).rejects.toThrow(
      AccessDenied,
    );
    await expect(previewSeries({ actor, input: inputOf({}) }, house)).rejects.toThrow(AccessDenied);
    expect(await counts(house, workspaceId)).toEqual(NOTHING);
  });

  test("that cannot be held says why", async ({ house }) => {
    const { ana } = await scene(house);
    const why = async (given: Given) => {
      const result = await make(house, ana, given);
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
    const { workspaceId, ana, ben, cleo } = await scene(house);
    await single(house, ben, ["2027-02-09T08:30:00Z", "2027-02-09T09:00:00Z"]);
    await single(house, ben, ["2027-02-16T08:00:00Z", "2027-02-16T09:00:00Z"], {
      visibility: "private",
      subject: "Secret",
    });
    await single(house, cleo, ["2027-02-23T08:00:00Z", "2027-02-23T09:00:00Z"]);
    const before = await counts(house, workspaceId);
    const preview = await previewSeries(
      {
        actor: memberOf(ana),
        input: inputOf({
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
    const { workspaceId, ana, ben } = await scene(house);
    await single(house, ben, ["2027-04-06T07:00:00Z", "2027-04-06T07:30:00Z"]);
    const before = await counts(house, workspaceId);
    const result = await make(house, ana, { meeting: { people: [{ userId: ben.id }] } });
    expect(result).toMatchObject({
      ok: false,
      refusal: { reason: "conflict", dates: [{ at: at("2027-04-06T07:00:00Z") }] },
    });
    expect(await counts(house, workspaceId)).toEqual(before);
  });

  test("are left out, moved or held elsewhere as was chosen, and the file says so", async ({
    house,
  }) => {
    const { workspaceId, ana, ben, room } = await scene(house);
    const other = await makeRoom(house.db, workspaceId, { name: "Bamboo" });
    await single(house, ben, ["2027-02-09T08:30:00Z", "2027-02-09T09:00:00Z"]);
    await single(house, ben, ["2027-02-16T08:00:00Z", "2027-02-16T09:00:00Z"]);
    const cleo = await makePerson(house.db, workspaceId, { name: "Cleo" });
    await single(house, cleo, ["2027-02-23T08:00:00Z", "2027-02-23T09:00:00Z"], {
      roomIds: [room.id],
    });
    const { dates } = await made(house, ana, {
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
    const { workspaceId, ana } = await scene(house);
    const result = await make(house, ana, {
      choices: [{ at: "2027-02-09T08:00:00Z", do: "move", start: "2027-02-16T08:15:00Z" }],
    });
    expect(result).toMatchObject({ ok: false, refusal: { reason: "conflict" } });
    expect(await counts(house, workspaceId)).toEqual(NOTHING);
  });
});

test("400 dates of ten people are made in under two seconds", async ({ house }) => {
  const { workspaceId, ana, room } = await scene(house);
  const people = await Promise.all(
    Array.from({ length: 9 }, () => makePerson(house.db, workspaceId)),
  );
  const began = performance.now();
  const { dates } = await made(house, ana, {
    rule: "FREQ=DAILY;COUNT=400",
    meeting: { people: people.map(({ id }) => ({ userId: id })), roomIds: [room.id] },
  });
  const ms = performance.now() - began;
  expect(dates).toHaveLength(400);
  expect(await counts(house, workspaceId)).toMatchObject({ claims: 4_400, mails: 10 });
  // Two seconds on an idle machine; the suite shares it with others.
  expect(ms).toBeLessThan(8_000);
});
