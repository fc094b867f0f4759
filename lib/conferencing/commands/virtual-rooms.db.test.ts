import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { keyRingOf } from "@/lib/crypto/keys";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeMeeting } from "@/lib/meetings/commands/make-meeting";
import { meetingInput } from "@/lib/meetings/schema";
import { ok, refuse } from "@/lib/result";
import { asManager, makeOnlineRoom } from "@/lib/testing/factories/virtual-rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { ConferencingProvider, ProviderOutcome } from "../core/provider";
import { listVirtualRooms } from "../reads/rooms";
import { credentialsInput, newVirtualRoom, virtualRoomChange } from "../schema";
import { providerOpener } from "./open-provider";
import { addAccount, changeSeats, removeAccount } from "./save-accounts";
import { removeCredentials, setCredentials } from "./save-credentials";
import { archiveVirtualRoom, changeVirtualRoom, makeVirtualRoom } from "./save-virtual-room";
import { testConnection } from "./test-connection";

const HOLDER = "calls@halden.example";

async function scene(house: House, seats = 2) {
  const workspaceId = await makeWorkspace(house.db);
  const [ana, ben] = await Promise.all([
    makePerson(house.db, workspaceId, { name: "Ana Lim" }),
    makePerson(house.db, workspaceId, { name: "Ben Ode" }),
  ]);
  const roomId = await makeOnlineRoom(house, ana, {
    provider: "zoom",
    name: "Halden Zoom",
    accounts: [{ name: HOLDER, seats }],
  });
  return { workspaceId, ana, ben, roomId, actor: asManager(ana) };
}

const hostOf = (person: Person): Member => ({
  ...asManager(person),
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  groups: ["meeting_user"],
});

async function roomOf(house: House, workspaceId: string, name: string) {
  const rooms = await listVirtualRooms(house.db, workspaceId, NOW);
  const room = rooms.find((one) => one.name === name);
  if (room === undefined) throw new Error(`no virtual room ${name}`);
  return room;
}

const hold = (house: House, person: Person, virtualRoomId: string, visibility = "public") =>
  makeMeeting(
    {
      actor: hostOf(person),
      input: meetingInput.parse({
        subject: `Talk of ${person.name}`,
        start: "2026-11-25T10:00:00Z",
        end: "2026-11-25T11:00:00Z",
        visibility,
        virtualRoomId,
      }),
      confirm: true,
    },
    house,
  );

test("a workspace has a Jitsi room from its first day, which is offered first until another is", async ({
  house,
}) => {
  const { workspaceId, actor } = await scene(house);
  const [first] = await listVirtualRooms(house.db, workspaceId, NOW);
  expect([first?.provider, first?.isDefault]).toEqual(["jitsi", true]);
  const input = newVirtualRoom.parse({ provider: "teams", name: "Teams", isDefault: "on" });
  expect((await makeVirtualRoom({ actor, input }, house)).ok).toBe(true);
  const rooms = await listVirtualRooms(house.db, workspaceId, NOW);
  expect(rooms.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(["Teams"]);
});

test("seats that meetings to come hold are not taken away: the meetings are named, private ones not", async ({
  house,
}) => {
  const { workspaceId, ana, ben, roomId, actor } = await scene(house);
  expect((await hold(house, ana, roomId)).ok).toBe(true);
  expect((await hold(house, ben, roomId, "private")).ok).toBe(true);
  const [account] = (await roomOf(house, workspaceId, "Halden Zoom")).accounts;
  const accountId = account?.id ?? "";
  const fewer = await changeSeats({ actor, input: { roomId, accountId, seats: 1 } }, house);
  expect(!fewer.ok && fewer.refusal).toMatchObject({ reason: "seats-held", more: 0 });
  expect(
    !fewer.ok &&
      fewer.refusal.reason === "seats-held" &&
      fewer.refusal.meetings.map((m) => m.subject).sort(),
  ).toEqual(["Talk of Ana Lim", null].sort());
  const gone = await removeAccount({ actor, roomId, accountId }, house);
  expect(!gone.ok && gone.refusal.reason).toBe("seats-held");
  expect((await changeSeats({ actor, input: { roomId, accountId, seats: 4 } }, house)).ok).toBe(
    true,
  );
  expect((await changeSeats({ actor, input: { roomId, accountId, seats: 2 } }, house)).ok).toBe(
    true,
  );
  expect((await roomOf(house, workspaceId, "Halden Zoom")).accounts[0]?.seats).toBe(2);
});

test("an account nobody needs is removed, and comes back under its name", async ({ house }) => {
  const { workspaceId, roomId, actor } = await scene(house);
  const again = { actor, input: { roomId, account: HOLDER, seats: 3 } };
  const twice = await addAccount(again, house);
  expect(!twice.ok && twice.refusal.reason).toBe("account-exists");
  const [account] = (await roomOf(house, workspaceId, "Halden Zoom")).accounts;
  expect((await removeAccount({ actor, roomId, accountId: account?.id ?? "" }, house)).ok).toBe(
    true,
  );
  expect((await roomOf(house, workspaceId, "Halden Zoom")).accounts).toEqual([]);
  expect((await addAccount(again, house)).ok).toBe(true);
  expect((await roomOf(house, workspaceId, "Halden Zoom")).accounts[0]).toMatchObject({
    id: account?.id,
    seats: 3,
  });
});

test("a room in use is not archived: its meetings are named; afterwards it is offered no more", async ({
  house,
}) => {
  const { workspaceId, ana, roomId, actor } = await scene(house);
  const made = await hold(house, ana, roomId);
  const kept = await archiveVirtualRoom({ actor, roomId }, house);
  expect(!kept.ok && kept.refusal).toMatchObject({
    reason: "in-use",
    meetings: [{ subject: "Talk of Ana Lim" }],
  });
  await house.db.meeting.updateMany({
    where: { id: made.ok ? made.value.id : "" },
    data: { state: "cancelled" },
  });
  expect((await archiveVirtualRoom({ actor, roomId }, house)).ok).toBe(true);
  await expect(roomOf(house, workspaceId, "Halden Zoom")).rejects.toThrow();
});

test("two managers who change a room at once: the second is told", async ({ house }) => {
  const { roomId, actor } = await scene(house);
  const input = virtualRoomChange.parse({ roomId, version: 1, name: "Renamed", active: "on" });
  expect((await changeVirtualRoom({ actor, input }, house)).ok).toBe(true);
  const late = await changeVirtualRoom({ actor, input }, house);
  expect(!late.ok && late.refusal.reason).toBe("changed-meanwhile");
});

test("credentials go in sealed and come out nowhere: not in what is read, the log of changes, or another place", async ({
  house,
}) => {
  const { workspaceId, roomId, actor } = await scene(house);
  const secret = "a-very-secret-client-secret";
  const input = credentialsInput.parse({
    roomId,
    accountId: "a",
    clientId: "b",
    clientSecret: secret,
  });
  const few = await setCredentials({ actor, input: { ...input, clientSecret: "" } }, house);
  expect(!few.ok && few.refusal).toMatchObject({
    reason: "credentials-incomplete",
    fields: { clientSecret: "Fill this in." },
  });
  expect((await setCredentials({ actor, input }, house)).ok).toBe(true);
  const room = await roomOf(house, workspaceId, "Halden Zoom");
  expect([room.credentials, room.credentialsSetAt]).toEqual(["stored", NOW]);
  const stored = await house.db.storedSecret.findMany({ where: { workspaceId } });
  const audit = await house.db.auditEntry.findMany({ where: { workspaceId } });
  const seen = JSON.stringify([
    room,
    stored.map(({ sealed }) => Buffer.from(sealed).toString("latin1")),
    audit.map(({ action, details }) => [action, details]),
  ]);
  expect(seen).not.toContain(secret);
  expect(seen).toContain("virtual-room.credentials-set");
  expect((await removeCredentials({ actor, roomId }, house)).ok).toBe(true);
  const gone = await house.db.storedSecret.count({
    where: { workspaceId, name: `virtual-room/${roomId}` },
  });
  expect(gone).toBe(0);
});

test("a test of the connection is kept with a cause for people, and what the provider said is not", async ({
  house,
}) => {
  const { workspaceId, roomId, actor } = await scene(house);
  const [account] = (await roomOf(house, workspaceId, "Halden Zoom")).accounts;
  const opening = (test: () => Promise<ProviderOutcome<{ readonly as: string }>>) => ({
    ...house,
    open: async () => ok({ test } as unknown as ConferencingProvider),
  });
  const asked = { actor, roomId, accountId: account?.id ?? "" };
  const cause = "Zoom knows no user of this name.";
  const failing = opening(async () =>
    refuse({ kind: "credentials", cause, detail: "1001 raw words" }),
  );
  const failed = await testConnection(asked, failing);
  expect(failed.ok && failed.value).toEqual({ works: false, cause });
  const room = await roomOf(house, workspaceId, "Halden Zoom");
  expect([room.testedAt, room.testCause]).toEqual([NOW, cause]);
  expect(JSON.stringify(room)).not.toContain("raw words");
  const worked = await testConnection(
    asked,
    opening(async () => ok({ as: HOLDER })),
  );
  expect(worked.ok && worked.value).toEqual({ works: true, as: HOLDER });
  expect((await roomOf(house, workspaceId, "Halden Zoom")).testCause).toBeNull();
});

test("hosts do not manage virtual rooms, and a manager of another workspace finds none of ours", async ({
  house,
}) => {
  const { ana, roomId } = await scene(house);
  const elsewhere = await scene(house);
  const input = newVirtualRoom.parse({ provider: "jitsi", name: "Mine" });
  await expect(makeVirtualRoom({ actor: hostOf(ana), input }, house)).rejects.toThrow(AccessDenied);
  const foreign = await archiveVirtualRoom({ actor: elsewhere.actor, roomId }, house);
  expect(!foreign.ok && foreign.refusal.reason).toBe("absent");
  const seats = await addAccount(
    { actor: elsewhere.actor, input: { roomId, account: "x@y.example", seats: 1 } },
    house,
  );
  expect(!seats.ok && seats.refusal.reason).toBe("absent");
});

test("credentials sealed with a key that is gone are asked for again, in words", async ({
  house,
}) => {
  const { workspaceId, roomId, actor } = await scene(house);
  const input = credentialsInput.parse({
    roomId,
    accountId: "a",
    clientId: "b",
    clientSecret: "c",
  });
  expect((await setCredentials({ actor, input }, house)).ok).toBe(true);
  const open = providerOpener({
    ...house,
    keys: keyRingOf([randomBytes(32)]),
    settings: {},
    fetch: async () => {
      throw new Error("nobody is called");
    },
    addresses: {
      zoomApi: "https://zoom.example",
      zoomAuth: "https://zoom.example",
      googleApi: "https://google.example",
      googleAuth: "https://google.example",
      teamsApi: "https://teams.example",
      teamsAuth: "https://teams.example",
    },
  });
  const opened = await open({
    workspaceId,
    virtualRoomId: roomId,
    provider: "zoom",
    address: null,
    credentials: "stored",
  });
  expect(!opened.ok && opened.refusal).toMatchObject({
    kind: "credentials",
    cause: expect.stringContaining("Set them again."),
  });
});
