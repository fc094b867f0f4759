import { v7 as newId } from "uuid";
import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { insertRows } from "@/lib/db/rows";
import type { MeetingId, UserId, WorkspaceId } from "@/lib/ids";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { instantOf, toIso } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import { listConflicts } from "../reads/conflicts";
import { findMeeting } from "../reads/meeting";
import { meetingChanges, meetingInput } from "../schema";
import { confirmMeeting } from "./answer-request";
import { cancelMeeting } from "./cancel-meeting";
import { closeMeeting } from "./close-meeting";
import { editMeeting } from "./edit-meeting";
import { makeMeeting } from "./make-meeting";
import { backToDraft } from "./reopen-meeting";
import { undoMove } from "./undo-move";

const START = "2026-11-25T05:00:00Z";
const END = "2026-11-25T06:00:00Z";

const memberOf = (person: Person, groups: Member["groups"] = ["meeting_user"]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

async function scene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const person = (name: string, zone = "UTC") => makePerson(house.db, workspaceId, { name, zone });
  const [ana, ben, cleo] = await Promise.all([
    person("Ana Lim", "Asia/Singapore"),
    person("Ben Ode"),
    person("Cleo Rost"),
  ]);
  const room = await makeRoom(house.db, workspaceId, { name: "Orchid" });
  return { workspaceId, ana, ben, cleo, room };
}

type Asked = Partial<Parameters<typeof meetingInput.parse>[0]> & Record<string, unknown>;

const make = (house: House, host: Person, given: Asked = {}, confirm = true) =>
  makeMeeting(
    {
      actor: memberOf(host),
      input: meetingInput.parse({ subject: "Roadmap", start: START, end: END, ...given }),
      confirm,
    },
    house,
  );

async function made(
  house: House,
  host: Person,
  given: Asked = {},
  confirm = true,
): Promise<Meeting> {
  const result = await make(house, host, given, confirm);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return read(house, result.value);
}

async function read(house: House, { workspaceId, id }: Pick<Meeting, "workspaceId" | "id">) {
  const meeting = await findMeeting(house.db, { workspaceId, id });
  if (meeting === undefined) throw new Error("no meeting");
  return meeting;
}

const mails = async (house: House, meetingId: string, event: string) =>
  (
    await house.db.mailMessage.findMany({
      where: { meetingId, event, state: { not: "suppressed" } },
    })
  )
    .map(({ toEmail }) => toEmail)
    .sort();

test("a confirmed meeting takes host, required colleagues and rooms, invites everybody and gives each a task", async ({
  house,
}) => {
  const { ana, ben, cleo, room } = await scene(house);
  const meeting = await made(house, ana, {
    people: [{ userId: ben.id }, { userId: cleo.id, required: false }],
    guests: [{ name: "Lukas", email: "Lukas@halden.example", zone: "Europe/Oslo" }],
    roomIds: [room.id],
    agenda: "Where we are",
    attachments: [{ title: "Plan", url: "https://files.example/plan" }],
  });
  expect(meeting.state).toBe("confirmed");
  expect(meeting.claims.map(({ resourceId }) => resourceId).sort()).toEqual(
    [ana.resourceId, ben.resourceId, room.resourceId].sort(),
  );
  expect(await mails(house, meeting.id, "confirmed")).toEqual(
    [ana.email, ben.email, cleo.email, "lukas@halden.example"].sort(),
  );
  expect(await house.db.task.count({ where: { meetingId: meeting.id } })).toBe(3);
  expect(meeting.attachments).toEqual([{ title: "Plan", url: "https://files.example/plan" }]);
});

test("a draft takes nothing and tells nobody; confirming it takes what is still free", async ({
  house,
}) => {
  const { ana, ben } = await scene(house);
  const draft = await made(house, ana, { people: [{ userId: ben.id }] }, false);
  expect([draft.state, draft.claims.length]).toEqual(["draft", 0]);
  expect(await house.db.mailMessage.count({ where: { meetingId: draft.id } })).toBe(0);
  await made(house, ben, { subject: "Meanwhile" });
  const refused = await confirmMeeting({ actor: memberOf(ana), meeting: draft }, house);
  expect(refused).toEqual({ ok: false, refusal: "slot-taken" });
  const moved = await editMeeting(
    {
      actor: memberOf(ana),
      meeting: draft,
      input: meetingChanges.parse({ start: "2026-11-25T07:00:00Z", end: "2026-11-25T08:00:00Z" }),
    },
    house,
  );
  if (!moved.ok) throw new Error(moved.refusal.reason);
  const confirmed = await confirmMeeting(
    { actor: memberOf(ana), meeting: await read(house, draft) },
    house,
  );
  expect(confirmed.ok).toBe(true);
});

test("a clash names who and what, keeps private subjects to itself, and offers times that are really free", async ({
  house,
}) => {
  const { ana, ben, cleo, room } = await scene(house);
  await made(house, ben, { subject: "Salary talk", visibility: "private" });
  await made(house, cleo, { subject: "Board", roomIds: [room.id] });
  const refused = await make(house, ana, {
    people: [{ userId: ben.id }, { userId: cleo.id, required: false }],
    roomIds: [room.id],
  });
  if (refused.ok) throw new Error("was made");
  const { conflicts, nextStarts } = refused.refusal;
  expect(
    conflicts.map(({ kind, name, required, subject, why }) => ({
      kind,
      name,
      required,
      subject,
      why,
    })),
  ).toEqual(
    expect.arrayContaining([
      { kind: "person", name: "Ben Ode", required: true, subject: null, why: "meeting" },
      { kind: "room", name: "Orchid", required: true, subject: "Board", why: "meeting" },
      { kind: "person", name: "Cleo Rost", required: false, subject: "Board", why: "meeting" },
    ]),
  );
  expect(conflicts).toHaveLength(3);
  const [next] = nextStarts;
  if (next === undefined) throw new Error("nothing offered");
  const again = await make(house, ana, {
    people: [{ userId: ben.id }],
    roomIds: [room.id],
    start: toIso(next),
    end: toIso(instantOf(next + 3_600_000)),
  });
  expect(again.ok).toBe(true);
});

test("a room is had within its opening hours only, and what is offered instead lies within them", async ({
  house,
}) => {
  const { ana, room, workspaceId } = await scene(house);
  // Open 13:30 to 15:00 in Singapore: 05:30 to 07:00 UTC.
  await insertRows(house.db, [
    {
      table: "room_hours",
      rows: [1, 2, 3, 4, 5].map((day) => ({
        workspace_id: workspaceId,
        room_id: room.id,
        id: newId(),
        day,
        from_minute: 810,
        to_minute: 900,
      })),
    },
  ]);
  const refused = await make(house, ana, { roomIds: [room.id] });
  if (refused.ok) throw new Error("was made");
  const { conflicts, nextStarts } = refused.refusal;
  expect(conflicts.map(({ kind, name, why }) => [kind, name, why])).toEqual([
    ["room", "Orchid", "closed"],
  ]);
  expect(nextStarts.map(toIso)).toEqual([
    "2026-11-25T05:30:00.000Z",
    "2026-11-25T05:45:00.000Z",
    "2026-11-25T06:00:00.000Z",
  ]);
  const open = { start: "2026-11-25T06:00:00Z", end: "2026-11-25T07:00:00Z" };
  expect((await make(house, ana, { roomIds: [room.id], ...open })).ok).toBe(true);
});

test("an optional colleague who is busy is a warning, not a refusal", async ({ house }) => {
  const { ana, ben } = await scene(house);
  await made(house, ben);
  expect((await make(house, ana, { people: [{ userId: ben.id, required: false }] })).ok).toBe(true);
});

test("people who come are invited, who leaves is told CANCEL, the others are told; the history says what differs", async ({
  house,
}) => {
  const { ana, ben, cleo, room } = await scene(house);
  const meeting = await made(house, ana, {
    people: [{ userId: ben.id }],
    guests: [{ name: "Mika", email: "mika@kaminari.example" }],
  });
  const edited = await editMeeting(
    {
      actor: memberOf(ana),
      meeting,
      input: meetingChanges.parse({
        people: [{ userId: cleo.id, coHost: true }],
        roomIds: [room.id],
      }),
    },
    house,
  );
  if (!edited.ok) throw new Error(JSON.stringify(edited.refusal));
  expect(await mails(house, meeting.id, "removed")).toEqual([ben.email]);
  expect(await mails(house, meeting.id, "updated")).toEqual(
    [ana.email, "mika@kaminari.example"].sort(),
  );
  expect(await mails(house, meeting.id, "confirmed")).toContain(cleo.email);
  const now = await read(house, meeting);
  expect([now.sequence, now.uid]).toEqual([meeting.sequence + 1, meeting.uid]);
  expect(now.attendees.map(({ name }) => name).sort()).toEqual(["Ana Lim", "Cleo Rost", "Mika"]);
  expect(now.claims.map(({ resourceId }) => resourceId).sort()).toEqual(
    [ana.resourceId, cleo.resourceId, room.resourceId].sort(),
  );
  const event = await house.db.meetingEvent.findFirst({
    where: { meetingId: meeting.id, kind: "edited" },
  });
  expect(event?.details).toEqual({
    changes: [
      { field: "rooms", before: null, after: "Orchid, Singapore" },
      { field: "people", before: null, after: "Cleo Rost (co-host)" },
      { field: "people", before: "Ben Ode", after: null },
    ],
  });
  // A co-host does what the host does; the one who left does nothing any more.
  const cancelled = await cancelMeeting(
    { actor: memberOf(cleo), meeting: now, reason: "Ill" },
    house,
  );
  expect(cancelled.ok).toBe(true);
  await expect(
    cancelMeeting({ actor: memberOf(ben), meeting: now, reason: "No" }, house),
  ).rejects.toMatchObject({ words: "Access Denied: Only creator/host can cancel" });
});

test("a move that is taken back within seconds mails nobody and holds the old time again", async ({
  house,
}) => {
  const { ana, ben } = await scene(house);
  const meeting = await made(house, ana, { people: [{ userId: ben.id }] });
  const later = { start: "2026-11-25T09:00:00Z", end: "2026-11-25T10:30:00Z" };
  const input = meetingChanges.parse(later);
  const moved = await editMeeting({ actor: memberOf(ana), meeting, input, undoable: true }, house);
  expect(moved.ok).toBe(true);
  const there = await read(house, meeting);
  expect([toIso(instantOf(there.start)), there.sequence]).toEqual([toIso(at(later.start)), 1]);
  const stranger = await undoMove({ actor: memberOf(ben), meeting: there }, house).catch(
    (error) => error.name,
  );
  expect(stranger).toBe("AccessDenied");
  const soon = { ...house, now: () => instantOf(NOW + 5_000) };
  expect((await undoMove({ actor: memberOf(ana), meeting: there }, soon)).ok).toBe(true);
  const back = await read(house, meeting);
  expect([back.start, back.end, back.sequence]).toEqual([meeting.start, meeting.end, 0]);
  expect(await mails(house, meeting.id, "moved")).toEqual([]);
  const late = { ...house, now: () => instantOf(NOW + 60_000) };
  expect(await undoMove({ actor: memberOf(ana), meeting: back }, late)).toEqual({
    ok: false,
    refusal: "too-late",
  });
});

test("cancelled, made a draft again, confirmed again: the same file with a rising number", async ({
  house,
}) => {
  const { ana } = await scene(house);
  const meeting = await made(house, ana);
  const actor = memberOf(ana);
  await cancelMeeting({ actor, meeting, reason: "Ill" }, house);
  const cancelled = await read(house, meeting);
  expect(cancelled.claims).toEqual([]);
  expect((await backToDraft({ actor, meeting: cancelled }, house)).ok).toBe(true);
  const draft = await read(house, meeting);
  expect((await confirmMeeting({ actor, meeting: draft }, house)).ok).toBe(true);
  const again = await read(house, meeting);
  expect([again.state, again.uid, again.sequence]).toEqual(["confirmed", meeting.uid, 2]);
});

test("what became of a meeting is said once it has begun, and can be corrected", async ({
  house,
}) => {
  const { ana } = await scene(house);
  const meeting = await made(house, ana, {
    guests: [{ name: "Mika", email: "mika@kaminari.example" }],
  });
  const actor = memberOf(ana);
  expect(await closeMeeting({ actor, meeting, outcome: "done" }, house)).toEqual({
    ok: false,
    refusal: "not-begun",
  });
  const then = { ...house, now: () => at("2026-11-25T05:30:00Z") };
  expect((await closeMeeting({ actor, meeting, outcome: "no-show" }, then)).ok).toBe(true);
  const missed = await read(house, meeting);
  expect(missed.state).toBe("no_show");
  expect((await closeMeeting({ actor, meeting: missed, outcome: "done" }, then)).ok).toBe(true);
});

test("a colleague makes a meeting for a host: both run it, and the host is told", async ({
  house,
}) => {
  const { ana, ben } = await scene(house);
  const meeting = await made(house, ben, { hostId: ana.id });
  expect([meeting.hostId, meeting.creatorId]).toEqual([ana.id, ben.id]);
  expect(meeting.attendees.map(({ name, kind }) => [name, kind])).toEqual([["Ana Lim", "host"]]);
  const notice = await house.db.notification.findFirst({ where: { meetingId: meeting.id } });
  expect([notice?.userId, notice?.kind, notice?.detail]).toEqual([ana.id, "booked", "Ben Ode"]);
  const cancelled = await cancelMeeting({ actor: memberOf(ben), meeting, reason: "Ill" }, house);
  expect(cancelled.ok).toBe(true);
});

test("who is not here is named by field, and nothing is written", async ({ house }) => {
  const { ana, workspaceId } = await scene(house);
  const elsewhere = await makePerson(house.db, await makeWorkspace(house.db));
  const seller = await makePerson(house.db, workspaceId, { groups: ["crm_user"] });
  const refused = await make(house, ana, {
    hostId: seller.id,
    people: [{ userId: elsewhere.id }],
    roomIds: [newId()],
    virtualRoomId: newId(),
  });
  expect(refused).toMatchObject({
    ok: false,
    refusal: {
      reason: "invalid",
      fields: {
        hostId: expect.any(String),
        "people.0": expect.any(String),
        "roomIds.0": expect.any(String),
        virtualRoomId: expect.any(String),
      },
    },
  });
  expect(await house.db.meeting.count({ where: { workspaceId } })).toBe(0);
});

async function aVirtualRoom(house: House, workspaceId: string, seats: number) {
  const [id, account] = [newId(), newId()];
  const resources = Array.from({ length: seats }, () => newId());
  await insertRows(house.db, [
    {
      table: "virtual_room",
      rows: [
        {
          workspace_id: workspaceId,
          id,
          name: "Zoom",
          provider: "zoom",
          settings: {},
          credentials: "environment",
          is_default: false,
          active: true,
          version: 1,
          created_at: toIso(NOW),
        },
      ],
    },
    {
      table: "virtual_account",
      rows: [
        {
          workspace_id: workspaceId,
          id: account,
          virtual_room_id: id,
          name: "rooms@halden.example",
          active: true,
          position: 0,
        },
      ],
    },
    {
      table: "resource",
      rows: resources.map((resource) => ({
        workspace_id: workspaceId,
        id: resource,
        kind: "virtual_seat",
        user_id: null,
        name: "Zoom",
      })),
    },
    {
      table: "virtual_seat",
      rows: resources.map((resource_id, position) => ({
        workspace_id: workspaceId,
        account_id: account,
        position,
        resource_id,
        active: true,
      })),
    },
  ]);
  return { id, resources };
}

test("as many meetings are held at once in a virtual room as it has seats, also when they race", async ({
  house,
}) => {
  const { workspaceId } = await scene(house);
  const virtual = await aVirtualRoom(house, workspaceId, 3);
  const hosts = await Promise.all(
    Array.from({ length: 8 }, () => makePerson(house.db, workspaceId)),
  );
  const answers = await Promise.all(
    hosts.map((host) => make(house, host, { virtualRoomId: virtual.id })),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  const refused = answers.find(({ ok }) => !ok);
  if (refused === undefined || refused.ok) throw new Error("all were made");
  expect(refused.refusal.conflicts.map(({ kind, name }) => [kind, name])).toEqual([
    ["virtual-room", "Zoom"],
  ]);
  const seats = await house.db.meeting.findMany({
    where: { workspaceId },
    select: { seatResourceId: true },
  });
  expect(new Set(seats.map(({ seatResourceId }) => seatResourceId)).size).toBe(3);
});

test("a hundred events are checked by one statement", async ({ house }) => {
  const { workspaceId, ana, ben } = await scene(house);
  await made(house, ana);
  const events = Array.from({ length: 100 }, (_, index) => {
    const start = instantOf(at(START) + (index - 50) * 3_600_000);
    const end = instantOf(start + 3_600_000);
    return {
      key: String(index),
      start,
      end,
      pool: null,
      spans: [ana, ben].map(({ resourceId }) => ({
        resourceId: resourceId as never,
        from: start,
        to: end,
        required: true,
      })),
    };
  });
  let statements = 0;
  const counting = new Proxy(house.db, {
    get: (target, name) => {
      if (name === "$queryRaw") statements += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
  const reader = { workspaceId: workspaceId as WorkspaceId, userId: null, manages: true };
  const found = await listConflicts(counting, reader, events);
  expect([...found.keys()]).toEqual(["50"]);
  expect(statements).toBe(1);
});

test("the meeting whose id is asked for in another workspace is not there", async ({ house }) => {
  const { ana } = await scene(house);
  const meeting = await made(house, ana);
  const elsewhere = (await makeWorkspace(house.db)) as WorkspaceId;
  expect(
    await findMeeting(house.db, { workspaceId: elsewhere, id: meeting.id as MeetingId }),
  ).toBeUndefined();
});
