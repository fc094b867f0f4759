import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { Meeting, MeetingRoom } from "../core/meeting";
import { listManagers } from "../reads/people";
import { mailOnlookers } from "./tell-readers";

/**
 * Asks for the rooms of a confirmed meeting that somebody has to say yes to: a task and a notice for the room's
 * keeper, or for everybody who manages meetings where it has none. Rooms that were asked for before are left alone.
 */
export async function askForRooms(
  tx: Transaction,
  meeting: Meeting,
  before: readonly MeetingRoom[],
  { deps, at }: { readonly deps: Pick<Deps, "queue" | "senderAddress">; readonly at: Instant },
): Promise<void> {
  const known = new Set(before.filter(({ state }) => state === "asked").map(({ id }) => id));
  const asked = meeting.rooms.filter(({ id, state }) => state === "asked" && !known.has(id));
  if (asked.length === 0) return;
  const managers = asked.some(({ keeperId }) => keeperId === null)
    ? await listManagers(tx, meeting.workspaceId)
    : [];
  // A room's keeper need not know what a private meeting is about.
  const topic = meeting.visibility === "private" ? meeting.hostName : meeting.subject;
  const requests = asked.flatMap((room) =>
    (room.keeperId === null ? managers : [room.keeperId]).map((userId) => ({ room, userId })),
  );
  await insertRows(tx, [
    noticeRows(
      requests.map(({ room, userId }) => ({
        workspaceId: meeting.workspaceId,
        userId,
        meetingId: meeting.id,
        kind: "room-asked" as const,
        title: topic,
        detail: room.name,
      })),
      at,
    ),
    {
      table: "task",
      rows: requests.map(({ room, userId }) => ({
        workspace_id: meeting.workspaceId,
        id: newId(),
        user_id: userId,
        meeting_id: meeting.id,
        kind: "request",
        title: `${room.name}: ${topic}`.slice(0, 200),
        due_on: calendarDateAt(room.zone, instantOf(Math.min(meeting.start, at + 86_400_000))),
        created_at: toIso(at),
      })),
    },
  ]);
  for (const room of asked) {
    const to = requests.filter((request) => request.room === room).map(({ userId }) => userId);
    const key = `${meeting.version}/${room.id}`;
    const said = { event: "room-asked", room: `${room.name}, ${room.location}` } as const;
    await mailOnlookers(tx, meeting, said, { deps, at, key, to });
  }
}
