import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { Deps } from "@/lib/runtime";
import { changeMeeting } from "../commands/change-meeting";
import { SYSTEM } from "../core/acted-by";
import { factsOf } from "../core/meeting";
import { meetingPolicy, systemActor } from "../policy";
import { findMeeting } from "../reads/meeting";

/**
 * Releases the time of a request nobody answered in time. Before its start the request itself stays, and can still
 * be confirmed if the time is free then; once its start has come it lapses, and the guest is told. A request that
 * was answered or moved since is left alone.
 */
export async function handleExpireHold(
  about: { readonly workspaceId: string; readonly meetingId: string; readonly sequence: number },
  deps: Deps,
): Promise<void> {
  const meeting = await findMeeting(deps.db, {
    workspaceId: about.workspaceId as WorkspaceId,
    id: about.meetingId as MeetingId,
  });
  const now = deps.now();
  if (meeting === undefined || meeting.state !== "draft" || meeting.sequence !== about.sequence)
    return;
  if (meeting.holdExpiresAt === null || meeting.holdExpiresAt > now) return;
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(systemActor(meeting.workspaceId), "meeting.expire", facts);
  const over = meeting.start <= now;
  await changeMeeting(
    {
      grant,
      by: SYSTEM,
      kind: "expired",
      next: over
        ? {
            state: "cancelled",
            holdExpiresAt: null,
            cancelledBy: "system",
            cancelledAt: now,
            sequence: meeting.sequence + 1,
          }
        : { holdExpiresAt: null },
      claims: "release",
      ...(over ? { happening: { event: "expired" as const } } : {}),
      notices: [
        {
          workspaceId: meeting.workspaceId,
          userId: meeting.hostId,
          meetingId: meeting.id,
          kind: "expired",
          title: meeting.subject,
          detail: null,
        },
      ],
    },
    deps,
  );
}
