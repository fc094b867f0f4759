import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { env } from "@/lib/env";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import { readAnswerLink } from "@/lib/mail/answer-link";
import type { Attendee, Meeting } from "@/lib/meetings/core/meeting";
import type { StoredTemplate } from "@/lib/meetings/reads/mail-templates";
import { findStoredTemplate, listOwnWords } from "@/lib/meetings/reads/mail-templates";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { findReminders } from "@/lib/meetings/reads/reminders";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { InvitationView } from "./core/invitation-view";
import type {
  MailLogLine,
  MailLogState,
  MailSummary,
  MailWays,
  Suppression,
} from "./core/mail-log";
import { mailroomPolicy } from "./policy";
import { countMails, listMailLog, listSuppressions } from "./reads/mail-log";

function stateOf(meeting: Meeting, now: Instant): InvitationView["state"] {
  if (meeting.state === "cancelled") return "cancelled";
  if (meeting.state !== "confirmed" && meeting.state !== "draft") return "over";
  if (meeting.end <= now) return "over";
  return meeting.state === "draft" ? "draft" : "asks";
}

const placeOf = ({ rooms, placeLabel, placeDetail }: Meeting): string | null =>
  rooms.map(({ name, location }) => `${name}, ${location}`).join("; ") ||
  [placeLabel, placeDetail].filter(Boolean).join(", ") ||
  null;

const viewOf = (meeting: Meeting, attendee: Attendee, now: Instant): InvitationView => ({
  state: stateOf(meeting, now),
  workspaceName: meeting.workspaceName,
  topic: meeting.subject,
  host: meeting.hostName,
  start: instantOf(meeting.start),
  end: instantOf(meeting.end),
  zone: attendee.zone,
  hourCycle: attendee.hourCycle ?? 24,
  place: placeOf(meeting),
  answer: attendee.answer === "needs-action" ? null : attendee.answer,
  note: attendee.answerNote ?? "",
});

/** The invitation a button of a mail leads to; undefined when the link opens none, or none any more. */
export async function loadInvitation(token: string): Promise<InvitationView | undefined> {
  const { db, keys, now } = runtime();
  const link = readAnswerLink(keys, token, now());
  if (link === undefined) return undefined;
  const meeting = await findMeeting(db, {
    workspaceId: link.workspaceId as WorkspaceId,
    id: link.meetingId as MeetingId,
  });
  const attendee = meeting?.attendees.find(({ id }) => id === link.attendeeId);
  if (meeting === undefined || attendee === undefined || attendee.kind === "host") return undefined;
  return viewOf(meeting, attendee, now());
}

type Permission = "mail.words" | "mail.deliveries" | "mail.suppressions";

/** Whoever may see this page of the mailroom. To everybody else it does not exist. */
async function requireMailroom(permission: Permission): Promise<Member> {
  const member = await getMember();
  const { workspaceId } = member;
  return mailroomPolicy.can(member, permission, { workspaceId }) ? member : notFound();
}

/** The pages of the mailroom this reader may open, by their names. */
export async function loadMailroomPages(): Promise<readonly Permission[]> {
  const member = await getMember();
  return mailroomPolicy.permitted(member, { workspaceId: member.workspaceId });
}

// The same order as the sender's own choice (lib/mail/choose-transport.ts).
function wayOut(): MailWays["out"] {
  if (env.SMTP_URL) return "smtp";
  return env.RESEND_API_KEY ? "resend" : "mailbox";
}

const waysNow = (): MailWays => ({
  out: wayOut(),
  inbound: env.MAIL_INBOUND ?? null,
  deliveryEvents: env.RESEND_WEBHOOK_SECRET.length > 0,
});

/** How the mails of the reader's own workspace fared. */
export async function loadMailLog(state: MailLogState): Promise<{
  readonly lines: readonly MailLogLine[];
  readonly summary: MailSummary;
  readonly ways: MailWays;
}> {
  const { workspaceId } = await requireMailroom("mail.deliveries");
  const { db, now } = runtime();
  const [lines, summary] = await Promise.all([
    listMailLog(db, workspaceId, state, now()),
    countMails(db, workspaceId, now()),
  ]);
  return { lines, summary, ways: waysNow() };
}

/** Addresses of the reader's own workspace that take no mail. */
export async function loadSuppressions(search: string): Promise<readonly Suppression[]> {
  const { workspaceId } = await requireMailroom("mail.suppressions");
  return listSuppressions(runtime().db, workspaceId, search.slice(0, 254));
}

/** One mail's own words, and which others have some. */
export async function loadTemplate(name: {
  readonly event: string;
  readonly role: string;
  readonly locale: string;
}): Promise<{ readonly stored: StoredTemplate | undefined; readonly own: readonly string[] }> {
  const { workspaceId } = await requireMailroom("mail.words");
  const { db } = runtime();
  const [stored, own] = await Promise.all([
    findStoredTemplate(db, { workspaceId, ...name }),
    listOwnWords(db, workspaceId),
  ]);
  return { stored, own };
}

/** When the reader wants to be reminded of their own meetings; null is as the product has it. */
export async function loadReminders(): Promise<readonly number[] | null> {
  return findReminders(runtime().db, await getMember());
}
