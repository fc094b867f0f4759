import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { RoomsGrant } from "../policy";
import { listLinksAt } from "../reads";
import type { LocationInput } from "../schema";
import { insertLocation, lockRooms, removeLocation, updateLocation } from "../writes";
import { auditRooms } from "./audit-rooms";

/** Makes a location, or changes one together with its rooms. */
export async function saveLocation(
  { was, ...location }: LocationInput,
  grant: RoomsGrant,
  deps: Deps,
): Promise<Result<undefined, "no-location" | "location-exists">> {
  const { workspaceId } = grant.resource;
  try {
    const result = await deps.db.$transaction(async (tx) => {
      await lockRooms(tx, grant);
      if (was === undefined) await insertLocation(tx, grant, location);
      else if (!(await updateLocation(tx, grant, was, location))) return refuse("no-location");
      await auditRooms(tx, grant, deps, {
        action: was === undefined ? "location.make" : "location.change",
        subject: location.name,
        details: { zone: location.zone, ...(was === undefined ? {} : { was }) },
      });
      return ok(undefined);
    });
    // Its name and its zone stand on the pages of links with its rooms.
    if (result.ok) await deps.invalidate(await listLinksAt(deps.db, workspaceId, location.name));
    return result;
  } catch (error) {
    if (violates(error, "location_pkey")) return refuse("location-exists");
    throw error;
  }
}

/** Removes a location that has no rooms. */
export async function dropLocation(
  name: string,
  grant: RoomsGrant,
  deps: Deps,
): Promise<Result<undefined, "no-location" | "location-has-rooms">> {
  try {
    return await deps.db.$transaction(async (tx) => {
      await lockRooms(tx, grant);
      if (!(await removeLocation(tx, grant, name))) return refuse("no-location");
      await auditRooms(tx, grant, deps, { action: "location.remove", subject: name });
      return ok(undefined);
    });
  } catch (error) {
    if (violates(error, "room_is_at_a_location")) return refuse("location-has-rooms");
    throw error;
  }
}
