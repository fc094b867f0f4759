import type { BookingLinkId, MeetingId, ResourceId, RoomId, UserId, WorkspaceId } from "@/lib/ids";
import type { TimeZone } from "@/lib/time/zone";
import type { AttendeeAnswer, MeetingRow, MeetingStatus } from "./meeting-view";

export type AttendeeKind = "host" | "attendee" | "guest" | "extra_guest";

export type Attendee = {
  readonly id: string;
  readonly kind: AttendeeKind;
  readonly userId: UserId | null;
  /** Set for people of the workspace: what a confirmed meeting claims when they are required. */
  readonly resourceId: ResourceId | null;
  readonly name: string;
  readonly email: string;
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24 | null;
  readonly required: boolean;
  readonly answer: AttendeeAnswer;
  /** The guest whose seat this extra guest came with. */
  readonly guestOf: string | null;
  /** When they gave up their seat of a shared meeting; those who did are only seen by themselves. */
  readonly leftAt: number | null;
  /** What a guest answered, with each question as it was asked. */
  readonly answers: readonly GuestAnswer[];
};

export type GuestAnswer = {
  readonly key: string;
  readonly kind: "text" | "long_text" | "select" | "phone" | "checkbox";
  readonly label: string;
  readonly value: string;
};

export type MeetingState = "draft" | "confirmed" | "done" | "no_show" | "cancelled";

/** A meeting with all that commands, mails and the calendar file need, as of one statement. Times in epoch ms. */
export type Meeting = {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly workspaceZone: TimeZone;
  readonly id: MeetingId;
  readonly state: MeetingState;
  readonly declined: boolean;
  readonly visibility: "public" | "private";
  readonly subject: string;
  readonly note: string | null;
  readonly hostId: UserId;
  readonly hostName: string;
  readonly hostTitle: string | null;
  readonly hostEmail: string;
  readonly hostZone: TimeZone;
  readonly creatorId: UserId | null;
  readonly start: number;
  readonly end: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly holdExpiresAt: number | null;
  readonly createdAt: number;
  readonly cancelledAt: number | null;
  readonly cancelledBy: "user" | "guest" | "system" | null;
  readonly cancelReason: string | null;
  readonly uid: string;
  readonly sequence: number;
  readonly version: number;
  readonly placeKind: "none" | "room" | "virtual" | "phone" | "address";
  readonly placeLabel: string | null;
  readonly placeDetail: string | null;
  readonly joinUrl: string | null;
  /** Above null: several guests share it, each knowing nothing of the others. */
  readonly seats: number | null;
  readonly seatsTaken: number;
  readonly link: {
    readonly id: BookingLinkId;
    readonly token: string;
    readonly name: string;
    readonly needsApproval: boolean;
    readonly changeDeadlineMinutes: number;
    readonly reminderMinutes: readonly number[];
    readonly afterNote: string | null;
    readonly redirectUrl: string | null;
    /** `#rrggbb` of the link, else of the workspace; and the image beside its name. */
    readonly colour: string | null;
    readonly logoId: string | null;
  } | null;
  readonly room: {
    readonly id: RoomId;
    readonly resourceId: ResourceId;
    readonly name: string;
    readonly location: string;
    readonly detail: string | null;
    readonly zone: TimeZone;
  } | null;
  readonly attendees: readonly Attendee[];
  /** Live claims: what is taken right now. */
  readonly claims: readonly { readonly resourceId: ResourceId }[];
  /** Whether anybody was sent a calendar file for this meeting. */
  readonly invited: boolean;
};

/** The facts the policy decides by. */
export type MeetingFacts = Pick<
  Meeting,
  "workspaceId" | "id" | "hostId" | "creatorId" | "visibility"
> & {
  readonly memberIds: readonly UserId[];
};

export const factsOf = (meeting: Meeting): MeetingFacts & { readonly meeting: Meeting } => ({
  workspaceId: meeting.workspaceId,
  id: meeting.id,
  hostId: meeting.hostId,
  creatorId: meeting.creatorId,
  visibility: meeting.visibility,
  memberIds: meeting.attendees.flatMap((attendee) => attendee.userId ?? []),
  meeting,
});

export const isPending = (meeting: Pick<Meeting, "state" | "link">): boolean =>
  meeting.state === "draft" && meeting.link !== null;

/** What the screens call its state. */
export function statusOf(
  meeting: Pick<Meeting, "state" | "declined"> & { readonly link: unknown },
): MeetingStatus {
  if (meeting.state === "draft") return meeting.link === null ? "draft" : "pending";
  if (meeting.state === "cancelled") return meeting.declined ? "declined" : "cancelled";
  if (meeting.state === "no_show") return "no-show";
  return meeting.state;
}

/** The resources a settled meeting takes: host, required colleagues, room. Sorted, because locks are taken in order. */
export function claimedResources(meeting: Meeting): ResourceId[] {
  const people = meeting.attendees.flatMap((attendee) =>
    attendee.resourceId !== null && (attendee.required || attendee.kind === "host")
      ? [attendee.resourceId]
      : [],
  );
  const room = meeting.room === null ? [] : [meeting.room.resourceId];
  return [...new Set([...people, ...room])].sort();
}

/** Which colour a meeting has in the week: private ones say nothing of themselves. */
export function kindOf(visibility: Meeting["visibility"], guests: number): MeetingRow["kind"] {
  if (visibility === "private") return "private";
  return guests > 0 ? "guests" : "colleagues";
}

/** A guest and whoever they brought along. */
export const partyOf = (
  meeting: Pick<Meeting, "attendees">,
  guestId: string,
): readonly Attendee[] =>
  meeting.attendees.filter(({ id, guestOf }) => id === guestId || guestOf === guestId);
