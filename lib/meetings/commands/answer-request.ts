import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { changeMeeting } from "./change-meeting";
import { isBlocked } from "./free-times";
import { askForRooms } from "./room-requests";

export type AnswerRefusal =
  | "slot-taken"
  | "changed-meanwhile"
  | "already-confirmed"
  | "already-cancelled"
  | "slot-passed"
  | "not-pending";

type Asked = {
  readonly actor: Actor;
  readonly meeting: Meeting;
  /** The version the person saw; a later one means somebody was faster. */
  readonly version?: number | undefined;
};

/** Tells a host what a manager did in their place; a host needs no notice of their own act. */
const noticeFor = ({ actor, meeting }: Asked, kind: "confirmed" | "declined", override: boolean) =>
  override && actor.kind === "member"
    ? [
        {
          workspaceId: meeting.workspaceId,
          userId: meeting.hostId,
          meetingId: meeting.id,
          kind,
          title: meeting.subject,
          detail: actor.name,
        } as const,
      ]
    : [];

const isStale = ({ meeting, version }: Asked): boolean =>
  version !== undefined && version !== meeting.version;

/**
 * Confirms a request or a draft. Everything it needs is claimed now, if its hold has lapsed or it never had one: of
 * two overlapping ones confirmed at once, one wins and the other is told. Throws AccessDenied.
 */
export async function confirmMeeting(
  asked: Asked,
  deps: Deps,
): Promise<Result<Meeting, AnswerRefusal>> {
  const { actor, meeting } = asked;
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(actor, "meeting.confirm", facts);
  if (meeting.state === "confirmed") return refuse("already-confirmed");
  if (meeting.state === "cancelled") return refuse("already-cancelled");
  if (meeting.state !== "draft") return refuse("not-pending");
  if (meeting.start <= deps.now()) return refuse("slot-passed");
  if (isStale(asked)) return refuse("changed-meanwhile");
  const override = actsAsOverride(actor, facts);
  return changeMeeting<"slot-taken">(
    {
      grant,
      by: actedBy(actor, override),
      kind: "confirmed",
      next: { state: "confirmed", holdExpiresAt: null },
      claims: meeting.claims.length > 0 ? "keep" : "take",
      ...(meeting.link === null
        ? {
            recheck: async (tx) =>
              (await isBlocked(tx, actor, meeting)) ? refuse("slot-taken" as const) : ok({}),
          }
        : {}),
      happening: { event: "confirmed" },
      also: (tx, at, after) =>
        askForRooms(tx, after, meeting.claims.length > 0 ? meeting.rooms : [], { deps, at }),
      notices: noticeFor(asked, "confirmed", override),
    },
    deps,
  );
}

/** Says no to a request, with a reason the guest reads. Its time is free again at once. Throws AccessDenied. */
export async function declineMeeting(
  asked: Asked & { readonly reason: string },
  deps: Deps,
): Promise<Result<Meeting, AnswerRefusal>> {
  const { actor, meeting, reason } = asked;
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(actor, "meeting.decline", facts);
  if (meeting.state === "cancelled") return refuse("already-cancelled");
  if (meeting.state === "confirmed") return refuse("already-confirmed");
  if (meeting.state !== "draft") return refuse("not-pending");
  if (isStale(asked)) return refuse("changed-meanwhile");
  const override = actsAsOverride(actor, facts);
  return changeMeeting(
    {
      grant,
      by: actedBy(actor, override),
      kind: "declined",
      next: {
        state: "cancelled",
        declined: true,
        holdExpiresAt: null,
        cancelReason: reason,
        cancelledBy: "user",
        cancelledAt: deps.now(),
        sequence: meeting.sequence + 1,
      },
      claims: "release",
      happening: { event: "declined", changedBy: "host", reason },
      notices: noticeFor(asked, "declined", override),
      details: { reason },
    },
    deps,
  );
}
