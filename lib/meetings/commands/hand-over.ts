import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import { inTurn } from "@/lib/db/turnstile";
import { withRetry } from "@/lib/db/violations";
import type { MeetingId, UserId } from "@/lib/ids";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import type { HandedOver, HandOverCursor, KeptMeeting, Successor } from "../core/hand-over";
import { handedOver } from "../core/hand-over";
import type { Meeting } from "../core/meeting";
import { claimedResources, factsOf } from "../core/meeting";
import { mayHandOver, meetingPolicy } from "../policy";
import { findSuccessor, findTimeOf, listComing } from "../reads/hand-over";
import { findMeeting } from "../reads/meeting";
import { lockResources } from "../writes";
import { moveLinks, movePeople } from "../writes/hand-over";
import { changeMeeting } from "./change-meeting";

/** Meetings per call: each is a transaction of its own, and whoever waits wants to see how far it is. */
const MEETINGS_AT_ONCE = 25;

type Asked = {
  readonly actor: Member;
  readonly from: UserId;
  readonly to: UserId;
  /** Where the call before stopped; links were handed over by the first one. */
  readonly after?: HandOverCursor | undefined;
};

type Parties = Asked & { readonly successor: Successor; readonly timeOfFrom: string };

/** Links first: from here on nobody books the person who leaves. */
async function handOverLinks(
  { actor, from, successor, timeOfFrom }: Parties,
  deps: Deps,
): Promise<readonly string[]> {
  const { workspaceId } = actor;
  const resources = [timeOfFrom, successor.resourceId].sort();
  const now = deps.now();
  const links = await inTurn(resources, () =>
    withRetry(() =>
      deps.db.$transaction(async (tx) => {
        await lockResources(tx, workspaceId, resources);
        const moved = await moveLinks(tx, { workspaceId, from, to: successor, now });
        for (const link of moved) {
          await appendAudit(tx, deps.keys, {
            workspaceId,
            at: now,
            actor: "user",
            userId: actor.userId,
            actorName: actor.name,
            action: "link.hand-over",
            subject: link.id,
            details: { from, to: successor.userId },
          });
        }
        return moved;
      }),
    ),
  );
  await deps.invalidate(links.map(({ token }) => token));
  return links.map(({ name }) => name);
}

/**
 * One meeting, by the path every change takes: claims are given up and taken for the successor under the locks of
 * both, and the exclusion constraint says no where they are not free. A confirmed meeting's invitation is sent anew;
 * of a request the new host alone is told.
 */
function handOverMeeting(parties: Parties, before: Meeting, deps: Deps) {
  const { actor, from, successor } = parties;
  const after = handedOver(before, from, successor);
  const grant = meetingPolicy.authorize(actor, "meeting.hand-over", {
    ...factsOf(before),
    meeting: after,
  });
  const confirmed = before.state === "confirmed";
  const hosted = before.hostId === from;
  return changeMeeting(
    {
      grant,
      by: actedBy(actor, true),
      kind: "handed-over",
      next: { sequence: before.sequence + 1 },
      claims: before.claims.length > 0 ? "take" : "keep",
      alsoLock: claimedResources(before),
      happening: { event: confirmed ? "confirmed" : "requested" },
      told: ({ kind, userId }) => confirmed || (kind === "host" && userId === successor.userId),
      notices: [
        {
          workspaceId: before.workspaceId,
          userId: successor.userId,
          meetingId: before.id,
          kind: confirmed ? "booked" : "requested",
          title: before.subject,
          detail: actor.name,
        },
      ],
      details: { from: hosted ? before.hostName : null, to: successor.name },
      also: (tx) => movePeople(tx, before, after, successor),
    },
    deps,
  );
}

async function handOverMeetings(parties: Parties, deps: Deps): Promise<Omit<HandedOver, "links">> {
  const { actor, from, after } = parties;
  const { workspaceId } = actor;
  const limit = MEETINGS_AT_ONCE;
  const coming = await listComing(
    deps.db,
    { workspaceId, userId: from },
    { now: deps.now(), after, limit },
  );
  const kept: KeptMeeting[] = [];
  for (const { id, start } of coming) {
    const meeting = await findMeeting(deps.db, { workspaceId, id: id as MeetingId });
    if (meeting === undefined) continue;
    const done = await handOverMeeting(parties, meeting, deps);
    if (!done.ok) kept.push({ id, start, subject: meeting.subject, reason: done.refusal });
  }
  const next = coming.length === limit ? coming.at(-1) : undefined;
  return { meetings: coming.length - kept.length, kept, next };
}

/**
 * Hands somebody's links and meetings to come over to a colleague: links in one step, then each meeting in its own.
 * A meeting at whose time the colleague is not free stays and is named; nobody is booked twice. Does a few meetings
 * per call and says where to go on. Throws AccessDenied for anybody but an admin.
 */
export async function handOver(
  asked: Asked,
  deps: Deps,
): Promise<Result<HandedOver, "same-person" | "no-successor" | "no-person">> {
  const { actor, from, to } = asked;
  if (!mayHandOver(actor)) throw new AccessDenied("meeting.hand-over");
  if (from === to) return refuse("same-person");
  const { workspaceId } = actor;
  const [successor, timeOfFrom] = await Promise.all([
    findSuccessor(deps.db, { workspaceId, userId: to }),
    findTimeOf(deps.db, { workspaceId, userId: from }),
  ]);
  if (timeOfFrom === undefined) return refuse("no-person");
  if (successor === undefined) return refuse("no-successor");
  const parties = { ...asked, successor, timeOfFrom };
  const links = asked.after === undefined ? await handOverLinks(parties, deps) : [];
  const rest = await handOverMeetings(parties, deps);
  return ok({ links, ...rest });
}
