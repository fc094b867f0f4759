import { createHash, randomInt, randomUUID } from "node:crypto";
import { roomId } from "./api-things";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

async function placeOf({ db }: World, about: Booking): Promise<string> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT lo.name FROM location lo JOIN meeting m ON m.workspace_id = lo.workspace_id
     WHERE m.id = $1 AND lo.name NOT LIKE 'Place %' ORDER BY lo.position LIMIT 1`,
    [about.id],
  );
  return rows[0]?.name ?? "nowhere";
}

/** A location without rooms, in the booking's workspace. */
async function insertPlace({ db }: World, about: Booking): Promise<string> {
  const name = `Place ${randomUUID()}`;
  await db.query(
    "INSERT INTO location (workspace_id, name, zone) SELECT workspace_id, $2, 'UTC' FROM meeting WHERE id = $1",
    [about.id, name],
  );
  return name;
}

async function insertClosure(world: World, about: Booking): Promise<Record<string, string>> {
  const ids = { roomId: await roomId(world, about), id: randomUUID() };
  await world.db.query(
    `INSERT INTO room_closure (workspace_id, id, room_id, from_at, to_at)
     SELECT workspace_id, $2, $3, '2098-01-01', '2098-01-02' FROM meeting WHERE id = $1`,
    [about.id, ids.id, ids.roomId],
  );
  return ids;
}

/** A tablet that shows this code now. */
async function insertPairing({ db }: World): Promise<string> {
  const signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  const code = Array.from({ length: 8 }, () => signs[randomInt(signs.length)]).join("");
  await db.query(
    `INSERT INTO display_pairing (id, code_hash, token_hash, expires_at)
     VALUES ($1, $2, $3, now() + interval '10 minutes')`,
    [randomUUID(), sha256(code), sha256(randomUUID())],
  );
  return code;
}

async function insertDisplay(world: World, about: Booking): Promise<Record<string, string>> {
  const ids = { roomId: await roomId(world, about), id: randomUUID() };
  await world.db.query(
    `INSERT INTO room_display (workspace_id, id, room_id, token_hash)
     SELECT workspace_id, $2, $3, $4 FROM meeting WHERE id = $1`,
    [about.id, ids.id, ids.roomId, sha256(ids.id)],
  );
  return ids;
}

/** The booking holds a room: asked for, or settled for a meeting that is about to begin. */
async function insertStay(
  world: World,
  about: Booking,
  state: "asked" | "approved",
): Promise<Record<string, string>> {
  const ids = { meetingId: about.id, roomId: await roomId(world, about) };
  await world.db.query(
    `INSERT INTO meeting_room (workspace_id, meeting_id, room_id, state)
     SELECT workspace_id, id, $2, $3 FROM meeting WHERE id = $1 ON CONFLICT DO NOTHING`,
    [about.id, ids.roomId, state],
  );
  if (state === "approved") {
    await world.confirm(about);
    // The demonstration's own meetings of today, which at some hours would be in its way.
    await world.db.query(
      `UPDATE meeting SET state = 'cancelled', cancelled_at = now(), link_id = NULL, hold_expires_at = NULL
        WHERE id <> $1 AND id IN (SELECT meeting_id FROM meeting_claim
          WHERE live AND during && tstzrange(now() - interval '2 hours', now() + interval '3 hours'))`,
      [about.id],
    );
    await world.db.query(
      "UPDATE meeting SET starts_at = now() + interval '5 minutes', ends_at = now() + interval '35 minutes' WHERE id = $1",
      [about.id],
    );
  }
  return ids;
}

/** Forms about rooms and the tablets at their doors. */
export const roomForms = (world: World, about: Booking): Readonly<Record<string, Form>> => ({
  saveRoomAction: async () => ({
    name: `Room ${randomUUID()}`,
    location: await placeOf(world, about),
    capacity: "4",
    setupMinutes: "0",
    cleanupMinutes: "0",
    releaseMinutes: "10",
    active: "on",
  }),
  saveLocationAction: async () => ({ name: `Place ${randomUUID()}`, zone: "UTC" }),
  removeLocationAction: async () => ({ name: await insertPlace(world, about) }),
  closeRoomAction: async () => ({
    roomId: await roomId(world, about),
    from: "2098-02-01T09:00",
    to: "2098-02-01T10:00",
  }),
  reopenRoomAction: () => insertClosure(world, about),
  pairDisplayAction: async () => ({
    roomId: await roomId(world, about),
    code: await insertPairing(world),
    name: "",
  }),
  revokeDisplayAction: () => insertDisplay(world, about),
  answerRoomAction: async () => ({ ...(await insertStay(world, about, "asked")), answer: "yes" }),
  checkInAction: () => insertStay(world, about, "approved"),
});
