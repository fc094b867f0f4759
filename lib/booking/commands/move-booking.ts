import { hashToken } from "@/lib/crypto/token";
import { changeableUntil } from "@/lib/meetings/core/deadlines";
import type { Attendee, Meeting } from "@/lib/meetings/core/meeting";
import { partyOf } from "@/lib/meetings/core/meeting";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import { guestActor } from "../core/guest-actor";
import type { BookingRefused } from "../core/guest-booking";
import type { BookingInput } from "../schema";
import { bookMeeting } from "./book-meeting";
import { cancelBooking } from "./cancel-booking";
import { rescheduleBooking } from "./reschedule-booking";

type Asked = {
  readonly meeting: Meeting;
  readonly attendeeId: string;
  readonly start: Instant;
  readonly version?: number | undefined;
};

export type MovedBooking = {
  readonly meeting: Meeting;
  readonly attendeeId: string;
  /** The new capability of a guest whose seat is now in another meeting; otherwise the old one stays good. */
  readonly manageToken?: string;
};

const again = (meeting: Meeting, guest: Attendee, start: Instant): BookingInput => ({
  start,
  zone: guest.zone,
  name: guest.name,
  email: guest.email,
  guests: partyOf(meeting, guest.id)
    .filter(({ kind }) => kind === "extra_guest")
    .map(({ email }) => email),
  durationMinutes: (meeting.end - meeting.start) / MINUTE_MS,
  locale: guest.locale,
});

/**
 * A guest moves by their link. A meeting of their own moves as it is; from a shared one they take a seat at the other
 * time first and give up this one then, so that they never end up with none. Throws AccessDenied.
 */
export async function moveBooking(
  asked: Asked,
  deps: Deps,
): Promise<Result<MovedBooking, BookingRefused>> {
  const { meeting, attendeeId, start, version } = asked;
  const actor = guestActor(meeting, attendeeId);
  const guest = meeting.attendees.find(({ id }) => id === attendeeId);
  if (meeting.seats === null || meeting.link === null || guest === undefined) {
    const moved = await rescheduleBooking({ actor, meeting, start, version }, deps);
    return moved.ok ? ok({ meeting: moved.value, attendeeId }) : moved;
  }
  const stuck = meeting.state !== "confirmed" || guest.leftAt !== null;
  if (stuck || deps.now() >= changeableUntil(meeting)) {
    return refuse({ reason: "not-changeable", nextStarts: [] });
  }
  if (start === meeting.start) return ok({ meeting, attendeeId });
  const booked = await bookMeeting(
    {
      linkToken: meeting.link.token,
      input: again(meeting, guest, start),
      keptAnswers: guest.answers,
    },
    deps,
  );
  if (!booked.ok) return booked;
  await cancelBooking({ meeting, attendeeId, reason: null }, deps);
  const { manageToken } = booked.value;
  const now = await findMeeting(deps.db, { tokenHash: hashToken(manageToken) });
  return now?.tokenAttendeeId == null
    ? ok({ meeting, attendeeId })
    : ok({ meeting: now, attendeeId: now.tokenAttendeeId, manageToken });
}
