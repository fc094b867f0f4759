import type { Actor, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { wishOnline } from "@/lib/conferencing/writes";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import type { UserId } from "@/lib/ids";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { actedBy } from "../core/acted-by";
import { assembleMeeting, problemsOf } from "../core/assemble";
import type { MeetingRefused } from "../core/conflict";
import { refusedFor } from "../core/conflict";
import type { Meeting } from "../core/meeting";
import { claimedResources, claimSpans } from "../core/meeting";
import { mayHost } from "../policy";
import { findFreeSeat } from "../reads/conflicts";
import { listLinksOn } from "../reads/meeting";
import { findParts } from "../reads/parts";
import type { MeetingInput } from "../schema";
import { claimRows, lockResources } from "../writes";
import { meetingRows } from "../writes/new-meeting";
import { writeConsequences } from "./consequences";
import { isBlocked, refusedTime } from "./free-times";
import { askForRooms } from "./room-requests";

type Asked = {
  readonly actor: Actor;
  readonly input: MeetingInput;
  /** Confirmed and claimed at once; a draft claims nothing and tells nobody. */
  readonly confirm: boolean;
};

class Taken extends Error {}

/** Takes what a confirmed meeting needs, in the state it is left in. Throws Taken where something stands in the way. */
async function settle(tx: Transaction, actor: Actor, meeting: Meeting): Promise<Meeting> {
  if (await isBlocked(tx, actor, meeting)) throw new Taken();
  const seat = await findFreeSeat(tx, meeting);
  if (seat === undefined && (meeting.virtualRoom?.pool.length ?? 0) > 0) throw new Taken();
  return { ...meeting, seatResourceId: seat ?? null };
}

async function writeUnderLock(
  tx: Transaction,
  actor: Actor,
  draft: Meeting,
  { deps, at, confirm }: { readonly deps: Deps; readonly at: Instant; readonly confirm: boolean },
): Promise<Meeting> {
  const resources = [...claimedResources(draft), ...(draft.virtualRoom?.pool ?? [])].sort();
  await lockResources(tx, draft.workspaceId, resources);
  const meeting = confirm ? await settle(tx, actor, { ...draft, state: "confirmed" }) : draft;
  const by = actedBy(actor, false);
  const rows = [
    ...meetingRows(meeting),
    ...(confirm ? [claimRows(meeting, claimSpans(meeting))] : []),
  ];
  if (!confirm || meeting.virtualRoom === null) {
    await writeConsequences(tx, meeting, consequencesOf(meeting, by, confirm), { deps, at, rows });
  } else {
    // The row first: the meeting online is written into it.
    await insertRows(tx, rows);
    const online = await wishOnline(tx, meeting, { queue: deps.queue, at });
    const joined = { ...meeting, ...online };
    await writeConsequences(tx, joined, consequencesOf(joined, by, confirm), { deps, at });
    await askForRooms(tx, joined, [], { deps, at });
    return joined;
  }
  if (confirm) await askForRooms(tx, meeting, [], { deps, at });
  return meeting;
}

const consequencesOf = (meeting: Meeting, by: ReturnType<typeof actedBy>, confirm: boolean) => ({
  by,
  kind: confirm ? ("booked" as const) : ("drafted" as const),
  permission: "meeting.make",
  ...(confirm ? { happening: { event: "confirmed" as const } } : {}),
  notices:
    by.userId === meeting.hostId
      ? []
      : [
          {
            workspaceId: meeting.workspaceId,
            userId: meeting.hostId,
            meetingId: meeting.id,
            kind: "booked" as const,
            title: meeting.subject,
            detail: by.actorName,
          },
        ],
});

/**
 * Somebody of the house makes a meeting: for themselves, or for a colleague who holds it. Confirmed, it takes
 * everybody and everything it needs in one transaction, or nothing. Who is not here, or may not be asked, is named
 * field by field. Throws AccessDenied for those who make no meetings.
 */
export async function makeMeeting(
  { actor, input, confirm }: Asked,
  deps: Deps,
): Promise<Result<Meeting, MeetingRefused>> {
  if (!isHosting(actor)) throw new AccessDenied("meeting.make");
  const at = deps.now();
  if (input.end <= at) return refuse(refusedFor("slot-passed"));
  const { workspaceId } = actor;
  const hostId = (input.hostId ?? actor.userId) as UserId;
  const wanted = { ...input, hostId };
  const parts = await findParts(deps.db, workspaceId, {
    userIds: [hostId, ...input.people.map(({ userId }) => userId)],
    emails: input.guests.map(({ email }) => email),
    roomIds: input.roomIds,
    virtualRoomId: input.virtualRoomId,
  });
  const fields = problemsOf(wanted, parts, actor, workspaceId);
  if (Object.keys(fields).length > 0) return refuse(refusedFor("invalid", { fields }));
  const draft = assembleMeeting(wanted, parts, {
    workspaceId,
    actor,
    creatorId: actor.userId,
    now: at,
    uidHost: new URL(deps.appUrl).hostname,
  });
  return writeNew(draft, { actor, confirm }, deps);
}

const isHosting = (actor: Actor): actor is Member => mayHost(actor);

/** Writes an assembled meeting of the house. */
export async function writeNew(
  draft: Meeting,
  { actor, confirm }: Pick<Asked, "actor" | "confirm">,
  deps: Deps,
): Promise<Result<Meeting, MeetingRefused>> {
  const at = deps.now();
  const resources = claimedResources(draft);
  try {
    const meeting = await inTurn(resources, () =>
      withRetry(() =>
        deps.db.$transaction((tx) => writeUnderLock(tx, actor, draft, { deps, at, confirm })),
      ),
    );
    if (confirm) {
      await deps.invalidate(await listLinksOn(deps.db, draft.workspaceId, resources));
    }
    return ok(meeting);
  } catch (error) {
    if (error instanceof Taken || violates(error, "resource_is_claimed_once_at_a_time")) {
      return refuse(await refusedTime(deps.db, actor, draft, at));
    }
    throw error;
  }
}
