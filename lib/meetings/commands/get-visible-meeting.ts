import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import type { Db } from "@/lib/db/client";
import type { MeetingId } from "@/lib/ids";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { meetingPolicy } from "../policy";
import { findMeeting } from "../reads/meeting";

/** A meeting as this member may see it. Throws NotHere for what is absent, foreign or hidden from them: all the same. */
export async function getVisibleMeeting(db: Db, member: Member, id: string): Promise<Meeting> {
  const meeting = await findMeeting(db, {
    workspaceId: member.workspaceId,
    id: id as MeetingId,
  });
  if (meeting === undefined || !meetingPolicy.can(member, "meeting.read", factsOf(meeting))) {
    throw new NotHere();
  }
  return meeting;
}
