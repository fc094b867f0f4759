import type { Actor, Member } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import { definePolicy } from "@/lib/access/policy";
import type { WorkspaceId } from "@/lib/ids";
import type { MeetingFacts } from "./core/meeting";

const isHostOrCreator = (actor: Actor, meeting: MeetingFacts): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === meeting.workspaceId &&
  belongsTo(actor, "admin", "meeting_manager", "meeting_user") &&
  (actor.userId === meeting.hostId ||
    actor.userId === meeting.creatorId ||
    meeting.coHostIds.includes(actor.userId));

const manages = (actor: Actor, meeting: MeetingFacts): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === meeting.workspaceId &&
  belongsTo(actor, "admin", "meeting_manager");

const runsIt = (actor: Actor, meeting: MeetingFacts): boolean =>
  isHostOrCreator(actor, meeting) || manages(actor, meeting);

const takesPart = (actor: Actor, meeting: MeetingFacts): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === meeting.workspaceId &&
  meeting.memberIds.includes(actor.userId);

const isStaff = (actor: Actor, meeting: MeetingFacts): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === meeting.workspaceId &&
  belongsTo(actor, "admin", "meeting_manager", "meeting_user");

const isItsGuest = (actor: Actor, meeting: MeetingFacts): boolean =>
  actor.kind === "guest" &&
  actor.workspaceId === meeting.workspaceId &&
  actor.meetingId === meeting.id;

/** Who may put one person in another's place: whoever may also remove people. */
export const mayHandOver = (actor: Actor): actor is Member =>
  actor.kind === "member" && belongsTo(actor, "admin");

/** The words agreed for everybody else. */
const onlyTheyCan = (verb: string): string => `Access Denied: Only creator/host can ${verb}`;

/** Who may do what to a meeting: the table of booking-and-meetings, section 4. */
export const meetingPolicy = definePolicy<MeetingFacts>()({
  "meeting.read": {
    when: (actor, meeting) =>
      runsIt(actor, meeting) ||
      takesPart(actor, meeting) ||
      (isStaff(actor, meeting) && meeting.visibility === "public"),
  },
  "meeting.edit": { when: runsIt, denied: onlyTheyCan("edit") },
  "meeting.confirm": { when: runsIt, denied: onlyTheyCan("confirm") },
  "meeting.decline": { when: runsIt, denied: onlyTheyCan("decline") },
  "meeting.cancel": { when: runsIt, denied: onlyTheyCan("cancel") },
  "meeting.reschedule": { when: runsIt, denied: onlyTheyCan("reschedule") },
  // Done, or nobody came.
  "meeting.close": { when: runsIt, denied: onlyTheyCan("close") },
  "meeting.hand-over": {
    when: (actor, { workspaceId }) => mayHandOver(actor) && actor.workspaceId === workspaceId,
  },
  "meeting.resend": { when: runsIt, denied: onlyTheyCan("send again") },
  // Yes, maybe, no, and another time: whoever was invited.
  "meeting.answer": { when: takesPart },
  "meeting.propose": { when: takesPart },
  "meeting.expire": {
    when: (actor, meeting) => actor.kind === "system" && actor.workspaceId === meeting.workspaceId,
  },
  // What a provider wrote about it becomes its minutes.
  "meeting.summarise": {
    when: (actor, meeting) => actor.kind === "system" && actor.workspaceId === meeting.workspaceId,
  },
  "booking.read": { when: isItsGuest },
  "booking.reschedule": { when: isItsGuest },
  "booking.cancel": { when: isItsGuest },
  // With the capability of one invitation: what a colleague may signed in.
  "invitation.answer": { when: isItsGuest },
});

/** True when only the right to manage lets this actor act: such an act is logged as an override. */
export const actsAsOverride = (actor: Actor, meeting: MeetingFacts): boolean =>
  manages(actor, meeting) && !isHostOrCreator(actor, meeting);

/** Whether somebody may make meetings of their own. */
export const mayHost = (actor: Actor): boolean =>
  actor.kind === "member" && belongsTo(actor, "admin", "meeting_manager", "meeting_user");

/** The actor of jobs. Only handlers make one. */
export const systemActor = (workspaceId: WorkspaceId): Actor => ({ kind: "system", workspaceId });
