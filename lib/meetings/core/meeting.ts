import type { BookingLinkId, MeetingId, ResourceId, RoomId, UserId, WorkspaceId } from "@/lib/ids";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
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
  /** May do all that the host may. */
  readonly coHost: boolean;
  readonly answeredAt: number | null;
  readonly answerNote: string | null;
  /** Minutes before the start at which a colleague wants to be reminded; null is as the product has it. */
  readonly reminderMinutes: readonly number[] | null;
};

/** A colleague or guest before anything else is known of them. */
export const NEW_ATTENDEE = {
  hourCycle: null,
  required: true,
  answer: "needs-action",
  guestOf: null,
  leftAt: null,
  answers: [],
  coHost: false,
  answeredAt: null,
  answerNote: null,
  reminderMinutes: null,
} as const satisfies Partial<Attendee>;

export type MeetingRoomState = "approved" | "asked" | "declined" | "released";

/** A room as a meeting holds it. */
export type MeetingRoom = {
  readonly id: RoomId;
  readonly resourceId: ResourceId;
  /** What taking it takes: itself, and its parts when it can be divided. */
  readonly claims: readonly ResourceId[];
  readonly name: string;
  readonly location: string;
  readonly detail: string | null;
  readonly zone: TimeZone;
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
  readonly needsApproval: boolean;
  readonly keeperId: UserId | null;
  readonly checkIn: boolean;
  readonly releaseMinutes: number;
  /** asked: held until its keeper says yes. declined, released: no longer held. */
  readonly state: MeetingRoomState;
  readonly checkedInAt: number | null;
};

export type OnlineProvider = "jitsi" | "zoom" | "google_meet" | "teams" | "link";

/** The virtual room a meeting is held in. */
export type MeetingVirtualRoom = {
  readonly id: string;
  readonly name: string;
  readonly provider: OnlineProvider;
  /** Its own server, or the one address everybody goes to. */
  readonly address: string | null;
  /** Seats that may be held at once; none when the provider needs no account. */
  readonly pool: readonly ResourceId[];
};

/** The meeting at the provider, which may lag behind. */
export type OnlineMeeting = {
  readonly id: string;
  readonly state: "wanted" | "ready" | "failed" | "unwanted" | "gone";
  readonly cause: string | null;
};

/** Its place in a series; `recurrenceStart` is its original start, epoch ms. */
export type MeetingSeries = {
  readonly id: string;
  readonly rule: string;
  readonly zone: TimeZone;
  /** Wall time of its first date, `YYYY-MM-DDTHH:MM`. */
  readonly startsLocal: string;
  readonly uid: string;
  readonly sequence: number;
  readonly recurrenceStart: number;
  readonly detached: boolean;
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
  readonly rooms: readonly MeetingRoom[];
  readonly virtualRoom: MeetingVirtualRoom | null;
  /** The seat of the virtual room it holds; null when it needs none, or none is settled yet. */
  readonly seatResourceId: ResourceId | null;
  readonly online: OnlineMeeting | null;
  readonly series: MeetingSeries | null;
  readonly agenda: string | null;
  readonly attachments: readonly { readonly title: string; readonly url: string }[];
  /** Minutes before the start; null is as its link, else each reader, has it. */
  readonly reminderMinutes: readonly number[] | null;
  /** Everybody invited reads who else is; else each reads of nobody but the host. */
  readonly sharesList: boolean;
  readonly attendees: readonly Attendee[];
  /** Live claims: what is taken right now. */
  readonly claims: readonly { readonly resourceId: ResourceId }[];
  /** Whether anybody was sent a calendar file for this meeting. */
  readonly invited: boolean;
  /** Whether its changes are told outside: a webhook, a calendar it is copied to. */
  readonly followed: boolean;
};

/** The facts the policy decides by. */
export type MeetingFacts = Pick<
  Meeting,
  "workspaceId" | "id" | "hostId" | "creatorId" | "visibility"
> & {
  readonly memberIds: readonly UserId[];
  readonly coHostIds: readonly UserId[];
};

export const factsOf = (meeting: Meeting): MeetingFacts & { readonly meeting: Meeting } => ({
  workspaceId: meeting.workspaceId,
  id: meeting.id,
  hostId: meeting.hostId,
  creatorId: meeting.creatorId,
  visibility: meeting.visibility,
  memberIds: meeting.attendees.flatMap((attendee) => attendee.userId ?? []),
  coHostIds: meeting.attendees.flatMap(({ coHost, userId }) => (coHost && userId) || []),
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

const held = ({ state }: Pick<MeetingRoom, "state">): boolean =>
  state === "approved" || state === "asked";

export type ClaimSpan = { readonly resourceId: ResourceId; readonly during: Interval };

/**
 * What a settled meeting takes, and for how long: host, required colleagues and its seat online with the meeting's
 * buffers, each room and its parts with the longer of those and the room's own. One span for each resource, sorted,
 * because locks are taken in order.
 */
export function claimSpans(
  meeting: Pick<
    Meeting,
    | "attendees"
    | "rooms"
    | "seatResourceId"
    | "start"
    | "end"
    | "bufferBeforeMinutes"
    | "bufferAfterMinutes"
  >,
): ClaimSpan[] {
  const spans = new Map<ResourceId, Interval>();
  const take = (resourceId: ResourceId, before: number, after: number): void => {
    const from = instantOf(meeting.start - before * MINUTE_MS);
    const to = instantOf(meeting.end + after * MINUTE_MS);
    const known = spans.get(resourceId);
    spans.set(
      resourceId,
      known === undefined
        ? { from, to }
        : {
            from: instantOf(Math.min(known.from, from)),
            to: instantOf(Math.max(known.to, to)),
          },
    );
  };
  const { bufferBeforeMinutes: before, bufferAfterMinutes: after } = meeting;
  for (const { resourceId, required, kind } of meeting.attendees) {
    if (resourceId !== null && (required || kind === "host")) take(resourceId, before, after);
  }
  if (meeting.seatResourceId !== null) take(meeting.seatResourceId, before, after);
  for (const room of meeting.rooms.filter(held)) {
    for (const resourceId of room.claims) {
      take(resourceId, Math.max(before, room.setupMinutes), Math.max(after, room.cleanupMinutes));
    }
  }
  return [...spans]
    .map(([resourceId, during]) => ({ resourceId, during }))
    .sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
}

/** The resources of those spans, sorted. */
export const claimedResources = (meeting: Meeting): ResourceId[] =>
  claimSpans(meeting).map(({ resourceId }) => resourceId);

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
