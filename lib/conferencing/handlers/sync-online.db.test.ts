import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { createOutbound } from "@/lib/http/outbound";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { confirmMeeting } from "@/lib/meetings/commands/answer-request";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { editMeeting } from "@/lib/meetings/commands/edit-meeting";
import { makeMeeting } from "@/lib/meetings/commands/make-meeting";
import { restoreMeeting } from "@/lib/meetings/commands/restore-meeting";
import { retryOnline } from "@/lib/meetings/commands/retry-online";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { onlineListener } from "@/lib/meetings/handlers/follow-online";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { meetingChanges, meetingInput } from "@/lib/meetings/schema";
import { makeOnlineRoom } from "@/lib/testing/factories/virtual-rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { ZoomServer } from "@/lib/testing/zoom-server";
import { startZoomServer } from "@/lib/testing/zoom-server";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { providerOpener } from "../commands/open-provider";
import { setCredentials } from "../commands/save-credentials";
import { credentialsInput } from "../schema";
import { reconcileOnline } from "./reconcile-online";
import { handleSyncOnline } from "./sync-online";

const HOLDER = "calls@halden.example";
const START = "2026-11-25T10:00:00Z";
const END = "2026-11-25T11:00:00Z";

let zoom: ZoomServer;
let outbound: ReturnType<typeof createOutbound>;
beforeAll(async () => {
  zoom = await startZoomServer({ users: [HOLDER, "second@halden.example"] });
  outbound = createOutbound({ trustedOrigins: [zoom.url], timeoutMs: 400 });
});
afterAll(async () => {
  await outbound.close();
  await zoom.close();
});
beforeEach(() => zoom.recover());

const memberOf = (person: Person): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups: ["meeting_user"],
});

/** The house an instant later, so that pauses are over. */
const later = (house: House, ms: number): House => ({
  ...house,
  now: () => instantOf(NOW + ms),
});

const depsOf = (house: House) => ({
  ...house,
  told: onlineListener(house),
  random: () => 0,
  open: providerOpener({
    ...house,
    settings: {},
    fetch: (address, init) => outbound.fetch(address, init),
    addresses: {
      zoomApi: zoom.url,
      zoomAuth: zoom.url,
      googleApi: zoom.url,
      googleAuth: zoom.url,
      teamsApi: zoom.url,
      teamsAuth: zoom.url,
    },
  }),
});

const credentials = (): Readonly<Record<string, string>> => {
  const { accountId, clientId, clientSecret } = zoom.credentials;
  return { accountId, clientId, clientSecret };
};

async function scene(
  house: House,
  given: { readonly seats?: number; readonly secret?: string; readonly account?: string } = {},
) {
  const workspaceId = await makeWorkspace(house.db);
  const [ana, ben] = await Promise.all(
    ["Ana Lim", "Ben Ode"].map((name) => makePerson(house.db, workspaceId, { name })),
  );
  if (ana === undefined || ben === undefined) throw new Error("nobody");
  const virtualRoomId = await makeOnlineRoom(house, ana, {
    provider: "zoom",
    accounts: [{ name: given.account ?? HOLDER, seats: given.seats ?? 2 }],
    credentials: { ...credentials(), ...(given.secret ? { clientSecret: given.secret } : {}) },
  });
  return { workspaceId, ana, ben, virtualRoomId };
}

type Scene = Awaited<ReturnType<typeof scene>>;

async function reread(house: House, { workspaceId, id }: Pick<Meeting, "workspaceId" | "id">) {
  const meeting = await findMeeting(house.db, { workspaceId, id });
  if (meeting === undefined) throw new Error("no meeting");
  return meeting;
}

async function made(house: House, { ana, ben, virtualRoomId }: Scene, given: object = {}) {
  const result = await makeMeeting(
    {
      actor: memberOf(ana),
      input: meetingInput.parse({
        subject: "Roadmap",
        start: START,
        end: END,
        people: [{ userId: ben.id }],
        virtualRoomId,
        ...given,
      }),
      confirm: true,
    },
    house,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return reread(house, result.value);
}

const online = async (house: House, meeting: Meeting) => {
  const onlineId = (await reread(house, meeting)).online?.id;
  const row = await house.db.onlineMeeting.findFirstOrThrow({ where: { id: onlineId ?? "" } });
  return row;
};

/** One run of the job for this meeting's online meeting. */
async function sync(house: House, meeting: Meeting, onlineId?: string): Promise<void> {
  const id = onlineId ?? (await reread(house, meeting)).online?.id ?? "";
  await handleSyncOnline({ workspaceId: meeting.workspaceId, onlineId: id }, depsOf(house));
}

const mailsOf = (house: House, meeting: Meeting, event: string) =>
  house.db.mailMessage.findMany({ where: { meetingId: meeting.id, event } });

const atZoom = (subject: string) => zoom.meetings().filter(({ topic }) => topic === subject);

test("confirmed, a meeting waits for its link; the job brings it, and history tells", async ({
  house,
}) => {
  const meeting = await made(house, await scene(house), { subject: "First" });
  expect([meeting.joinUrl, meeting.online?.state]).toEqual([null, "wanted"]);
  await sync(house, meeting);
  const ready = await reread(house, meeting);
  expect(ready.joinUrl).toMatch(/^https?:\/\//);
  expect([ready.online?.state, ready.online?.cause, ready.version]).toEqual([
    "ready",
    null,
    meeting.version,
  ]);
  const [there] = atZoom("First");
  expect([there?.host, there?.duration, there?.start_time]).toEqual([HOLDER, 60, START]);
  const events = await house.db.meetingEvent.findMany({ where: { meetingId: meeting.id } });
  expect(events.map(({ kind }) => kind)).toContain("online-ready");
  // Nobody was mailed without it yet, so nobody is mailed it separately.
  expect(await mailsOf(house, meeting, "link-ready")).toEqual([]);
});

test("a moved meeting keeps its meeting at the provider, and a second run asks nothing", async ({
  house,
}) => {
  const set = await scene(house);
  const meeting = await made(house, set, { subject: "Moved" });
  await sync(house, meeting);
  const before = atZoom("Moved")[0];
  const ready = await reread(house, meeting);
  const moved = await editMeeting(
    {
      actor: memberOf(set.ana),
      meeting: ready,
      version: ready.version,
      input: meetingChanges.parse({ start: "2026-11-26T10:00:00Z", end: "2026-11-26T10:30:00Z" }),
    },
    house,
  );
  expect(moved.ok).toBe(true);
  await sync(house, meeting);
  const calls = zoom.calls.length;
  await sync(house, meeting);
  expect(zoom.calls.length).toBe(calls);
  const [after] = atZoom("Moved");
  expect([after?.id, after?.start_time, after?.duration]).toEqual([
    before?.id,
    "2026-11-26T10:00:00Z",
    30,
  ]);
  expect((await reread(house, meeting)).joinUrl).toBe(ready.joinUrl);
});

test("a cancelled meeting is deleted at the provider; taken back in time, it never was", async ({
  house,
}) => {
  const set = await scene(house);
  const meeting = await made(house, set, { subject: "Cancelled" });
  await sync(house, meeting);
  const ready = await reread(house, meeting);
  const actor = memberOf(set.ana);
  await cancelMeeting({ actor, meeting: ready, reason: "Ill", undoable: true }, house);
  const gone = await reread(house, meeting);
  expect([gone.joinUrl, gone.online?.state]).toEqual([null, "unwanted"]);
  const back = await restoreMeeting({ actor, meeting: gone }, house);
  expect(back.ok).toBe(true);
  await sync(house, meeting);
  expect((await reread(house, meeting)).joinUrl).toBe(ready.joinUrl);
  expect(atZoom("Cancelled")).toHaveLength(1);
  await cancelMeeting({ actor, meeting: await reread(house, meeting), reason: "Ill" }, house);
  await sync(house, meeting);
  expect(atZoom("Cancelled")).toHaveLength(0);
  expect((await online(house, meeting)).state).toBe("gone");
});

test.for([
  ["429", { kind: "status", status: 429, retryAfter: "7" }],
  ["500", { kind: "status", status: 500 }],
  ["no answer", { kind: "hang" }],
  ["a lost answer", { kind: "lost-answer" }],
  ["an answer too late", { kind: "done-and-hang" }],
  ["a broken connection", { kind: "reset" }],
  ["half an answer", { kind: "malformed" }],
] as const)(
  "through %s the booking stands, its host sees why, and one meeting is made",
  async ([name, fault], { house }) => {
    const meeting = await made(house, await scene(house), { subject: `Through ${name}` });
    // Whoever lost an answer looks at once; that goes wrong, too.
    zoom.misbehave(
      { ...fault, on: /^POST .*\/meetings$/ },
      { kind: "status", status: 500, on: /^GET .*\/meetings$/ },
    );
    await sync(house, meeting);
    const waiting = await reread(house, meeting);
    expect([waiting.state, waiting.online?.state]).toEqual(["confirmed", "wanted"]);
    expect(waiting.online?.cause).toMatch(/^[A-Z].*\.$/);
    const jobs = await house.queue.findJobs<{ onlineId: string }>("conferencing.sync");
    const again = jobs.filter(({ data }) => data.onlineId === waiting.online?.id);
    expect(again).toHaveLength(2);
    if (name === "429") {
      const due = Math.max(...again.map(({ startAfter }) => startAfter.getTime()));
      expect(due - NOW).toBeGreaterThanOrEqual(7_000);
    }
    for (const minutes of [5, 10]) await sync(later(house, minutes * MINUTE_MS), meeting);
    expect((await reread(house, meeting)).online?.state).toBe("ready");
    expect(atZoom(`Through ${name}`)).toHaveLength(1);
  },
);

test("cancelled before a lost answer was made up for, nothing is left at the provider", async ({
  house,
}) => {
  const set = await scene(house);
  const meeting = await made(house, set, { subject: "Lost and cancelled" });
  zoom.misbehave(
    { kind: "lost-answer", on: /^POST .*\/meetings$/ },
    { kind: "status", status: 500, on: /^GET .*\/meetings$/ },
  );
  await sync(house, meeting);
  expect(atZoom("Lost and cancelled")).toHaveLength(1);
  expect((await online(house, meeting)).externalId).toBeNull();
  const waiting = await reread(house, meeting);
  await cancelMeeting({ actor: memberOf(set.ana), meeting: waiting, reason: "Ill" }, house);
  await sync(later(house, 5 * MINUTE_MS), meeting);
  expect(atZoom("Lost and cancelled")).toHaveLength(0);
  expect((await online(house, meeting)).state).toBe("gone");
});

test("cancelled before anybody asked the provider, nobody does", async ({ house }) => {
  const set = await scene(house);
  const meeting = await made(house, set, { subject: "Never asked" });
  await cancelMeeting({ actor: memberOf(set.ana), meeting, reason: "Ill" }, house);
  const calls = zoom.calls.length;
  await sync(house, meeting);
  expect([zoom.calls.length, (await online(house, meeting)).state]).toEqual([calls, "gone"]);
});

test("wrong credentials are told to the host, and once they are right it works", async ({
  house,
}) => {
  const set = await scene(house, { secret: "not-the-secret" });
  const meeting = await made(house, set, { subject: "Refused" });
  await sync(house, meeting);
  const refused = await reread(house, meeting);
  expect([refused.state, refused.online?.state]).toEqual(["confirmed", "failed"]);
  expect(refused.online?.cause).not.toContain("not-the-secret");
  const notices = await house.db.notification.findMany({ where: { meetingId: meeting.id } });
  expect(notices.map(({ kind, userId }) => [kind, userId])).toContainEqual([
    "online-failed",
    set.ana.id,
  ]);
  expect((await mailsOf(house, meeting, "online-failed")).map(({ toEmail }) => toEmail)).toEqual([
    set.ana.email,
  ]);
  await house.db.storedSecret.deleteMany({ where: { workspaceId: set.workspaceId } });
  const other = await scene(house);
  const secret = await house.db.storedSecret.findFirstOrThrow({
    where: { workspaceId: other.workspaceId },
  });
  expect(Buffer.from(secret.sealed).toString("latin1")).not.toContain(
    zoom.credentials.clientSecret,
  );
  const input = credentialsInput.parse({ roomId: set.virtualRoomId, ...credentials() });
  const manager = { ...memberOf(set.ana), groups: ["meeting_manager"] as const };
  expect((await setCredentials({ actor: manager, input }, house)).ok).toBe(true);
  const asked = await retryOnline({ actor: memberOf(set.ana), meeting: refused }, house);
  expect(asked.ok).toBe(true);
  await sync(later(house, 30 * MINUTE_MS), meeting);
  expect((await reread(house, meeting)).online?.state).toBe("ready");
});

test("an account the provider does not know is named to the host", async ({ house }) => {
  const set = await scene(house, { account: "nobody@halden.example" });
  const meeting = await made(house, set, { subject: "No such user" });
  await sync(house, meeting);
  const refused = await reread(house, meeting);
  expect(refused.online?.state).toBe("failed");
  expect(refused.online?.cause).toContain("nobody@halden.example");
});

test("what somebody deleted at the provider is made anew, and everybody invited is sent the new link", async ({
  house,
}) => {
  const set = await scene(house);
  const meeting = await made(house, set, { subject: "Vanished" });
  await sync(house, meeting);
  const before = await reread(house, meeting);
  const [there] = atZoom("Vanished");
  zoom.forget(String(there?.id));
  const report = await reconcileOnline(depsOf(house));
  expect(report.counts.remade).toBe(1);
  await sync(house, meeting);
  const after = await reread(house, meeting);
  expect(atZoom("Vanished")).toHaveLength(1);
  expect(after.joinUrl).not.toBe(before.joinUrl);
  expect(
    (await mailsOf(house, meeting, "link-ready")).map(({ toEmail }) => toEmail).sort(),
  ).toEqual([set.ana.email, set.ben.email].sort());
});

test("the nightly comparison deletes what was ours and nobody wants, and nothing else", async ({
  house,
}) => {
  const set = await scene(house);
  const meeting = await made(house, set, { subject: "Orphan" });
  await sync(house, meeting);
  const byHand = zoom.addByHand(HOLDER, "By hand", START);
  const row = await online(house, meeting);
  await cancelMeeting(
    { actor: memberOf(set.ana), meeting: await reread(house, meeting), reason: "Ill" },
    house,
  );
  // As if the deletion had been noted and never made.
  await house.db.onlineMeeting.update({
    where: { workspaceId_id: { workspaceId: row.workspaceId, id: row.id } },
    data: { state: "gone", externalId: null },
  });
  expect(atZoom("Orphan")).toHaveLength(1);
  const report = await reconcileOnline(depsOf(house));
  expect(report.counts.deleted).toBe(1);
  expect(report.summary).toContain("deleted 1 orphan");
  expect(atZoom("Orphan")).toHaveLength(0);
  expect(zoom.meetings().map(({ id }) => String(id))).toContain(byHand);
});

test("two workers at once make one meeting", async ({ house }) => {
  const meeting = await made(house, await scene(house), { subject: "At once" });
  zoom.misbehave({ kind: "slow", ms: 150, on: /^POST .*\/meetings$/ });
  await Promise.all([sync(house, meeting), sync(house, meeting), sync(house, meeting)]);
  await sync(later(house, 5_000), meeting);
  expect(atZoom("At once")).toHaveLength(1);
  expect((await reread(house, meeting)).online?.state).toBe("ready");
});

test("cancelled while it is being made, it is deleted afterwards", async ({ house }) => {
  const set = await scene(house);
  const meeting = await made(house, set, { subject: "Meanwhile" });
  zoom.misbehave({ kind: "slow", ms: 200, on: /^POST .*\/meetings$/ });
  const making = sync(house, meeting);
  await new Promise((resume) => setTimeout(resume, 60));
  await cancelMeeting({ actor: memberOf(set.ana), meeting, reason: "Ill" }, house);
  await making;
  const gone = await reread(house, meeting);
  expect([gone.joinUrl, gone.online?.state]).toEqual([null, "unwanted"]);
  await sync(house, meeting);
  expect(atZoom("Meanwhile")).toHaveLength(0);
});

test("as many meetings at once as there are seats; one more is refused", async ({ house }) => {
  const set = await scene(house, { seats: 1 });
  await made(house, set, { subject: "Seated", people: [] });
  const second = await makeMeeting(
    {
      actor: memberOf(set.ben),
      input: meetingInput.parse({
        subject: "Standing",
        start: START,
        end: END,
        virtualRoomId: set.virtualRoomId,
      }),
      confirm: true,
    },
    house,
  );
  expect(second.ok).toBe(false);
  expect(!second.ok && second.refusal.conflicts.map(({ kind }) => kind)).toContain("virtual-room");
});

test("jitsi and fixed links have their address at once, and nobody is asked", async ({ house }) => {
  const set = await scene(house);
  const jitsi = await makeOnlineRoom(house, set.ana, { provider: "jitsi", name: "Open" });
  const link = await makeOnlineRoom(house, set.ana, {
    provider: "link",
    name: "Standing room",
    address: "https://calls.halden.example/standing",
  });
  const one = await made(house, set, { virtualRoomId: jitsi });
  const two = await made(house, set, {
    virtualRoomId: jitsi,
    start: "2026-11-25T12:00:00Z",
    end: "2026-11-25T13:00:00Z",
  });
  expect(one.joinUrl).toMatch(/^https:\/\/meet\.jit\.si\/meridian-[a-z]{28}$/);
  expect(two.joinUrl).not.toBe(one.joinUrl);
  const fixed = await made(house, set, {
    virtualRoomId: link,
    start: "2026-11-25T14:00:00Z",
    end: "2026-11-25T15:00:00Z",
  });
  expect([fixed.joinUrl, fixed.online?.state]).toEqual([
    "https://calls.halden.example/standing",
    "ready",
  ]);
});

test("a draft asks for nothing; confirmed, it does", async ({ house }) => {
  const set = await scene(house);
  const result = await makeMeeting(
    {
      actor: memberOf(set.ana),
      input: meetingInput.parse({
        subject: "Draft",
        start: START,
        end: END,
        virtualRoomId: set.virtualRoomId,
      }),
      confirm: false,
    },
    house,
  );
  if (!result.ok) throw new Error("refused");
  const draft = await reread(house, result.value);
  expect(draft.online).toBeNull();
  const confirmed = await confirmMeeting({ actor: memberOf(set.ana), meeting: draft }, house);
  expect(confirmed.ok && confirmed.value.online?.state).toBe("wanted");
});

test("a private meeting is called so at the provider", async ({ house }) => {
  const set = await scene(house);
  const meeting = await made(house, set, {
    subject: "Salary",
    visibility: "private",
    agenda: "Raise",
  });
  await sync(house, meeting);
  const there = zoom.meetings().filter(({ topic }) => topic === "Private meeting");
  expect(there).toHaveLength(1);
  expect(there[0]?.agenda).not.toContain("Raise");
});
