import { receiveMeeting } from "@/lib/crm/commands/receive-meeting";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { Deps } from "@/lib/runtime";
import type { Attendee, Meeting } from "../core/meeting";
import { receivedOf } from "../core/received";
import type { MeetingChange } from "../jobs";
import { findMeeting } from "../reads/meeting";
import { findBookedThrough } from "../reads/sales";

const E164 = /^\+[1-9]\d{4,14}$/;

/** What the guest said of themselves: a phone number and a company, where the link asked. */
function saidBy(guest: Attendee): {
  readonly phone: string | null;
  readonly company: string | null;
} {
  const phone = guest.answers.find(({ kind }) => kind === "phone")?.value.replace(/[\s().-]/g, "");
  const company = guest.answers.find(({ key }) => key === "company" || key === "organisation");
  return {
    phone: phone !== undefined && E164.test(phone) ? phone : null,
    company: company?.value ?? null,
  };
}

/** Whose meeting it is in the eyes of sales: who booked it, else the first outsider who was invited. */
const guestOf = ({ attendees }: Meeting): Attendee | undefined =>
  attendees.find(({ kind }) => kind === "guest") ??
  attendees.find(({ kind }) => kind === "extra_guest");

/** A meeting is told to sales, as it stands now: those with guests, and those that somebody put into a deal. */
export async function followInSales(
  { workspaceId, meetingId }: MeetingChange,
  deps: Pick<Deps, "db" | "queue" | "now">,
): Promise<void> {
  const id = { workspaceId: workspaceId as WorkspaceId, id: meetingId as MeetingId };
  const meeting = await findMeeting(deps.db, id);
  if (meeting === undefined) return;
  const guest = guestOf(meeting);
  const through = await findBookedThrough(deps.db, { workspaceId, meetingId });
  await receiveMeeting(
    {
      ...receivedOf(meeting),
      guest:
        guest === undefined
          ? null
          : {
              name: guest.name,
              email: guest.email,
              zone: guest.zone,
              locale: guest.locale,
              ...saidBy(guest),
            },
      booking: through?.makesLeads === true ? { link: through.link, touch: through.touch } : null,
    },
    deps,
  );
}
