import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { OutboundFetch } from "@/lib/http/outbound";
import { createOutbound } from "@/lib/http/outbound";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { editMeeting } from "@/lib/meetings/commands/edit-meeting";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { meetingChanges } from "@/lib/meetings/schema";
import type { CaldavServer } from "@/lib/testing/caldav-server";
import { startCaldavServer } from "@/lib/testing/caldav-server";
import { getMeeting, makeStaffMeeting, memberOf } from "@/lib/testing/factories/staff-meeting";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { addCalendars } from "../commands/add-calendars";
import { changeCalendar, removeCalendar } from "../commands/change-calendar";
import { calendarsPolicy } from "../policy";
import { listBusy, listCalendars } from "../reads/calendars";
import { followInCalendars } from "./follow-meeting";
import { handleReadCalendar } from "./read-calendar";
import { handleWriteCopy } from "./write-copy";

let server: CaldavServer;
let fetch: OutboundFetch;
let close: () => Promise<void>;
let calendars = 0;

beforeAll(async () => {
  server = await startCaldavServer();
  const outbound = createOutbound({ trustedOrigins: [server.url], timeoutMs: 2000 });
  ({ close } = outbound);
  // A server that says nothing is waited for this long only.
  fetch = (address, init) => outbound.fetch(address, { ...init, timeoutMs: 1000 });
});
afterAll(async () => {
  await close();
  await server.close();
});

const HOUR = "2026-11-25T05:00:00Z";

async function scene(house: House) {
  calendars += 1;
  const url = await server.makeCalendar(`Meridian-${calendars}`);
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makePerson(house.db, workspaceId, { name: "Ana Lim" });
  const ben = await makePerson(house.db, workspaceId, { name: "Ben Ode" });
  const owner = { workspaceId, userId: ana.id };
  const grant = calendarsPolicy.authorize(memberOf(ana), "calendars.own", owner);
  const { user, password } = server;
  const secret = { kind: "caldav", url, user, password } as const;
  await addCalendars([{ name: "Meridian", secret, blocks: true, writes: true }], grant, house);
  const [calendar] = await listCalendars(house.db, owner);
  const id = calendar?.id ?? "";
  const deps = { ...house, fetch };
  /** The jobs that were asked for, in order, as the worker would do them. */
  const work = async (): Promise<void> => {
    const orders = await house.db.$queryRaw<{ id: string; data: never }[]>`
      DELETE FROM pgboss.job WHERE name = 'calendars.write' AND data->>'calendarId' = ${id}
      RETURNING id, data`;
    for (const { data } of orders) await handleWriteCopy(data, deps);
  };
  const follow = async ({ id: meetingId }: Pick<Meeting, "id">) => {
    await followInCalendars({ workspaceId, meetingId }, deps);
    await work();
  };
  const read = async () => {
    await handleReadCalendar({ workspaceId, calendarId: id }, deps);
    await work();
  };
  /** What stands at the server: the UID and start of each event. */
  const stands = async () =>
    [...(await server.list(url)).values()].map((text) => {
      const calendarFile = new ICAL.Component(ICAL.parse(text));
      const event = new ICAL.Event(calendarFile.getFirstSubcomponent("vevent") ?? undefined);
      return `${event.uid} ${event.startDate.toJSDate().toISOString()}`;
    });
  const row = async () => (await listCalendars(house.db, owner))[0];
  return { workspaceId, ana, ben, owner, grant, id, url, deps, follow, read, work, stands, row };
}

async function move(
  house: House,
  { ana }: { ana: Parameters<typeof memberOf>[0] },
  meeting: Meeting,
  start: string,
) {
  const stands = await getMeeting(house, meeting);
  const end = new Date(Date.parse(start) + 3_600_000).toISOString();
  const input = meetingChanges.parse({ start, end });
  const moved = await editMeeting(
    { actor: memberOf(ana), meeting: stands, version: stands.version, input },
    house,
  );
  if (!moved.ok) throw new Error(JSON.stringify(moved.refusal));
}

const cancel = async (
  house: House,
  { ana }: { ana: Parameters<typeof memberOf>[0] },
  meeting: Meeting,
) => {
  const stands = await getMeeting(house, meeting);
  const { version } = stands;
  await cancelMeeting({ actor: memberOf(ana), meeting: stands, version, reason: "Ill" }, house);
};

const standing = ({ uid }: Meeting, start: string) => `${uid} ${new Date(start).toISOString()}`;

describe("a meeting in its host's own calendar", () => {
  test("is written, changed in place when it moves, and gone when it is cancelled", async ({
    house,
  }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    await at.follow(meeting);
    expect(await at.stands()).toEqual([standing(meeting, HOUR)]);
    await move(house, at, meeting, "2026-11-26T05:00:00Z");
    await at.follow(meeting);
    expect(await at.stands()).toEqual([standing(meeting, "2026-11-26T05:00:00Z")]);
    expect((await at.row())?.copies).toEqual({ made: 1, waiting: 0, cause: null });
    await cancel(house, at, meeting);
    await at.follow(meeting);
    expect(await at.stands()).toEqual([]);
    expect(await house.db.externalCopy.count({ where: { calendarId: at.id } })).toBe(0);
  });

  test("is nobody else's: not an attendee's, and after a hand-over not its former host's", async ({
    house,
  }) => {
    const at = await scene(house);
    const bens = await makeStaffMeeting(house, at.ben, {
      start: HOUR,
      people: [{ userId: at.ana.id }],
    });
    await at.follow(bens);
    expect(await at.stands()).toEqual([]);
    const anas = await makeStaffMeeting(house, at.ana, { start: "2026-11-27T05:00:00Z" });
    await at.follow(anas);
    expect(await at.stands()).toHaveLength(1);
    await house.db
      .$executeRaw`UPDATE meeting SET host_id = ${at.ben.id}::uuid, version = version + 1 WHERE id = ${anas.id}::uuid`;
    await at.follow(anas);
    expect(await at.stands()).toEqual([]);
  });

  test("is not taken for somebody else's busy time", async ({ house }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    await at.follow(meeting);
    const theirs = (await server.list(at.url)).values().next().value ?? "";
    const other = theirs.replace(meeting.uid, "dentist").replaceAll("20261125T", "20261130T");
    await server.put(`${at.url}dentist.ics`, other);
    await at.read();
    const busy = await listBusy(house.db, { workspaceId: at.workspaceId, id: at.id });
    expect(busy.map(({ from }) => new Date(from).toISOString())).toEqual([
      "2026-11-30T05:00:00.000Z",
    ]);
  });

  test("comes to a calendar that was chosen later, and goes from the one before", async ({
    house,
  }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    await at.read();
    expect(await at.stands()).toEqual([standing(meeting, HOUR)]);
    const { user, password } = server;
    const next = await server.makeCalendar(`Next-${calendars}`);
    const secret = { kind: "caldav", url: next, user, password } as const;
    await addCalendars([{ name: "Next", secret, blocks: false, writes: true }], at.grant, house);
    await at.read();
    expect(await at.stands()).toEqual([]);
    const rows = await listCalendars(house.db, at.owner);
    expect(rows.map(({ name, writes }) => [name, writes])).toEqual([
      ["Meridian", false],
      ["Next", true],
    ]);
  });
});

describe("whatever goes wrong", () => {
  test("a lost answer leaves one event, and no second one", async ({ house }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    server.misbehave({ on: "PUT", kind: "lost-answer" });
    await at.follow(meeting);
    expect((await at.row())?.copies).toMatchObject({ made: 0, waiting: 1, cause: "no-answer" });
    await at.work();
    expect(await at.stands()).toEqual([standing(meeting, HOUR)]);
    server.misbehave({ on: "PUT", kind: "lost-answer" });
    await move(house, at, meeting, "2026-11-26T05:00:00Z");
    await at.follow(meeting);
    await at.work();
    expect(await at.stands()).toEqual([standing(meeting, "2026-11-26T05:00:00Z")]);
    expect((await at.row())?.copies).toEqual({ made: 1, waiting: 0, cause: null });
  });

  test("what somebody changed there meanwhile is written over, and what they deleted comes back", async ({
    house,
  }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    await at.follow(meeting);
    const [[name, text]] = [...(await server.list(at.url))] as [[string, string]];
    await server.put(`${at.url}${name}`, text.replace("SUMMARY:Roadmap", "SUMMARY:Mine"));
    await move(house, at, meeting, "2026-11-26T05:00:00Z");
    await at.follow(meeting);
    expect(await at.stands()).toEqual([standing(meeting, "2026-11-26T05:00:00Z")]);
    await server.remove(`${at.url}${name}`);
    await move(house, at, meeting, "2026-11-27T05:00:00Z");
    await at.follow(meeting);
    expect(await at.stands()).toEqual([standing(meeting, "2026-11-27T05:00:00Z")]);
    await server.remove(`${at.url}${name}`);
    await cancel(house, at, meeting);
    await at.follow(meeting);
    expect(await house.db.externalCopy.count({ where: { calendarId: at.id } })).toBe(0);
  });

  test("two jobs at once leave the meeting as it is now", async ({ house }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    const order = {
      workspaceId: at.workspaceId,
      calendarId: at.id,
      meetingId: meeting.id,
      tries: 0,
    };
    await Promise.all(Array.from({ length: 5 }, () => handleWriteCopy(order, at.deps)));
    expect(await at.stands()).toEqual([standing(meeting, HOUR)]);
    await Promise.all([
      handleWriteCopy(order, at.deps),
      move(house, at, meeting, "2026-11-26T05:00:00Z").then(() => handleWriteCopy(order, at.deps)),
      handleWriteCopy(order, at.deps),
    ]);
    expect(await at.stands()).toEqual([standing(meeting, "2026-11-26T05:00:00Z")]);
  });

  test("a server that is away, refuses or says nothing is waited for, and told", async ({
    house,
  }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    await server.sleep();
    await at.follow(meeting);
    expect((await at.row())?.copies.cause).toBe("no-answer");
    await server.wake();
    server.misbehave({ on: "PUT", kind: "status", status: 401 });
    await at.work();
    expect((await at.row())?.copies.cause).toBe("unauthorized");
    server.misbehave({ on: "PUT", kind: "status", status: 503, headers: { "retry-after": "600" } });
    await at.work();
    expect((await at.row())?.copies.cause).toBe("server-error");
    server.misbehave({ on: "PUT", kind: "hang" });
    await at.work();
    expect((await at.row())?.copies.cause).toBe("no-answer");
    expect(await at.stands()).toEqual([]);
    await at.work();
    expect(await at.stands()).toEqual([standing(meeting, HOUR)]);
    expect((await at.row())?.copies).toEqual({ made: 1, waiting: 0, cause: null });
  });

  test("a redirect to an inner address is not followed, and our password not sent there", async ({
    house,
  }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    server.misbehave({
      on: "PUT",
      kind: "status",
      status: 307,
      headers: { location: "http://127.0.0.1:1/x" },
    });
    await at.follow(meeting);
    expect((await at.row())?.copies.waiting).toBe(1);
    await at.work();
    expect(await at.stands()).toEqual([standing(meeting, HOUR)]);
  });

  test("what was given up on is written at the calendar's next reading", async ({ house }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    await at.read();
    expect(await at.stands()).toEqual([standing(meeting, HOUR)]);
    await cancel(house, at, meeting);
    await at.read();
    expect(await at.stands()).toEqual([]);
  });
});

describe("a calendar that is to have no meetings any more", () => {
  test.for([
    { copies: "delete", left: 0 },
    { copies: "leave", left: 1 },
  ] as const)(
    "keeps $left of them when its owner says $copies",
    async ({ copies, left }, { house }) => {
      const at = await scene(house);
      await makeStaffMeeting(house, at.ana, { start: HOUR });
      await at.read();
      const off = { id: at.id, blocks: true, writes: false, copies };
      expect((await changeCalendar(off, at.grant, house)).ok).toBe(true);
      await at.read();
      expect(await at.stands()).toHaveLength(left);
      expect(await house.db.externalCopy.count({ where: { calendarId: at.id } })).toBe(0);
    },
  );

  test("takes over what stands in it when it is added again", async ({ house }) => {
    const at = await scene(house);
    const meeting = await makeStaffMeeting(house, at.ana, { start: HOUR });
    await at.read();
    await removeCalendar({ id: at.id, copies: "leave" }, at.grant, house);
    expect(await at.stands()).toHaveLength(1);
    const { user, password } = server;
    const secret = { kind: "caldav", url: at.url, user, password } as const;
    await addCalendars([{ name: "Again", secret, blocks: false, writes: true }], at.grant, house);
    const [again] = await listCalendars(house.db, at.owner);
    await move(house, at, meeting, "2026-11-26T05:00:00Z");
    const order = {
      workspaceId: at.workspaceId,
      calendarId: again?.id ?? "",
      meetingId: meeting.id,
    };
    await handleWriteCopy({ ...order, tries: 0 }, at.deps);
    expect(await at.stands()).toEqual([standing(meeting, "2026-11-26T05:00:00Z")]);
  });

  test("is removed only after they are", async ({ house }) => {
    const at = await scene(house);
    await makeStaffMeeting(house, at.ana, { start: HOUR });
    await at.read();
    await removeCalendar({ id: at.id, copies: "delete" }, at.grant, house);
    expect(await listCalendars(house.db, at.owner)).toEqual([]);
    expect(await house.db.externalCalendar.count({ where: { id: at.id } })).toBe(1);
    await at.read();
    expect(await at.stands()).toEqual([]);
    expect(await house.db.externalCalendar.count({ where: { id: at.id } })).toBe(0);
  });
});
