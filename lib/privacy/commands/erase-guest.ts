import type { Member } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import { enqueue } from "@/lib/jobs/queue";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { timeFreed } from "@/lib/meetings/jobs";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { PrivacyFacts } from "../policy";
import { auditedAs } from "../policy";
import { emailHash } from "../reads/email-hash";
import { listLinksOf, listUpcoming } from "../reads/targets";
import type { ErasureGround } from "../schema";
import { insertErasure, lockPrivacy } from "../writes/elsewhere";
import type { ForgottenAddress } from "./forget-address";
import { forgetAddress } from "./forget-address";

type Asked = {
  /** In lower case. */
  readonly email: string;
  readonly ground: ErasureGround;
  /** Cancel what is still to come instead of refusing because of it. */
  readonly cancelUpcoming: boolean;
  /** Whoever cancels: the holder of the grant. */
  readonly actor: Member;
};

export type ErasureRefusal = "nothing-held" | "has-upcoming" | "not-cancelled";

/** A request takes a moment per meeting; a guest of many years has hundreds. */
const TIMEOUT_MS = 120_000;

/** Somebody booked, or was booked in, after what was to come had been cancelled. */
class StillToCome extends Error {}
class NothingHeld extends Error {}

/** Cancels a meeting as its hosts would; true when it is cancelled, by us or by anybody. */
async function cancel(id: string, actor: Member, deps: Deps): Promise<boolean> {
  for (let look = 0; look < 3; look += 1) {
    const asked = { id: id as MeetingId, workspaceId: actor.workspaceId as WorkspaceId };
    const meeting = await findMeeting(deps.db, asked);
    if (meeting === undefined || meeting.state === "cancelled") return true;
    const result = await cancelMeeting({ actor, meeting, reason: null }, deps);
    if (result.ok || result.refusal === "already-cancelled") return true;
    if (result.refusal !== "changed-meanwhile") return false;
  }
  return false;
}

const isEmpty = ({ guests, mails, waiting, sales }: ForgottenAddress): boolean =>
  guests + mails + waiting + sales === 0;

async function erase(
  tx: Transaction,
  { email, ground }: Asked,
  grant: Grant<"privacy.erase", PrivacyFacts>,
  deps: Deps,
) {
  const { workspaceId } = grant.resource;
  const at = deps.now();
  await lockPrivacy(tx, workspaceId);
  const upcoming = await listUpcoming(tx, { workspaceId, email, now: at });
  if (upcoming.some(({ own }) => own)) throw new StillToCome();
  const forgotten = await forgetAddress(tx, { workspaceId, email, at }, deps.queue);
  if (isEmpty(forgotten)) throw new NothingHeld();
  const links = await listLinksOf(tx, workspaceId, forgotten.left);
  const freed = links.map(({ id }) => ({ payload: { workspaceId, linkId: id } }));
  await enqueue(deps.queue, tx, timeFreed, freed);
  const { left, ...counts } = forgotten;
  const by = auditedAs(grant);
  const erasureId = await insertErasure(tx, {
    workspaceId,
    emailHash: emailHash(deps.keys, workspaceId, email),
    reason: "request",
    counts: { ...counts, left: left.length },
    byUserId: by.userId,
    at,
  });
  await appendAudit(tx, deps.keys, {
    ...by,
    workspaceId,
    at,
    action: "privacy.erase",
    subject: erasureId,
    details: { ground, ...counts, left: left.length },
  });
  return { counts, tokens: links.map(({ token }) => token) };
}

/**
 * Removes everything that tells who a guest was, in one transaction: their rows become "Former guest", their words and
 * mails go, their links open nothing, other people's meetings and seats stay. What of their own is still to come is
 * cancelled first if asked, hosts being told; otherwise the erasure is refused because of it. What remains is a keyed
 * hash of the address, so that a restored backup can be cleaned again.
 */
export async function eraseGuest(
  asked: Asked,
  grant: Grant<"privacy.erase", PrivacyFacts>,
  deps: Deps,
): Promise<Result<Omit<ForgottenAddress, "left">, ErasureRefusal>> {
  const { workspaceId } = grant.resource;
  const { email, actor } = asked;
  const upcoming = await listUpcoming(deps.db, { workspaceId, email, now: deps.now() });
  const own = upcoming.filter((one) => one.own);
  if (own.length > 0 && !asked.cancelUpcoming) return refuse("has-upcoming");
  for (const { meetingId } of own) {
    if (!(await cancel(meetingId, actor, deps))) return refuse("not-cancelled");
  }
  try {
    const { counts, tokens } = await withRetry(() =>
      deps.db.$transaction((tx) => erase(tx, asked, grant, deps), { timeout: TIMEOUT_MS }),
    );
    await deps.invalidate(tokens);
    return ok(counts);
  } catch (error) {
    if (error instanceof StillToCome) return refuse("has-upcoming");
    if (error instanceof NothingHeld) return refuse("nothing-held");
    throw error;
  }
}
