import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { receiveZoomEvent } from "@/lib/conferencing/commands/receive-zoom-event";
import { signatureOf } from "@/lib/conferencing/core/zoom-webhook";
import { bringSummary } from "@/lib/conferencing/jobs";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeOnlineRoom } from "@/lib/testing/factories/virtual-rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { cancelMeeting } from "../commands/cancel-meeting";
import { editMeeting } from "../commands/edit-meeting";
import { mailMinutes } from "../commands/mail-minutes";
import { makeMeeting } from "../commands/make-meeting";
import { writeMinutes } from "../commands/write-minutes";
import type { Meeting } from "../core/meeting";
import { blocksOf, textOf } from "../core/minutes";
import { findMeeting } from "../reads/meeting";
import { findMinutes } from "../reads/minutes";
import { listPage } from "../reads/rows";
import { meetingChanges, meetingInput } from "../schema";
import { handleBringSummary } from "./bring-summary";

const SECRET = "zoom-webhook-secret";

const memberOf = (person: Person, groups: Member["groups"] = ["meeting_user"]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

async function reread(house: House, { workspaceId, id }: Pick<Meeting, "workspaceId" | "id">) {
  const meeting = await findMeeting(house.db, { workspaceId, id });
  if (meeting === undefined) throw new Error("no meeting");
  return meeting;
}

let externalIds = 80_000_000_000;

/** A meeting at Zoom, with its host and a colleague. `own` gives the virtual room credentials of its own. */
async function scene(house: House, given: { readonly own?: string } = {}) {
  const workspaceId = await makeWorkspace(house.db);
  const [ana, ben, eve] = await Promise.all([
    makePerson(house.db, workspaceId, { name: "Ana Lim" }),
    makePerson(house.db, workspaceId, { name: "Ben Ode" }),
    makePerson(house.db, workspaceId, { name: "Eve Stone" }),
  ]);
  const virtualRoomId = await makeOnlineRoom(house, ana, {
    provider: "zoom",
    accounts: [{ name: "calls@halden.example", seats: 5 }],
    ...(given.own === undefined
      ? {}
      : {
          credentials: {
            accountId: "a",
            clientId: "b",
            clientSecret: "c",
            webhookSecret: given.own,
          },
        }),
  });
  const made = await makeMeeting(
    {
      actor: memberOf(ana),
      input: meetingInput.parse({
        subject: "Delivery plan",
        start: "2026-11-25T10:00:00Z",
        end: "2026-11-25T11:00:00Z",
        people: [{ userId: ben.id }],
        virtualRoomId,
      }),
      confirm: true,
    },
    house,
  );
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  const meeting = await reread(house, made.value);
  externalIds += 1;
  const externalId = String(externalIds);
  await house.db.onlineMeeting.updateMany({
    where: { workspaceId, id: meeting.online?.id ?? "" },
    data: { externalId, state: "ready", made: 1 },
  });
  return { workspaceId, ana, ben, eve, meeting, externalId };
}

const eventOf = (externalId: string, more: object = {}) => ({
  event: "meeting.summary_completed",
  event_ts: NOW,
  payload: {
    account_id: "abc",
    object: {
      meeting_id: Number(externalId),
      meeting_uuid: "/abc==",
      meeting_start_time: "2026-11-25T10:01:00Z",
      summary_title: "Delivery plan",
      summary_overview: 'We agreed on <b>dates</b>.<script>alert("x")</script>',
      summary_details: [{ label: "Dates", summary: "Cut-over on 5 December." }],
      next_steps: ["Ben Ode sends the list", "Book the room"],
      ...more,
    },
  },
});

async function receive(
  house: House,
  body: object,
  given: { readonly secret?: string; readonly sentAt?: number } = {},
) {
  const raw = Buffer.from(JSON.stringify(body));
  const timestamp = String(given.sentAt ?? Math.floor(NOW / 1_000));
  const signature = signatureOf(given.secret ?? SECRET, timestamp, raw);
  return receiveZoomEvent({ raw, headers: { timestamp, signature } }, { ...house, secret: SECRET });
}

const deps = (house: House) => ({
  ...house,
  open: async () => {
    throw new Error("the summary came with the event");
  },
});

/** Works on what the webhook queued about this meeting, as often as it was queued. */
async function work(house: House, externalId: string): Promise<number> {
  const jobs = await house.queue.findJobs<object>(bringSummary.name);
  const mine = jobs
    .map(({ data }) => bringSummary.payload.parse(data))
    .filter((payload) => payload.externalId === externalId);
  for (const payload of mine) await handleBringSummary(payload, deps(house));
  return mine.length;
}

const tasksOf = (house: House, meeting: Meeting) =>
  house.db.task.findMany({
    where: { meetingId: meeting.id, kind: "action" },
    orderBy: { title: "asc" },
  });

test("a summary becomes minutes without a tag, and what was agreed tasks: of whom it names, else the host", async ({
  house,
}) => {
  const { ana, ben, meeting, externalId } = await scene(house);
  expect(await receive(house, eventOf(externalId))).toEqual({ status: 200, body: {} });
  expect(await work(house, externalId)).toBe(1);
  const minutes = await findMinutes(house.db, meeting);
  expect(minutes?.source).toBe("provider");
  expect(minutes?.body).not.toMatch(/script|alert|<b>/);
  expect(textOf(blocksOf(minutes?.body ?? ""))).toBe(
    "We agreed on dates.\n\n# Dates\n\nCut-over on 5 December.\n\n# Next steps\n\n- Ben Ode sends the list\n- Book the room",
  );
  expect((await tasksOf(house, meeting)).map(({ title, userId }) => [title, userId])).toEqual([
    ["Ben Ode sends the list", ben.id],
    ["Book the room", ana.id],
  ]);
  const notices = await house.db.notification.findMany({
    where: { meetingId: meeting.id, kind: "summary-ready" },
  });
  expect(notices.map(({ userId }) => userId)).toEqual([ana.id]);
});

test("the same event again is taken and not worked on; another delivery of it doubles no task", async ({
  house,
}) => {
  const { meeting, externalId } = await scene(house);
  const event = eventOf(externalId);
  await receive(house, event);
  expect((await receive(house, event)).status).toBe(200);
  // Zoom's own retry differs in when it says that it happened.
  await receive(house, { ...event, event_ts: NOW + 1 });
  expect(await work(house, externalId)).toBe(2);
  expect(await tasksOf(house, meeting)).toHaveLength(2);
  const events = await house.db.meetingEvent.count({
    where: { meetingId: meeting.id, kind: "summary-arrived" },
  });
  expect(events).toBe(1);
});

test("what is not signed by Zoom, or sent again later, is refused without a word", async ({
  house,
}) => {
  const { externalId } = await scene(house);
  const event = eventOf(externalId);
  expect(await receive(house, event, { secret: "guessed" })).toEqual({ status: 401 });
  const old = Math.floor(NOW / 1_000) - 301;
  expect(await receive(house, event, { sentAt: old })).toEqual({ status: 401 });
  const raw = Buffer.from("{");
  const headers = { timestamp: "1", signature: "v0=00" };
  expect(await receiveZoomEvent({ raw, headers }, { ...house, secret: SECRET })).toEqual({
    status: 400,
  });
  expect(await work(house, externalId)).toBe(0);
});

test("Zoom's question is answered, signed or not, with the secret that fits", async ({ house }) => {
  const body = {
    event: "endpoint.url_validation",
    payload: { plainToken: "qgg8vlvZRS6UYooatFL8Aw" },
  };
  const signed = await receive(house, body);
  expect(signed.body).toMatchObject({ plainToken: "qgg8vlvZRS6UYooatFL8Aw" });
  const unsigned = await receiveZoomEvent(
    {
      raw: Buffer.from(JSON.stringify(body)),
      headers: { timestamp: null, signature: null },
    },
    { ...house, secret: SECRET },
  );
  expect(unsigned).toEqual(signed);
  expect((await receive(house, body, { secret: "guessed" })).status).toBe(401);
});

test("a virtual room's own secret vouches for its own meetings and for nobody else's", async ({
  house,
}) => {
  const mine = await scene(house, { own: "secret-of-room-one" });
  const other = await scene(house);
  await receive(house, eventOf(mine.externalId), { secret: "secret-of-room-one" });
  await receive(house, eventOf(other.externalId), { secret: "secret-of-room-one" });
  await work(house, mine.externalId);
  await work(house, other.externalId);
  expect(await findMinutes(house.db, mine.meeting)).toBeDefined();
  expect(await findMinutes(house.db, other.meeting)).toBeUndefined();
});

test("minutes are written without any provider; two who write at once: the second is told", async ({
  house,
}) => {
  const { ana, ben, eve, meeting } = await scene(house);
  const actor = memberOf(ana);
  const write = (text: string, version: number) =>
    writeMinutes({ actor, meeting, text, version }, house);
  expect((await write("# Dates\n- 5 December", 0)).ok).toBe(true);
  expect((await write("Mine, too", 0)).ok).toBe(false);
  expect((await write("# Dates\n- 8 December", 1)).ok).toBe(true);
  const both = await Promise.all([write("One", 2), write("Two", 2)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await findMinutes(house.db, meeting))?.source).toBe("person");
  for (const person of [ben, eve]) {
    const asked = { actor: memberOf(person), meeting, text: "x", version: 3 };
    await expect(writeMinutes(asked, house)).rejects.toThrow(AccessDenied);
  }
  const manager = memberOf(eve, ["meeting_manager"]);
  expect((await writeMinutes({ actor: manager, meeting, text: "x", version: 3 }, house)).ok).toBe(
    true,
  );
  const audited = await house.db.auditEntry.findFirst({ where: { subject: meeting.id } });
  expect(audited?.action).toBe("meeting.minutes (override)");
});

test("a person's words are never written over by a provider's", async ({ house }) => {
  const { ana, meeting, externalId } = await scene(house);
  const asked = { actor: memberOf(ana), meeting, text: "As it really was.", version: 0 };
  await writeMinutes(asked, house);
  await receive(house, eventOf(externalId));
  await work(house, externalId);
  const minutes = await findMinutes(house.db, meeting);
  expect([minutes?.source, textOf(blocksOf(minutes?.body ?? ""))]).toEqual([
    "person",
    "As it really was.",
  ]);
  expect(await tasksOf(house, meeting)).toHaveLength(2);
});

test("minutes and what was agreed survive a move and a cancellation", async ({ house }) => {
  const { ana, meeting, externalId } = await scene(house);
  await receive(house, eventOf(externalId));
  await work(house, externalId);
  const actor = memberOf(ana);
  const moved = await editMeeting(
    {
      actor,
      meeting,
      version: meeting.version,
      input: meetingChanges.parse({ start: "2026-11-26T10:00:00Z", end: "2026-11-26T11:00:00Z" }),
    },
    house,
  );
  expect(moved.ok).toBe(true);
  await cancelMeeting({ actor, meeting: await reread(house, meeting), reason: "Ill" }, house);
  expect(await findMinutes(house.db, meeting)).toBeDefined();
  const open = (await tasksOf(house, meeting)).filter(({ doneAt }) => doneAt === null);
  expect(open).toHaveLength(2);
});

test("minutes are mailed to everybody who took part, each version once", async ({ house }) => {
  const { ana, ben, meeting } = await scene(house);
  const actor = memberOf(ana);
  const none = await mailMinutes({ actor, meeting }, house);
  expect(!none.ok && none.refusal).toBe("no-minutes");
  await writeMinutes({ actor, meeting, text: "- 5 December", version: 0 }, house);
  const sent = await mailMinutes({ actor, meeting }, house);
  expect(sent.ok && sent.value.mails).toBe(2);
  const again = await mailMinutes({ actor, meeting }, house);
  expect(!again.ok && again.refusal).toBe("already-sent");
  const mails = await house.db.mailMessage.findMany({
    where: { meetingId: meeting.id, event: "summary-ready" },
  });
  expect(mails.map(({ toEmail }) => toEmail).sort()).toEqual([ana.email, ben.email].sort());
  expect(JSON.stringify(mails[0]?.facts)).toContain("- 5 December");
  await writeMinutes({ actor, meeting, text: "- 8 December", version: 1 }, house);
  expect((await mailMinutes({ actor, meeting }, house)).ok).toBe(true);
});

test("the list of meetings is searched by what was written down, for those who may read it", async ({
  house,
}) => {
  const { workspaceId, ana, eve, meeting } = await scene(house);
  const asked = { actor: memberOf(ana), meeting, text: "- The lighthouse is lit", version: 0 };
  await writeMinutes(asked, house);
  const find = async (person: Person, q: string, everybody = false) => {
    const scope = {
      workspaceId: workspaceId as WorkspaceId,
      userId: person.id as UserId,
      everybody,
    };
    const { rows } = await listPage(house.db, scope, { tab: "all", q }, NOW);
    return rows.map(({ id }) => id);
  };
  expect(await find(ana, "lighthouse")).toEqual([meeting.id]);
  expect(await find(ana, "lighthouse keeper")).toEqual([]);
  expect(await find(eve, "lighthouse")).toEqual([]);
  expect(await find(eve, "lighthouse", true)).toEqual([meeting.id]);
});
