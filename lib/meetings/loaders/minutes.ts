import "server-only";
import { notFound } from "next/navigation";
import { getMember } from "@/lib/auth/session";
import type { MeetingId } from "@/lib/ids";
import { runtime } from "@/lib/runtime";
import { factsOf } from "../core/meeting";
import type { MinutesView } from "../core/minutes";
import { meetingPolicy } from "../policy";
import { findMeeting } from "../reads/meeting";
import { findMinutes, listActions } from "../reads/minutes";

/** The minutes of a meeting this reader may read, and whether they may write them. Absent and foreign look the same. */
export async function loadMinutes(id: string): Promise<MinutesView> {
  const member = await getMember();
  if (!/^[0-9a-f-]{36}$/i.test(id)) notFound();
  const { db } = runtime();
  const { workspaceId } = member;
  const meeting = await findMeeting(db, { workspaceId, id: id as MeetingId });
  if (meeting === undefined) notFound();
  const facts = factsOf(meeting);
  if (!meetingPolicy.can(member, "meeting.read", facts)) notFound();
  const [minutes, actions] = await Promise.all([
    findMinutes(db, meeting),
    listActions(db, meeting),
  ]);
  return {
    meetingId: meeting.id,
    minutes: minutes ?? null,
    actions,
    mayWrite: meetingPolicy.can(member, "meeting.edit", facts),
  };
}
