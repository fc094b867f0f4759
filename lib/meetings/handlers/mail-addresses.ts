import { findManageToken } from "@/lib/crypto/capability";
import type { KeyRing } from "@/lib/crypto/keys";
import { answerUrl } from "@/lib/mail/answer-link";
import { calendarFileUrl } from "@/lib/mail/calendar-link";
import type { OutboxRow } from "@/lib/mail/outbox-rows";
import { replyAddress } from "@/lib/mail/reply-address";
import type { Deps } from "@/lib/runtime";
import type { MailFacts } from "../core/mail-facts";
import { isAsked, isCalledOff } from "../core/mail-facts";

type AddressDeps = Pick<Deps, "keys" | "appUrl" | "now" | "inboundAddress">;

/** The ORGANIZER of what one reader is sent, where calendars' answers are taken; else there is none but the sender. */
export const organizerFor = (
  {
    keys,
    inboundAddress,
  }: { readonly keys: KeyRing; readonly inboundAddress?: string | undefined },
  reader: { readonly uid: string; readonly email: string },
): Pick<MailFacts, "organizer"> =>
  inboundAddress === undefined ? {} : { organizer: replyAddress(keys, inboundAddress, reader) };

/** A guest's own capability, where they hold one. */
function manageUrl(row: OutboxRow, facts: MailFacts, { keys, appUrl }: AddressDeps) {
  if (facts.reader.role !== "guest" || row.tokenHash === null || row.attendeeId === null) return {};
  const about = { meetingId: facts.meeting.id, attendeeId: row.attendeeId, generation: 0 };
  const token = findManageToken(keys, about, row.tokenHash);
  return token === undefined ? {} : { manageUrl: `${appUrl}/m/${token}` };
}

function ownAddresses(row: OutboxRow, facts: MailFacts, deps: AddressDeps): Partial<MailFacts> {
  const { workspaceId, attendeeId } = row;
  if (attendeeId === null) return {};
  const own = { workspaceId, meetingId: facts.meeting.id, attendeeId };
  return {
    // By UID and address: the dates of a series have rows of their own for each reader, and one ORGANIZER.
    ...organizerFor(deps, { uid: facts.meeting.uid, email: facts.reader.email }),
    ...(facts.meeting.settled ? { calendarFileUrl: calendarFileUrl(deps, own) } : {}),
    ...(isAsked(facts) && !isCalledOff(facts) ? { answerUrl: answerUrl(deps, own) } : {}),
  };
}

/** Addresses of a mail. Those that carry a capability are derived when it is rendered, never stored in clear. */
export function withAddresses(row: OutboxRow, facts: MailFacts, deps: AddressDeps): MailFacts {
  const { appUrl } = deps;
  const { id, linkToken } = facts.meeting;
  const isStaff = facts.reader.role !== "guest" && facts.reader.role !== "extra-guest";
  return {
    ...facts,
    ...manageUrl(row, facts, deps),
    ...ownAddresses(row, facts, deps),
    ...(isStaff
      ? { meetingUrl: `${appUrl}/meetings/${id}`, settingsUrl: `${appUrl}/settings/notifications` }
      : {}),
    ...(linkToken === undefined ? {} : { bookAgainUrl: `${appUrl}/book/${linkToken}` }),
  };
}
