import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

const roomIds = new WeakMap<World, string>();

/** A virtual room of the meeting's workspace, made anew; of Zoom, whose accounts have seats. */
async function insertRoom({ db }: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO virtual_room (workspace_id, id, name, provider)
     SELECT workspace_id, $2, $3, 'zoom' FROM meeting WHERE id = $1`,
    [about.id, id, `Calls ${id}`],
  );
  return id;
}

async function insertAccount(world: World, about: Booking): Promise<Record<string, string>> {
  const roomId = await insertRoom(world, about);
  const accountId = randomUUID();
  await world.db.query(
    `INSERT INTO virtual_account (workspace_id, id, virtual_room_id, name)
     SELECT workspace_id, $2, $3, 'calls@example.org' FROM meeting WHERE id = $1`,
    [about.id, accountId, roomId],
  );
  return { roomId, accountId };
}

/** The virtual room of the matrix, for its page. */
export async function virtualRoomId(world: World, about: Booking): Promise<string> {
  const known = roomIds.get(world) ?? (await insertRoom(world, about));
  roomIds.set(world, known);
  return known;
}

/** The forms of virtual rooms, and of what a provider or a person writes about a meeting. */
export const onlineForms = (world: World, about: Booking): Readonly<Record<string, Form>> => ({
  makeVirtualRoomAction: async () => ({ provider: "jitsi", name: `Calls ${randomUUID()}` }),
  changeVirtualRoomAction: async () => ({
    roomId: await insertRoom(world, about),
    version: "1",
    name: `Calls ${randomUUID()}`,
    active: "on",
  }),
  archiveVirtualRoomAction: async () => ({ roomId: await insertRoom(world, about) }),
  addAccountAction: async () => ({
    roomId: await insertRoom(world, about),
    account: "calls@example.org",
    seats: "1",
  }),
  changeSeatsAction: async () => ({ ...(await insertAccount(world, about)), seats: "2" }),
  removeAccountAction: () => insertAccount(world, about),
  testConnectionAction: () => insertAccount(world, about),
  setCredentialsAction: async () => ({
    roomId: await insertRoom(world, about),
    accountId: "account",
    clientId: "client",
    clientSecret: "secret",
  }),
  removeCredentialsAction: async () => ({ roomId: await insertRoom(world, about) }),
  writeMinutesAction: async () => {
    await world.db.query("DELETE FROM meeting_minutes WHERE meeting_id = $1", [about.id]);
    return { meetingId: about.id, version: "0", text: "We agreed." };
  },
  mailMinutesAction: async () => {
    await world.db.query(
      `INSERT INTO meeting_minutes (workspace_id, meeting_id, body, source)
       SELECT workspace_id, id, '<p>We agreed.</p>', 'person' FROM meeting WHERE id = $1
       ON CONFLICT (workspace_id, meeting_id) DO UPDATE SET version = meeting_minutes.version + 1`,
      [about.id],
    );
    return { meetingId: about.id };
  },
});
