import type { Actor } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { writeConsequences } from "@/lib/meetings/commands/consequences";
import { actedBy } from "@/lib/meetings/core/acted-by";
import { assembleMeeting } from "@/lib/meetings/core/assemble";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { listLinksOn } from "@/lib/meetings/reads/meeting";
import { findParts } from "@/lib/meetings/reads/parts";
import { listManagers } from "@/lib/meetings/reads/people";
import { meetingInput } from "@/lib/meetings/schema";
import { claimRows, lockResources } from "@/lib/meetings/writes";
import { meetingRows } from "@/lib/meetings/writes/new-meeting";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, MINUTE_MS, toIso } from "@/lib/time/instant";
import { walkInChoices } from "../core/board";
import { occupancyPolicy } from "../policy";
import { findBoard } from "../reads";
import { releaseStay } from "./release-stay";

export type TakeRefusal = "no-room" | "no-host" | "slot-taken";

type Door = {
  readonly actor: Extract<Actor, { kind: "display" }>;
  /** Who put the tablet there: holds the meeting where the room has no keeper. */
  readonly pairedBy: string | null;
  readonly minutes: number;
};

const SUBJECT = "Booked at the door";

/**
 * The meeting of whoever stands before the door. The room's keeper holds it in name, else whoever put the tablet
 * there, else a manager; nobody's time is taken but the room's.
 */
async function assemble(door: Door, deps: Deps, at: Instant): Promise<Meeting | TakeRefusal> {
  const { actor, pairedBy, minutes } = door;
  const { workspaceId } = actor;
  const start = instantOf(Math.floor(at / MINUTE_MS) * MINUTE_MS);
  const end = addMinutes(start, minutes);
  const managers = await listManagers(deps.db, workspaceId);
  const read = (userIds: readonly string[]) =>
    findParts(deps.db, workspaceId, {
      userIds,
      emails: [],
      roomIds: [actor.roomId],
      virtualRoomId: null,
    });
  const [known] = (await read([])).rooms;
  if (known === undefined) return "no-room";
  const wanted = [known.keeperId, pairedBy, ...managers].filter((id) => id !== null);
  const parts = await read(wanted);
  const host = wanted.find((id) => parts.people.some(({ userId }) => userId === id));
  if (host === undefined) return "no-host";
  const hostId = host as UserId;
  const input = meetingInput.parse({
    subject: SUBJECT,
    start: toIso(start),
    end: toIso(end),
    hostId,
    roomIds: [actor.roomId],
  });
  const about = {
    workspaceId,
    actor,
    creatorId: null,
    now: at,
    uidHost: new URL(deps.appUrl).hostname,
  };
  const meeting = assembleMeeting({ ...input, hostId }, parts, about);
  return {
    ...meeting,
    state: "confirmed",
    attendees: [],
    rooms: meeting.rooms.map((room) => ({ ...room, state: "approved", checkedInAt: at })),
  };
}

/** The room from now on: whoever stands there needs no set-up, and the one before may still be cleaning up. */
const spansOf = (meeting: Meeting) =>
  meeting.rooms.flatMap(({ claims, cleanupMinutes }) =>
    claims.map((resourceId) => ({
      resourceId,
      during: {
        from: instantOf(meeting.start),
        to: addMinutes(instantOf(meeting.end), cleanupMinutes),
      },
    })),
  );

class Taken extends Error {}

async function writeUnderLock(
  tx: Transaction,
  meeting: Meeting,
  { door, deps, at }: { readonly door: Door; readonly deps: Deps; readonly at: Instant },
): Promise<void> {
  const spans = spansOf(meeting);
  await lockResources(tx, meeting.workspaceId, spans.map(({ resourceId }) => resourceId).sort());
  // What the door showed decides again, with what is true under the lock.
  const board = await findBoard(tx, meeting.workspaceId, door.actor.roomId, at);
  if (board === undefined || !walkInChoices(board, at).includes(door.minutes)) throw new Taken();
  await writeConsequences(
    tx,
    meeting,
    { by: actedBy(door.actor, false), kind: "booked", permission: "door.take" },
    { deps, at, rows: [...meetingRows(meeting), claimRows(meeting, spans)] },
  );
}

/** A room somebody should have come to by now is free, although the job that gives it back may be late. */
async function releaseOverdue(workspaceId: WorkspaceId, roomId: string, deps: Deps, at: Instant) {
  const board = await findBoard(deps.db, workspaceId, roomId, at);
  const overdue = (board?.stays ?? []).filter(
    ({ checkedInAt, releasedAt }) =>
      checkedInAt === null && releasedAt !== null && releasedAt <= at,
  );
  for (const { meetingId, start } of overdue) {
    await releaseStay({ workspaceId, meetingId, roomId, start }, deps);
  }
}

/**
 * Takes a room from now on for whoever stands at its door: a real meeting with a real claim, checked in already. Of
 * two who want it at once one gets it. Throws AccessDenied.
 */
export async function takeRoom(door: Door, deps: Deps): Promise<Result<Meeting, TakeRefusal>> {
  const { workspaceId, roomId } = door.actor;
  occupancyPolicy.authorize(door.actor, "door.take", {
    workspaceId,
    roomId,
    keeperId: null,
    memberIds: [],
  });
  const at = deps.now();
  await releaseOverdue(workspaceId, roomId, deps, at);
  const meeting = await assemble(door, deps, at);
  if (typeof meeting === "string") return refuse(meeting);
  const resources = spansOf(meeting)
    .map(({ resourceId }) => resourceId)
    .sort();
  try {
    await inTurn(resources, () =>
      withRetry(() =>
        deps.db.$transaction((tx) => writeUnderLock(tx, meeting, { door, deps, at })),
      ),
    );
  } catch (error) {
    if (error instanceof Taken || violates(error, "resource_is_claimed_once_at_a_time")) {
      return refuse("slot-taken");
    }
    throw error;
  }
  await deps.invalidate(await listLinksOn(deps.db, workspaceId, resources));
  return ok(meeting);
}
