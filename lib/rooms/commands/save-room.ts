import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { PartsRefusal } from "../core/parts";
import { checkParts } from "../core/parts";
import type { RoomsGrant } from "../policy";
import { listLinksWithRoom, listLocations, listRooms } from "../reads";
import type { RoomInput } from "../schema";
import { insertRoom, lockRooms, replaceParts, updateRoom } from "../writes";
import { auditRooms } from "./audit-rooms";

export type SaveRoomRefusal =
  | PartsRefusal
  | "changed-meanwhile"
  | "no-room"
  | "no-location"
  | "no-keeper"
  /** A part is taken at a time at which the whole is, too. */
  | "part-is-taken";

type Saved = { readonly id: string; readonly made: boolean };

/** Carries a refusal out of a transaction, which its throw rolls back. */
class Refused extends Error {
  readonly refusal: SaveRoomRefusal;
  constructor(refusal: SaveRoomRefusal) {
    super("refused");
    this.refusal = refusal;
  }
}

/**
 * Makes a room, or changes one: settings, hours and parts, all or none. Meetings that hold a joined room hold its new
 * parts from now on; what they had claimed with earlier buffers stays as it is until they are changed.
 */
export async function saveRoom(
  input: RoomInput,
  grant: RoomsGrant,
  deps: Deps,
): Promise<Result<Saved, SaveRoomRefusal>> {
  const { workspaceId } = grant.resource;
  const { settings, partIds } = input;
  try {
    const saved = await deps.db.$transaction(async (tx): Promise<Saved> => {
      await lockRooms(tx, grant);
      const [rooms, locations] = await Promise.all([
        listRooms(tx, workspaceId),
        listLocations(tx, workspaceId),
      ]);
      const place = locations.find(({ name }) => name === settings.location);
      if (place === undefined) throw new Refused("no-location");
      const before = rooms.find(({ id }) => id === input.id);
      if (input.id !== undefined && before === undefined) throw new Refused("no-room");
      const wrong = checkParts({ id: input.id, location: settings.location }, partIds, rooms);
      if (wrong !== undefined) throw new Refused(wrong);
      const id =
        before === undefined
          ? await insertRoom(tx, grant, settings, place.zone)
          : String(before.id);
      const room = { id, version: input.version ?? 0, zone: place.zone };
      if (before !== undefined && !(await updateRoom(tx, grant, room, settings))) {
        throw new Refused("changed-meanwhile");
      }
      await replaceParts(tx, grant, { wholeId: id, partIds }, deps.now());
      await auditRooms(tx, grant, deps, {
        action: before === undefined ? "room.make" : "room.change",
        subject: id,
        details: { name: settings.name, location: settings.location, active: settings.active },
      });
      return { id, made: before === undefined };
    });
    await deps.invalidate(await listLinksWithRoom(deps.db, workspaceId, saved.id));
    return ok(saved);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    if (violates(error, "resource_is_claimed_once_at_a_time")) return refuse("part-is-taken");
    if (violates(error, "room_keeper_exists")) return refuse("no-keeper");
    throw error;
  }
}
