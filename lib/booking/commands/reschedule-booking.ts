import type { Actor } from "@/lib/access/actor";
import { changeMeeting } from "@/lib/meetings/commands/change-meeting";
import { actedBy } from "@/lib/meetings/core/acted-by";
import { changeableUntil } from "@/lib/meetings/core/deadlines";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { factsOf } from "@/lib/meetings/core/meeting";
import { actsAsOverride, meetingPolicy } from "@/lib/meetings/policy";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { BookingRefusal, BookingRefused } from "../core/guest-booking";
import { chooseTeam, decideStart, decidingWindow, listStarts, nextStarts } from "../core/offer";
import { pageWindow, roomOf } from "../core/snapshot";
import { findMovingLink } from "../reads";

type Asked = {
  readonly actor: Actor;
  readonly meeting: Meeting;
  readonly start: Instant;
  readonly version?: number | undefined;
};

async function refused(
  reason: BookingRefusal,
  { meeting, start }: Asked,
  deps: Deps,
): Promise<{ ok: false; refusal: BookingRefused }> {
  const now = deps.now();
  const link = await findMovingLink(deps.db, meeting, pageWindow(now));
  return refuse({
    reason,
    nextStarts: link === undefined ? [] : nextStarts(listStarts(link, now), start),
  });
}

function whyNotChangeable(asked: Asked, deps: Deps): BookingRefusal | undefined {
  const { actor, meeting, version } = asked;
  if (meeting.state !== "draft" && meeting.state !== "confirmed") return "not-changeable";
  if (actor.kind === "guest" && deps.now() >= changeableUntil(meeting)) return "not-changeable";
  if (version !== undefined && version !== meeting.version) return "changed-meanwhile";
  return undefined;
}

/**
 * Moves a booking to another free start of its link: same meeting, same UID, SEQUENCE + 1, same people. A request
 * stays a request, a confirmed meeting stays confirmed. By its guest, its host or a manager. Throws AccessDenied.
 */
export async function rescheduleBooking(
  asked: Asked,
  deps: Deps,
): Promise<Result<Meeting, BookingRefused>> {
  const { actor, meeting, start } = asked;
  const facts = factsOf(meeting);
  const byGuest = actor.kind === "guest";
  const grant = meetingPolicy.authorize(
    actor,
    byGuest ? "booking.reschedule" : "meeting.reschedule",
    facts,
  );
  const stuck = whyNotChangeable(asked, deps);
  if (stuck !== undefined) return refused(stuck, asked, deps);
  const now = deps.now();
  const seen = await findMovingLink(deps.db, meeting, { from: start, to: start });
  if (seen === undefined) return refused("not-changeable", asked, deps);
  if (start === meeting.start) return ok(meeting);
  // Most losers of a race are told before they queue for the lock.
  if (seen.horizon.kind !== "bookable-days") {
    const early = decideStart(seen, now, start);
    if (!early.ok) return refused(early.reason, asked, deps);
  }

  const override = actsAsOverride(actor, facts);
  const by = actedBy(actor, override);
  const moved = await changeMeeting<BookingRefusal>(
    {
      grant,
      by,
      kind: "moved",
      next: {
        start,
        end: instantOf(start + (meeting.end - meeting.start)),
        sequence: meeting.sequence + 1,
        ...(meeting.holdExpiresAt === null
          ? {}
          : {
              holdExpiresAt: instantOf(Math.min(now + seen.holdMinutes * MINUTE_MS, start)),
            }),
      },
      claims: "take",
      alsoLock: [...seen.hosts, ...seen.rooms].map(({ resourceId }) => resourceId),
      recheck: async (tx) => {
        const link = await findMovingLink(tx, meeting, decidingWindow(seen, now, start));
        if (link === undefined) return refuse("not-changeable");
        const decision = decideStart(link, now, start);
        if (!decision.ok) return refuse(decision.reason);
        if (link.rooms.length === 0) return ok({});
        const kept = link.rooms.find(
          ({ roomId }) =>
            roomId === meeting.rooms[0]?.id && decision.slot.roomIds?.includes(roomId) === true,
        );
        const room = kept ?? chooseTeam(link, decision.slot)?.room ?? null;
        return ok({ rooms: room === null ? [] : [roomOf(room)] });
      },
      happening: {
        event: "moved",
        previous: { start: meeting.start, end: meeting.end },
        changedBy: byGuest ? "guest" : "host",
      },
      notices:
        byGuest || override
          ? [
              {
                workspaceId: meeting.workspaceId,
                userId: meeting.hostId,
                meetingId: meeting.id,
                kind: "moved",
                title: meeting.subject,
                detail: by.actorName,
              },
            ]
          : [],
      details: {
        previousStart: meeting.start,
        previousEnd: meeting.end,
        start,
        end: start + (meeting.end - meeting.start),
      },
    },
    deps,
  );
  return moved.ok ? moved : refused(moved.refusal, asked, deps);
}
