import type { OnlineListener } from "@/lib/conferencing/handlers/sync-online";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Notice } from "@/lib/notifications/writes";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { SYSTEM } from "../core/acted-by";
import { mailsFor } from "../core/mail-plan";
import type { Happening } from "../core/mail-snapshot";
import type { Attendee, Meeting } from "../core/meeting";
import { findMeeting } from "../reads/meeting";
import { eventRows } from "../writes";
import { listReadersWithoutLink } from "../writes/mail-link";
import type { HeldOnline } from "../writes/online";
import { lockHeldOnline, setJoinUrl } from "../writes/online";

type Told = Pick<Deps, "queue" | "senderAddress">;

/** Mails of something that happened online. `round` tells apart what happens again to the same meeting. */
async function mail(
  tx: Transaction,
  meeting: Meeting,
  letter: {
    readonly happening: Omit<Happening, "senderAddress">;
    readonly to: readonly Attendee[];
    readonly round: string;
  },
  deps: Told,
): Promise<void> {
  const { happening, to, round } = letter;
  const { senderAddress } = deps;
  const outbox = queueMails(
    mailsFor(meeting, { ...happening, senderAddress }, to).map(({ attendee, event, facts }) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: attendee.id,
      event,
      toName: attendee.name,
      toEmail: attendee.email,
      facts,
      idempotencyKey: `${event}/${meeting.id}/${attendee.id}/${round}`,
    })),
    happening.at,
  );
  await insertRows(tx, [outbox.rows]);
  await enqueue(deps.queue, tx, sendMail, outbox.orders);
}

/** Who is told of a meeting's address: whose mail lacked it, or everybody where an address they had is void. */
async function readersOf(
  tx: Transaction,
  meeting: Meeting,
  replaced: boolean,
): Promise<readonly Attendee[]> {
  const here = meeting.attendees.filter(({ leftAt }) => leftAt === null);
  if (replaced && meeting.invited) return here;
  const lacking = new Set(await listReadersWithoutLink(tx, meeting));
  return here.filter(({ id }) => lacking.has(id));
}

const noticeOf = (
  meeting: Meeting,
  userId: string,
  kind: "link-ready" | "online-failed",
  detail: string | null,
): Notice => ({
  workspaceId: meeting.workspaceId,
  userId,
  meetingId: meeting.id,
  kind,
  title: meeting.subject,
  detail,
});

async function tellReady(
  tx: Transaction,
  { workspaceId, id, joinUrl }: HeldOnline,
  news: { readonly round: string; readonly at: Instant },
  deps: Told,
): Promise<void> {
  const meeting = await findMeeting(tx, { workspaceId, id });
  if (meeting === undefined) return;
  const { at, round } = news;
  const to = await readersOf(tx, meeting, joinUrl !== null);
  const notices = to.flatMap(({ userId }) =>
    userId === null ? [] : [noticeOf(meeting, userId, "link-ready", null)],
  );
  await insertRows(tx, [
    eventRows(meeting, SYSTEM, { kind: "online-ready", at }),
    noticeRows(notices, at),
  ]);
  await mail(tx, meeting, { happening: { event: "link-ready", at }, to, round }, deps);
}

async function tellFailed(
  tx: Transaction,
  { workspaceId, id }: HeldOnline,
  { cause, at }: { readonly cause: string; readonly at: Instant },
  deps: Told,
): Promise<void> {
  const meeting = await findMeeting(tx, { workspaceId, id });
  if (meeting === undefined) return;
  const notice = noticeOf(meeting, meeting.hostId, "online-failed", cause.slice(0, 300));
  await insertRows(tx, [
    eventRows(meeting, SYSTEM, { kind: "online-failed", at, details: { reason: cause } }),
    noticeRows([notice], at),
  ]);
  const to = meeting.attendees.filter(({ kind }) => kind === "host");
  const happening = { event: "online-failed" as const, at, cause };
  await mail(tx, meeting, { happening, to, round: `${at}` }, deps);
}

/**
 * What meetings do when a provider answered: they get their address, and who was invited without it is sent it; or
 * their host is told why there is none. Occurrences of a series share an address and are told of once, by the next.
 */
export const onlineListener = (deps: Told): OnlineListener => ({
  ready: async (tx, id, { joinUrl, isNew, at }) => {
    if (!isNew) return;
    const held = await lockHeldOnline(tx, id, at);
    await setJoinUrl(tx, id, joinUrl, at);
    const next = held.find(({ isOver }) => !isOver);
    if (next !== undefined) await tellReady(tx, next, { round: `${id.onlineId}/${at}`, at }, deps);
  },
  failed: async (tx, id, { cause, at }) => {
    const held = await lockHeldOnline(tx, id, at);
    const next = held.find(({ isOver }) => !isOver);
    if (next !== undefined) await tellFailed(tx, next, { cause, at }, deps);
  },
});
