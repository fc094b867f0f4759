import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

/** A room of the booking's workspace that nobody keeps. */
export async function roomId({ db }: World, about: Booking): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT ro.id FROM room ro JOIN meeting m ON m.workspace_id = ro.workspace_id
     WHERE m.id = $1 AND ro.keeper_id IS NULL ORDER BY ro.name, ro.id LIMIT 1`,
    [about.id],
  );
  return rows[0]?.id ?? randomUUID();
}

async function locationName({ db }: World): Promise<string> {
  const { rows } = await db.query<{ location: string }>(
    "SELECT location FROM room ORDER BY location LIMIT 1",
  );
  return rows[0]?.location ?? "nowhere";
}

type Made = { readonly virtualRoomId: string; readonly accountId: string };

const made = new WeakMap<Booking, Promise<Made>>();
const proposed = new WeakMap<Booking, Promise<string>>();

async function insertVirtualRoom({ db }: World, about: Booking): Promise<Made> {
  const ids = { virtualRoomId: randomUUID(), accountId: randomUUID() };
  await db.query(
    `WITH v AS (
       INSERT INTO virtual_room (workspace_id, id, name, provider)
       SELECT workspace_id, $2::uuid, 'Calls ' || $2::text, 'zoom' FROM meeting WHERE id = $1
       RETURNING workspace_id, id)
     INSERT INTO virtual_account (workspace_id, id, virtual_room_id, name)
     SELECT v.workspace_id, $3::uuid, v.id, 'first@example.org' FROM v`,
    [about.id, ids.virtualRoomId, ids.accountId],
  );
  return ids;
}

async function insertProposal({ db }: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO time_proposal (workspace_id, id, meeting_id, attendee_id, starts_at, ends_at)
     SELECT m.workspace_id, $2, m.id, a.id, m.starts_at + interval '1 day', m.ends_at + interval '1 day'
     FROM meeting m JOIN attendee a ON a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.kind = 'guest'
     WHERE m.id = $1 LIMIT 1`,
    [about.id, id],
  );
  return id;
}

function once<Value>(
  kept: WeakMap<Booking, Promise<Value>>,
  about: Booking,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = kept.get(about) ?? make();
  kept.set(about, known);
  return known;
}

/** A virtual room with an account in its pool, and none of its seats: one for each booking, so each role uses up its own. */
export const ownVirtualRoom = (world: World, about: Booking): Promise<Made> =>
  once(made, about, () => insertVirtualRoom(world, about));

/** Another time the booking's guest would like better. */
export const proposalId = (world: World, about: Booking): Promise<string> =>
  once(proposed, about, () => insertProposal(world, about));

const PROPOSED = () => ({
  start: new Date(Date.now() + 700 * 86_400_000).toISOString(),
  end: new Date(Date.now() + 700 * 86_400_000 + 1_800_000).toISOString(),
});

/** What each of these routes is sent. */
export const apiBodies: Readonly<Record<string, (world: World) => object | Promise<object>>> = {
  "POST /api/v1/meetings/[id]/answer": () => ({ answer: "accepted" }),
  "POST /api/v1/meetings/[id]/proposals": PROPOSED,
  "POST /api/v1/meetings/[id]/proposals/[proposalId]": () => ({ accept: false }),
  "POST /api/v1/rooms": async (world) => ({
    name: `Matrix ${randomUUID()}`,
    location: await locationName(world),
    capacity: 4,
  }),
  "PATCH /api/v1/rooms/[id]": () => ({ detail: `Matrix ${randomUUID()}` }),
  "POST /api/v1/rooms/[id]/requests/[meetingId]": () => ({ approve: true }),
  "POST /api/v1/rooms/locations": () => ({ name: `Matrix ${randomUUID()}`, zone: "UTC" }),
  "POST /api/v1/virtual-rooms": () => ({ name: `Matrix ${randomUUID()}`, provider: "jitsi" }),
  "PATCH /api/v1/virtual-rooms/[id]": () => ({ name: `Matrix ${randomUUID()}` }),
  "POST /api/v1/virtual-rooms/[id]/test": () => ({}),
  "POST /api/v1/virtual-rooms/[id]/accounts": () => ({ account: "second@example.org", seats: 1 }),
  "PATCH /api/v1/virtual-rooms/[id]/accounts/[accountId]": () => ({ seats: 2 }),
};
