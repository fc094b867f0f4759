import type { Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Lead } from "../core/lead";
import type { ReceivedMeeting } from "../core/received-meeting";
import { leadsChanged } from "../jobs";
import { lockLeads } from "../reads/lead";
import { findLinkedLead, findOpenLeadOf, findSellersTeam, isKnown } from "../reads/received";
import { findOrMakeContact } from "../writes/contact";
import { actAs } from "../writes/lead";
import { findOrMakeSource, linkMeeting, writeMeetingActivity } from "../writes/received";
import { forgetAnswer, noteAnswer } from "./answer-lead";
import { assignByRules } from "./assign-leads";
import { insertLead } from "./make-lead";

const text = (value: string | undefined): string | null =>
  value === undefined || value.trim() === "" ? null : value.trim().slice(0, 200);

/** A lead made of a booking: whose link it was is its owner when they sell; the first touch is the visit's. */
async function makeLeadOf(
  tx: Transaction,
  meeting: ReceivedMeeting & {
    readonly booking: NonNullable<ReceivedMeeting["booking"]>;
    readonly guest: NonNullable<ReceivedMeeting["guest"]>;
  },
  contact: {
    readonly id: string;
    readonly companyId: string | null;
    readonly companyName: string | null;
  },
  now: Instant,
): Promise<Lead> {
  const { workspaceId, guest, booking, hostId } = meeting;
  const seller = await findSellersTeam(tx, { workspaceId, userId: hostId });
  const sourceId = await findOrMakeSource(tx, workspaceId, "Booking page");
  const made = await insertLead(
    tx,
    workspaceId,
    {
      kind: "lead",
      ownerId: seller === undefined ? null : hostId,
      teamId: seller?.teamId ?? null,
      fields: {
        name: text(guest.company ?? undefined) ?? contact.companyName ?? guest.name.slice(0, 200),
        contactName: guest.name.slice(0, 200),
        companyName: contact.companyName ?? text(guest.company ?? undefined),
        email: guest.email.toLowerCase(),
        phone: guest.phone,
        contactId: contact.id,
        companyId: contact.companyId,
        sourceId: sourceId ?? null,
        medium: text(booking.touch.utm_medium),
        campaign: text(booking.touch.utm_campaign),
        firstTouch: { ...booking.touch, link: booking.link },
      },
    },
    now,
  );
  if (!made.ok) throw new Error(made.refusal);
  return made.value;
}

/** The lead this meeting belongs to: the one it is in, the guest's open one, or a new one when a guest booked it. */
async function leadFor(
  tx: Transaction,
  meeting: ReceivedMeeting,
  { queue }: Pick<Deps, "queue">,
  now: Instant,
): Promise<string | undefined> {
  const { workspaceId, meetingId, guest, hostId, booking, state } = meeting;
  const linked = await findLinkedLead(tx, { workspaceId, meetingId });
  if (linked !== undefined) return linked;
  // What was cancelled before sales heard of it is no reason to speak of somebody.
  if (state === "cancelled" || guest === null) return undefined;
  if (booking === null && !(await isKnown(tx, workspaceId, guest.email))) return undefined;
  const contact = await findOrMakeContact(tx, workspaceId, guest, now);
  const open = await findOpenLeadOf(tx, {
    workspaceId,
    contactId: contact.id,
    email: guest.email.toLowerCase(),
    hostId,
  });
  if (open !== undefined || booking === null) return open;
  const made = await makeLeadOf(tx, { ...meeting, booking, guest }, contact, now);
  await enqueue(queue, tx, leadsChanged, [
    {
      payload: {
        workspaceId,
        leads: [{ id: made.id, version: made.version }],
        event: "created",
        at: now,
        actorId: null,
        actorName: guest.name,
      },
    },
  ]);
  // Whose link it was does not sell: whose turn it is.
  if (made.ownerId === null)
    await assignByRules(tx, { workspaceId, leads: [made], actorId: null }, { queue }, now);
  return made.id;
}

/** A meeting that was held answers its lead, from its end on; one nobody came to does not. */
async function settleAnswer(
  tx: Transaction,
  leadId: string,
  { workspaceId, state, end }: ReceivedMeeting,
): Promise<void> {
  if (state !== "done" && state !== "no_show") return;
  const [lead] = await lockLeads(tx, { workspaceId, ids: [leadId] });
  if (lead === undefined) return;
  if (state === "done") await noteAnswer(tx, lead, end);
  else await forgetAnswer(tx, lead, end);
}

/**
 * A meeting with a guest meets sales: the guest is found or made as a contact and never overwritten, a booking becomes
 * a lead with its source unless an open one is there, and the meeting stands in that deal's activities as it stands in
 * the calendar. Told twice, it changes nothing the second time.
 */
export const receiveMeeting = (
  meeting: ReceivedMeeting,
  deps: Pick<Deps, "db" | "queue" | "now">,
): Promise<string | undefined> =>
  withRetry(() =>
    deps.db.$transaction(async (tx) => {
      const now = deps.now();
      await actAs(tx, { userId: null, via: "booking" });
      const leadId = await leadFor(tx, meeting, deps, now);
      if (leadId === undefined) return undefined;
      const { workspaceId, meetingId } = meeting;
      await linkMeeting(tx, { workspaceId, meetingId, leadId, by: null }, now);
      await writeMeetingActivity(tx, leadId, meeting, now);
      await settleAnswer(tx, leadId, meeting);
      return leadId;
    }),
  );
