import type { Instant } from "@/lib/time/instant";

/** A meeting with a guest, as sales hear of it: always how it stands now, so hearing it twice is hearing it once. */
export type ReceivedMeeting = {
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly subject: string;
  readonly state: "draft" | "confirmed" | "done" | "no_show" | "cancelled";
  readonly hostId: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly createdAt: Instant;
  /** The guest it was booked by, or the first one invited; null: colleagues among themselves. */
  readonly guest: {
    readonly name: string;
    readonly email: string;
    readonly zone: string;
    readonly locale: string;
    readonly phone: string | null;
    readonly company: string | null;
  } | null;
  /** Set when a guest booked it through a link that makes leads: where it came from. */
  readonly booking: {
    readonly link: string;
    readonly touch: Readonly<Record<string, string>>;
  } | null;
};

/** How the meeting stands in its deal's activities: planned, done, or not there any more. */
export function activityOf({
  state,
  start,
  end,
}: Pick<ReceivedMeeting, "state" | "start" | "end">): {
  readonly doneAt: Instant | null;
  readonly human: boolean;
  readonly outcome: string | null;
  readonly gone: boolean;
} {
  if (state === "cancelled") return { doneAt: null, human: true, outcome: null, gone: true };
  if (state === "done") return { doneAt: end, human: true, outcome: "Held", gone: false };
  // Nobody spoke to anybody: it is over, and no answer.
  if (state === "no_show")
    return { doneAt: start, human: false, outcome: "Nobody came", gone: false };
  return { doneAt: null, human: true, outcome: null, gone: false };
}
