import { v7 as newId } from "uuid";
import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { WeeklyHours } from "./workspace";

type RoomGiven = {
  readonly name?: string;
  readonly location?: string;
  readonly detail?: string;
  readonly zone?: string;
  readonly capacity?: number;
  readonly equipment?: readonly string[];
  readonly hours?: WeeklyHours;
  /** Columns of its row. */
  readonly settings?: Readonly<Record<string, string | number | boolean | object | null>>;
  /** The rooms it is made of. */
  readonly parts?: readonly { readonly id: string }[];
};

/** A room with its resource and its location; open around the clock, and anybody's, unless told otherwise. */
export async function makeRoom(
  db: Db,
  workspaceId: string,
  given: RoomGiven = {},
): Promise<{ readonly id: string; readonly resourceId: string }> {
  const id = newId();
  const resourceId = newId();
  const name = given.name ?? "Tembusu";
  const location = given.location ?? "Singapore";
  const zone = given.zone ?? "Asia/Singapore";
  await insertRows(db, [
    {
      table: "location",
      rows: [{ workspace_id: workspaceId, name: location, zone, position: 0 }],
      skipExisting: true,
    },
    {
      table: "resource",
      rows: [{ workspace_id: workspaceId, id: resourceId, kind: "room", user_id: null, name }],
    },
    {
      table: "room",
      rows: [
        {
          workspace_id: workspaceId,
          id,
          resource_id: resourceId,
          name,
          location,
          detail: given.detail ?? null,
          zone,
          capacity: given.capacity ?? 8,
          equipment: given.equipment ?? [],
          active: true,
          setup_minutes: 0,
          cleanup_minutes: 0,
          needs_approval: false,
          booking_groups: [],
          check_in: false,
          release_minutes: 10,
          position: 0,
          version: 1,
          ...given.settings,
        },
      ],
    },
    {
      table: "room_hours",
      rows: (given.hours ?? []).map(([day, from_minute, to_minute]) => ({
        workspace_id: workspaceId,
        room_id: id,
        id: newId(),
        day,
        from_minute,
        to_minute,
      })),
    },
    {
      table: "room_part",
      rows: (given.parts ?? []).map((part) => ({
        workspace_id: workspaceId,
        whole_id: id,
        part_id: part.id,
      })),
    },
  ]);
  return { id, resourceId };
}
