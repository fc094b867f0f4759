import type { Member } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import type { MeetingId } from "@/lib/ids";
import { addMinutes } from "@/lib/time/instant";
import type { Conflict, WantedEvent } from "../core/conflict";
import { listConflicts } from "../reads/conflicts";
import { findParts } from "../reads/parts";
import type { ConflictQuestion } from "../schema";
import { conflictReaderOf } from "./free-times";

/**
 * What stands in the way of these events, by their keys: people, rooms with set-up, clean-up and parts, seats online.
 * People and rooms that do not exist here are in nobody's way. Three statements, whatever the number of events.
 */
export async function checkEvents(
  db: Db,
  actor: Member,
  events: ConflictQuestion["events"],
): Promise<ReadonlyMap<string, readonly Conflict[]>> {
  const virtualRoomIds = [...new Set(events.flatMap(({ virtualRoomId }) => virtualRoomId ?? []))];
  const [parts, ...virtual] = await Promise.all([
    findParts(db, actor.workspaceId, {
      userIds: events.flatMap((event) => [...event.userIds, ...event.optionalUserIds]),
      emails: [],
      roomIds: events.flatMap(({ roomIds }) => roomIds),
      virtualRoomId: null,
    }),
    ...virtualRoomIds.map((virtualRoomId) =>
      findParts(db, actor.workspaceId, { userIds: [], emails: [], roomIds: [], virtualRoomId }),
    ),
  ]);
  const people = new Map(
    parts.people.map((person) => [person.userId as string, person.resourceId]),
  );
  const rooms = new Map(parts.rooms.map((room) => [room.id as string, room]));
  const pools = new Map(
    virtual.flatMap(({ virtualRoom }) => (virtualRoom ? [[virtualRoom.id, virtualRoom]] : [])),
  );
  const wanted = events.map((event): WantedEvent => {
    const { start: from, end: to } = event;
    const spanOf = (required: boolean) => (userId: string) => {
      const resourceId = people.get(userId);
      return resourceId === undefined ? [] : [{ resourceId, from, to, required }];
    };
    const virtualRoom = pools.get(event.virtualRoomId ?? "");
    return {
      key: event.key,
      start: from,
      end: to,
      spans: [
        ...event.userIds.flatMap(spanOf(true)),
        ...event.optionalUserIds.flatMap(spanOf(false)),
        ...event.roomIds.flatMap((id) => {
          const room = rooms.get(id);
          return (room?.claims ?? []).map((resourceId) => ({
            resourceId,
            from: addMinutes(from, -(room?.setupMinutes ?? 0)),
            to: addMinutes(to, room?.cleanupMinutes ?? 0),
            required: true,
          }));
        }),
      ],
      pool:
        virtualRoom === undefined || virtualRoom.pool.length === 0
          ? null
          : { name: virtualRoom.name, seats: virtualRoom.pool },
      ...(event.exceptMeetingId === undefined
        ? {}
        : { except: [event.exceptMeetingId as MeetingId] }),
    };
  });
  return listConflicts(db, conflictReaderOf(actor, actor.workspaceId), wanted);
}
