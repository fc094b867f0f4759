import type { MeetingId, ResourceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";

/** What stands in the way of a meeting, as whoever asks may know it. */
export type Conflict = {
  readonly kind: "person" | "room" | "virtual-room";
  /** Of the person or room; of the virtual room when all its seats are held. */
  readonly name: string;
  readonly resourceId: ResourceId;
  /** False for optional people: a warning, no refusal. */
  readonly required: boolean;
  readonly from: Instant;
  readonly to: Instant;
  readonly why: "meeting" | "busy-elsewhere" | "out-of-service" | "closed";
  /** The other meeting, where this reader may know of it; null otherwise. */
  readonly subject: string | null;
  readonly meetingId: MeetingId | null;
};

/** One wanted span of one resource. `group` names what else would do as well: the seats of one virtual room. */
export type WantedSpan = {
  readonly resourceId: ResourceId;
  readonly from: Instant;
  readonly to: Instant;
  readonly required: boolean;
};

/** One event that is to be checked: everything it takes at once. */
export type WantedEvent = {
  readonly key: string;
  readonly spans: readonly WantedSpan[];
  /** Seats of which one is enough; none for meetings that need no seat. */
  readonly pool: { readonly name: string; readonly seats: readonly ResourceId[] } | null;
  readonly start: Instant;
  readonly end: Instant;
  /** The meeting itself, and others that move with it, are in nobody's way. */
  readonly except?: readonly MeetingId[];
};

export const isHard = ({ required }: Pick<Conflict, "required">): boolean => required;

/** Why a meeting could not be made or changed, with all a form needs to help. */
export type MeetingRefused = {
  readonly reason: "conflict" | "invalid" | "slot-passed" | "changed-meanwhile" | "not-changeable";
  /** What stands in the way; of others' private meetings only when. */
  readonly conflicts: readonly Conflict[];
  /** Times at which nothing does. */
  readonly nextStarts: readonly Instant[];
  /** What is wrong with which field; of "invalid" only. */
  readonly fields?: Readonly<Record<string, string>>;
};

export const refusedFor = (
  reason: MeetingRefused["reason"],
  rest: Partial<MeetingRefused> = {},
): MeetingRefused => ({ reason, conflicts: [], nextStarts: [], ...rest });
