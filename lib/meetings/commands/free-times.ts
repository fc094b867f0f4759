import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import type { MeetingId } from "@/lib/ids";
import { isOpen } from "@/lib/rooms/core/free";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Conflict, MeetingRefused, WantedEvent } from "../core/conflict";
import { isHard, refusedFor } from "../core/conflict";
import type { Meeting } from "../core/meeting";
import { claimSpans } from "../core/meeting";
import { NEXT_FREE_DAYS, nextFree } from "../core/next-free";
import type { ConflictReader } from "../reads/conflicts";
import { listConflicts, listHours, listTaken } from "../reads/conflicts";

/** What a reader of conflicts may know. */
export const conflictReaderOf = (
  actor: Actor,
  workspaceId: Meeting["workspaceId"],
): ConflictReader => ({
  workspaceId,
  userId: actor.kind === "member" ? actor.userId : null,
  manages: actor.kind === "member" && belongsTo(actor, "admin", "meeting_manager"),
});

/** A meeting as something to be checked: what it takes, and its optional people, who are only warned of. */
export function wantedOf(meeting: Meeting): WantedEvent {
  const during = {
    from: instantOf(meeting.start - meeting.bufferBeforeMinutes * MINUTE_MS),
    to: instantOf(meeting.end + meeting.bufferAfterMinutes * MINUTE_MS),
  };
  const optional = meeting.attendees.flatMap(({ resourceId, required, kind }) =>
    resourceId !== null && !required && kind !== "host"
      ? [{ resourceId, ...during, required: false }]
      : [],
  );
  const { virtualRoom } = meeting;
  return {
    key: meeting.id,
    spans: [
      ...claimSpans({ ...meeting, seatResourceId: null }).map(({ resourceId, during: span }) => ({
        resourceId,
        ...span,
        required: true,
      })),
      ...optional,
    ],
    pool:
      virtualRoom === null || virtualRoom.pool.length === 0
        ? null
        : { name: virtualRoom.name, seats: virtualRoom.pool },
    start: during.from,
    end: during.to,
    except: [meeting.id as MeetingId],
  };
}

/** What stands in the way of this meeting at its time, optional people included. */
export async function listConflictsOf(
  db: Db,
  actor: Actor,
  meeting: Meeting,
): Promise<readonly Conflict[]> {
  const wanted = wantedOf(meeting);
  const found = await listConflicts(db, conflictReaderOf(actor, meeting.workspaceId), [wanted]);
  return found.get(wanted.key) ?? [];
}

/** Whether something keeps the meeting from its time; optional people do not. */
export const isBlocked = async (db: Db, actor: Actor, meeting: Meeting): Promise<boolean> =>
  (await listConflictsOf(db, actor, meeting)).some(isHard);

/**
 * The refusal of a time, with what stands in its way and the next times at which nothing does. Told after the fact: by
 * then who stood in the way may have gone.
 */
export async function refusedTime(
  db: Db,
  actor: Actor,
  meeting: Meeting,
  now: Instant,
): Promise<MeetingRefused> {
  const conflicts = await listConflictsOf(db, actor, meeting);
  const from = instantOf(Math.max(meeting.start - DAY_MS, now));
  const spans = claimSpans({ ...meeting, seatResourceId: null });
  const resourceIds = spans.map(({ resourceId }) => resourceId);
  const taken = await listTaken(db, meeting.workspaceId, {
    resourceIds,
    from,
    to: instantOf(from + (NEXT_FREE_DAYS + 3) * DAY_MS),
    except: [meeting.id],
  });
  const rooms = await listHours(db, meeting.workspaceId, resourceIds);
  const open = (start: Instant, end: Instant) => rooms.every((room) => isOpen(room, start, end));
  const nextStarts = nextFree(taken, meeting, { now, zone: meeting.hostZone, open });
  return refusedFor("conflict", { conflicts, nextStarts });
}
