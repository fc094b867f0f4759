import { createHash } from "node:crypto";
import { manageToken } from "@/lib/crypto/capability";
import { hashToken } from "@/lib/crypto/token";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import { mailsFor } from "@/lib/meetings/core/mail-plan";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { claimedResources } from "@/lib/meetings/core/meeting";
import { expireHold, holdOrders, reminderOrders, remindMeeting } from "@/lib/meetings/jobs";
import { listLinksOn } from "@/lib/meetings/reads/meeting";
import {
  claimRows,
  countAssigned,
  eventRows,
  lockResources,
  taskRows,
} from "@/lib/meetings/writes";
import { noticeRows } from "@/lib/notifications/writes";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import { draftMeeting } from "../core/draft-meeting";
import type { BookingRefusal, BookingRefused } from "../core/guest-booking";
import { candidateResources, chooseTeam, decideStart, decidingWindow } from "../core/offer";
import type { LinkSnapshot } from "../core/snapshot";
import { claimedSpan } from "../core/snapshot";
import type { StoredAnswer } from "../reads";
import { findAnswer, findLinkSnapshot, listNextStarts } from "../reads";
import type { BookingInput } from "../schema";
import { countUse, keepAnswer, meetingRows, takeKey } from "../writes";

export type Booked = {
  readonly manageToken: string;
  readonly meetingId: string;
  readonly status: "pending" | "confirmed";
  readonly start: Instant;
  readonly end: Instant;
  /** True when this key had made this booking before: nothing new was written. */
  readonly repeated: boolean;
};

type Asked = {
  readonly linkToken: string;
  readonly input: BookingInput;
  readonly idempotencyKey?: string;
  /** Asked once the time looks free and before anything is written; seconds to wait, when it says no. */
  readonly admit?: () => Promise<number | undefined>;
};

class Refused extends Error {
  readonly reason: BookingRefusal;
  constructor(reason: BookingRefusal) {
    super(reason);
    this.reason = reason;
  }
}

/** The booking as its sender meant it: the same key with another of these is another booking. */
const bodyHashOf = (input: BookingInput): Buffer =>
  createHash("sha256")
    .update(
      JSON.stringify([
        input.start,
        input.zone,
        input.name,
        input.email,
        input.guests ?? [],
        input.subject ?? "",
        input.note ?? "",
      ]),
    )
    .digest();

function answerOf(stored: StoredAnswer, deps: Deps, repeated: boolean): Booked {
  return {
    manageToken: manageToken(deps.keys, stored.meetingId, stored.attendeeId, 0),
    meetingId: stored.meetingId,
    status: stored.status,
    start: instantOf(stored.start),
    end: instantOf(stored.end),
    repeated,
  };
}

async function writeBooking(
  tx: Transaction,
  link: LinkSnapshot,
  { meeting, idempotencyKey }: { readonly meeting: Meeting; readonly idempotencyKey?: string },
  deps: Deps,
): Promise<StoredAnswer> {
  const now = instantOf(meeting.createdAt);
  const guest = meeting.attendees.find(({ kind }) => kind === "guest");
  const confirmed = meeting.state === "confirmed";
  const by = {
    actor: "guest",
    userId: null,
    actorName: guest?.name ?? meeting.hostName,
    override: false,
  } as const;
  const tokenHash =
    guest === undefined ? null : hashToken(manageToken(deps.keys, meeting.id, guest.id, 0));
  const event = confirmed ? "confirmed" : "requested";
  const mails = mailsFor(meeting, { event, at: now, senderAddress: deps.senderAddress });
  const outbox = queueMails(
    mails.map((mail) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: mail.attendee.id,
      event: mail.event,
      toName: mail.attendee.name,
      toEmail: mail.attendee.email,
      facts: mail.facts,
      idempotencyKey: `${mail.event}/${meeting.id}/${mail.attendee.id}/1`,
    })),
    now,
  );
  const answer: StoredAnswer = {
    meetingId: meeting.id,
    attendeeId: guest?.id ?? "",
    start: meeting.start,
    end: meeting.end,
    status: confirmed ? "confirmed" : "pending",
  };
  const notice = {
    workspaceId: meeting.workspaceId,
    userId: meeting.hostId,
    meetingId: meeting.id,
    kind: confirmed ? "booked" : "requested",
    title: meeting.subject,
    detail: by.actorName,
  } as const;
  // Begun together: the lock is held for one round trip instead of four.
  await Promise.all([
    insertRows(tx, [
      ...meetingRows(meeting, tokenHash),
      claimRows(
        meeting,
        claimedResources(meeting),
        claimedSpan(instantOf(meeting.start), instantOf(meeting.end), link),
      ),
      eventRows(meeting, by, { kind: confirmed ? "booked" : "requested", at: now }),
      outbox.rows,
      noticeRows([notice], now),
      taskRows(meeting, now),
    ]),
    link.hosts.length > 1 ? countAssigned(tx, meeting, 1) : undefined,
    enqueue(deps.queue, tx, sendMail, outbox.orders),
    confirmed
      ? enqueue(deps.queue, tx, remindMeeting, reminderOrders(meeting, now))
      : enqueue(deps.queue, tx, expireHold, holdOrders(meeting)),
    idempotencyKey === undefined ? undefined : keepAnswer(tx, link, idempotencyKey, answer),
  ]);
  return answer;
}

/** Decides under the lock, with the same function that drew the calendar, and writes what was decided. */
async function bookUnderLock(
  tx: Transaction,
  seen: LinkSnapshot,
  asked: Asked,
  deps: Deps,
): Promise<{ answer: StoredAnswer; repeated: boolean }> {
  const { input, idempotencyKey } = asked;
  const now = deps.now();
  const window = decidingWindow(seen, now, input.start);
  // Sent together, done in this order: each statement sees what was committed when the one before it was done, so the
  // calendar is read as it is under the lock.
  const [taken, , link] = await Promise.all([
    idempotencyKey === undefined
      ? ("taken" as const)
      : takeKey(tx, seen, idempotencyKey, bodyHashOf(input)),
    lockResources(tx, seen.workspaceId, candidateResources(seen)),
    findLinkSnapshot(tx, { by: { linkId: seen.linkId }, window }),
  ]);
  if (taken === "other-body") throw new Refused("key-reused");
  if (taken !== "taken") return { answer: taken, repeated: true };
  if (link === undefined) throw new Refused("link-absent");
  const decision = decideStart(link, now, input.start);
  if (!decision.ok) throw new Refused(decision.reason);
  const team = chooseTeam(link, decision.slot);
  if (team === undefined) throw new Refused("slot-taken");
  if (!(await countUse(tx, link))) throw new Refused("link-used-up");
  const uidHost = new URL(deps.appUrl).hostname;
  const meeting = draftMeeting({ link, team, input, now, uidHost });
  const key = idempotencyKey === undefined ? {} : { idempotencyKey };
  const answer = await writeBooking(tx, link, { meeting, ...key }, deps);
  return { answer, repeated: false };
}

type Early =
  | { readonly ok: true; readonly answer: StoredAnswer }
  | { readonly ok: false; readonly reason: BookingRefusal };

/**
 * Tells most losers of a race before they queue for the lock; undefined when the lock has to decide. A repeated key
 * must find its own booking: that and its key were committed together, so whoever sees the time taken by it also
 * sees the key.
 */
async function decideEarly(
  seen: LinkSnapshot,
  { input, idempotencyKey }: Asked,
  deps: Deps,
): Promise<Early | undefined> {
  if (seen.horizon.kind === "bookable-days") return undefined;
  const early = decideStart(seen, deps.now(), input.start);
  if (early.ok) return undefined;
  if (idempotencyKey === undefined) return early;
  const answer = await findAnswer(deps.db, seen, idempotencyKey, bodyHashOf(input));
  if (answer === undefined) return early;
  return answer === "other-body" ? { ok: false, reason: "key-reused" } : { ok: true, answer };
}

async function refusedWithChoice(
  reason: BookingRefusal,
  asked: Asked,
  deps: Deps,
): Promise<{ ok: false; refusal: BookingRefused }> {
  const { linkToken: token, input } = asked;
  return refuse({
    reason,
    nextStarts: await listNextStarts(deps.db, token, input.start, deps.now()),
  });
}

/** The link as far as it decides about the wanted start. */
const lookAt = ({ linkToken, input: { start } }: Asked, deps: Deps) =>
  findLinkSnapshot(deps.db, { by: { token: linkToken }, window: { from: start, to: start } });

/** Takes its turn among the writers of these hosts. Who had to wait looks again first: most have lost meanwhile. */
function bookInTurn(
  seen: LinkSnapshot,
  asked: Asked,
  deps: Deps,
): Promise<{ answer: StoredAnswer; repeated: boolean }> {
  return inTurn(candidateResources(seen), async (waited) => {
    const again = waited ? await lookAt(asked, deps) : undefined;
    const early = again && (await decideEarly(again, asked, deps));
    if (early?.ok === false) throw new Refused(early.reason);
    if (early?.ok === true) return { answer: early.answer, repeated: true };
    return withRetry(() => deps.db.$transaction((tx) => bookUnderLock(tx, seen, asked, deps)));
  });
}

async function book(asked: Asked, deps: Deps): Promise<Result<Booked, BookingRefused>> {
  const seen = await lookAt(asked, deps);
  if (seen === undefined) return refuse({ reason: "link-absent", nextStarts: [] });
  if ((asked.input.guests?.length ?? 0) > seen.extraGuests) {
    return refuse({ reason: "too-many-guests", nextStarts: [] });
  }
  const early = await decideEarly(seen, asked, deps);
  if (early?.ok === true) return ok(answerOf(early.answer, deps, true));
  if (early?.ok === false) return refusedWithChoice(early.reason, asked, deps);
  const retryAfterSeconds = await asked.admit?.();
  if (retryAfterSeconds !== undefined) {
    return refuse({ reason: "too-many-requests", nextStarts: [], retryAfterSeconds });
  }
  try {
    const { answer, repeated } = await bookInTurn(seen, asked, deps);
    if (!repeated) {
      const resources = candidateResources(seen);
      await deps.invalidate(await listLinksOn(deps.db, seen.workspaceId, resources));
    }
    return ok(answerOf(answer, deps, repeated));
  } catch (error) {
    if (error instanceof Refused) return refusedWithChoice(error.reason, asked, deps);
    if (violates(error, "resource_is_claimed_once_at_a_time")) {
      return refusedWithChoice("slot-taken", asked, deps);
    }
    if (violates(error, "link_is_not_used_too_often")) {
      return refusedWithChoice("link-used-up", asked, deps);
    }
    throw error;
  }
}

/**
 * A guest takes a time. One transaction writes the meeting, the claims on everybody it needs, the mails and the
 * notice, and the jobs that send them; or nothing. Refusals come with the next free starts. When it returns, no
 * cached page on any node offers the time any more.
 */
export const bookMeeting = (asked: Asked, deps: Deps): Promise<Result<Booked, BookingRefused>> =>
  // In line before the first look, not only before the lock: where one link is stormed, those who will be refused
  // would otherwise overtake those who will be booked, and slow them down.
  inTurn([`link ${asked.linkToken}`], () => book(asked, deps));
