import { createHash } from "node:crypto";
import { manageToken } from "@/lib/crypto/capability";
import type { Transaction } from "@/lib/db/client";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import type { GuestAnswer } from "@/lib/meetings/core/meeting";
import { listLinksOn } from "@/lib/meetings/reads/meeting";
import { lockResources } from "@/lib/meetings/writes";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Chosen } from "../core/choose";
import { chooseFrom } from "../core/choose";
import { draftMeeting } from "../core/draft-meeting";
import type { BookingRefusal, BookingRefused } from "../core/guest-booking";
import { candidateResources, chooseTeam, decideStart, decidingWindow } from "../core/offer";
import type { LinkSnapshot } from "../core/snapshot";
import type { StoredAnswer } from "../reads";
import { findAnswer, findLinkSnapshot } from "../reads";
import { listNextStarts, lookAtLink } from "../reads/storm";
import type { BookingInput } from "../schema";
import { countUse, endWaiting, takeKey } from "../writes";
import { joinMeeting } from "./join-meeting";
import { writeBooking } from "./write-booking";

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
  /** Of a guest who moves to another shared meeting: what they answered before, kept as it was. */
  readonly keptAnswers?: readonly GuestAnswer[];
  /** Asked once the time looks free and before anything is written; seconds to wait, when it says no. */
  readonly admit?: () => Promise<number | undefined>;
};

class Refused extends Error {
  readonly reason: BookingRefusal;
  readonly fields: BookingRefused["fields"];
  constructor(reason: BookingRefusal, fields?: BookingRefused["fields"]) {
    super(reason);
    this.reason = reason;
    this.fields = fields;
  }
}

/** What was asked of the link as it is now. Throws Refused where it offers or asks something else. */
function choose(stored: LinkSnapshot, { input, keptAnswers }: Asked): Chosen {
  const chosen = chooseFrom(stored, input, keptAnswers);
  if ("reason" in chosen) throw new Refused(chosen.reason, chosen.fields);
  return chosen;
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
        input.durationMinutes ?? 0,
        input.place ?? "",
        input.placeAnswer ?? "",
        Object.entries(input.answers ?? {}).sort(),
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
  const chosen = choose(link, asked);
  const decision = decideStart(chosen.link, now, input.start, chosen.party);
  if (!decision.ok) throw new Refused(decision.reason);
  // Who moves has been counted.
  const counted = asked.keptAnswers !== undefined || (await countUse(tx, link));
  if (!counted) throw new Refused("link-used-up");
  const key = idempotencyKey === undefined ? {} : { idempotencyKey };
  if (decision.join !== undefined) {
    const seats = { ...chosen, input, meetingId: decision.join.meetingId, ...key };
    const joined = await joinMeeting(tx, seats, deps);
    if (joined === undefined) throw new Refused("slot-taken");
    return { answer: joined, repeated: false };
  }
  const team = chooseTeam(chosen.link, decision.slot);
  if (team === undefined) throw new Refused("slot-taken");
  const uidHost = new URL(deps.appUrl).hostname;
  const meeting = draftMeeting({ ...chosen, team, input, now, uidHost });
  const answer = await writeBooking(tx, link, { meeting, source: input.source, ...key }, deps);
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
  asked: Asked,
  deps: Deps,
): Promise<Early | undefined> {
  const { input, idempotencyKey } = asked;
  if (seen.horizon.kind === "bookable-days") return undefined;
  const { link, party } = choose(seen, asked);
  const early = decideStart(link, deps.now(), input.start, party);
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
    nextStarts: await listNextStarts(deps.db, token, input, deps.now()),
  });
}

/** The link as far as it decides about the wanted start. */
const lookAt = ({ linkToken, input: { start } }: Asked, deps: Deps) =>
  lookAtLink(deps.db, linkToken, start, deps.now());

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

/** Refusals that are about what was asked, not about the time: other times would not help. */
const ABOUT_THE_FORM: readonly BookingRefusal[] = [
  "too-many-guests",
  "no-such-duration",
  "no-such-place",
  "answers-incomplete",
];

function refusalOf(
  error: unknown,
  asked: Asked,
  deps: Deps,
): Promise<{ ok: false; refusal: BookingRefused }> {
  if (error instanceof Refused) {
    const { reason, fields } = error;
    return ABOUT_THE_FORM.includes(reason)
      ? Promise.resolve(refuse({ reason, nextStarts: [], ...(fields && { fields }) }))
      : refusedWithChoice(reason, asked, deps);
  }
  if (
    violates(error, "resource_is_claimed_once_at_a_time") ||
    violates(error, "meeting_is_not_overbooked")
  ) {
    return refusedWithChoice("slot-taken", asked, deps);
  }
  if (violates(error, "link_is_not_used_too_often")) {
    return refusedWithChoice("link-used-up", asked, deps);
  }
  throw error;
}

/** What this key booked before, whatever the link has come to ask since. Throws Refused for another body's key. */
async function findRepeated(
  seen: LinkSnapshot,
  { input, idempotencyKey }: Asked,
  deps: Deps,
): Promise<StoredAnswer | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const answer = await findAnswer(deps.db, seen, idempotencyKey, bodyHashOf(input));
  if (answer === "other-body") throw new Refused("key-reused");
  return answer;
}

async function book(asked: Asked, deps: Deps): Promise<Result<Booked, BookingRefused>> {
  const seen = await lookAt(asked, deps);
  if (seen === undefined) return refuse({ reason: "link-absent", nextStarts: [] });
  try {
    // A form the link would refuse today may be the repetition of one it took.
    if ("reason" in chooseFrom(seen, asked.input, asked.keptAnswers)) {
      const before = await findRepeated(seen, asked, deps);
      if (before !== undefined) return ok(answerOf(before, deps, true));
    }
    choose(seen, asked);
    const early = await decideEarly(seen, asked, deps);
    if (early?.ok === true) return ok(answerOf(early.answer, deps, true));
    if (early?.ok === false) return refusedWithChoice(early.reason, asked, deps);
    const retryAfterSeconds = await asked.admit?.();
    if (retryAfterSeconds !== undefined) {
      return refuse({ reason: "too-many-requests", nextStarts: [], retryAfterSeconds });
    }
    const { answer, repeated } = await bookInTurn(seen, asked, deps);
    if (!repeated) {
      // Who has a time no longer waits for one.
      if (seen.waitingList) {
        const { linkId } = seen;
        await endWaiting(deps.db, { linkId, email: asked.input.email }, deps.now());
      }
      const resources = candidateResources(seen);
      await deps.invalidate(await listLinksOn(deps.db, seen.workspaceId, resources));
    }
    return ok(answerOf(answer, deps, repeated));
  } catch (error) {
    return refusalOf(error, asked, deps);
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
