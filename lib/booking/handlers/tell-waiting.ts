import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import { timeFreed } from "@/lib/meetings/jobs";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import { listStarts } from "../core/offer";
import { atAnyPlace } from "../core/place-choice";
import type { LinkSnapshot } from "../core/snapshot";
import { pageWindow } from "../core/snapshot";
import type { WaitingFacts, WaitingGuest } from "../core/waiting";
import { FIRST_TO_KNOW_MS, WAITING_MAIL, whoToTell } from "../core/waiting";
import { findLinkSnapshot, listWaiting } from "../reads";
import { markTold } from "../writes";

type Told = { readonly guest: WaitingGuest; readonly start: Instant };

function mailOf(link: LinkSnapshot, { guest, start }: Told, now: Instant) {
  const facts: WaitingFacts = {
    kind: "freed",
    waitingId: guest.id,
    locale: guest.locale,
    zone: guest.zone,
    workspaceName: link.workspaceName,
    linkName: link.name,
    linkToken: link.token,
    occurredAt: toIso(now),
    start: toIso(start),
    durationMinutes: guest.durationMinutes,
  };
  return {
    workspaceId: link.workspaceId,
    meetingId: null,
    attendeeId: null,
    event: `${WAITING_MAIL}/freed`,
    toName: guest.name,
    toEmail: guest.email,
    facts,
    idempotencyKey: `${WAITING_MAIL}/freed/${guest.id}/${start}`,
  };
}

/** Tells one guest of one time, unless they left the list or another worker was faster. */
async function tell(link: LinkSnapshot, told: Told, deps: Deps): Promise<boolean> {
  const at = deps.now();
  const outbox = queueMails([mailOf(link, told, at)], at);
  return deps.db.$transaction(async (tx) => {
    const { id, toldAt } = told.guest;
    if (!(await markTold(tx, link.workspaceId, { id, toldAt, start: told.start }, at)))
      return false;
    await insertRows(tx, [outbox.rows]);
    await enqueue(deps.queue, tx, sendMail, outbox.orders);
    return true;
  });
}

/**
 * Tells those who wait for a link of what came free: the longest waiting first, one time each. When somebody was told,
 * it looks again after an hour, for the next in line. Nothing free, or nobody waiting: nothing happens.
 */
export async function handleTellWaiting(
  about: { readonly workspaceId: string; readonly linkId: string },
  deps: Deps,
): Promise<void> {
  const now = deps.now();
  const window = pageWindow(now);
  const stored = await findLinkSnapshot(deps.db, { by: { linkId: about.linkId }, window });
  if (stored === undefined || stored.workspaceId !== about.workspaceId) return;
  const waiting = await listWaiting(deps.db, stored);
  if (waiting.length === 0) return;
  const link = atAnyPlace(stored);
  const known = new Map<number, readonly Instant[]>();
  const startsOf = (durationMinutes: number): readonly Instant[] => {
    const starts = known.get(durationMinutes) ?? listStarts({ ...link, durationMinutes }, now);
    known.set(durationMinutes, starts);
    return starts;
  };
  let told = 0;
  for (const { id, start } of whoToTell(waiting, startsOf, now)) {
    const guest = waiting.find((one) => one.id === id);
    if (guest !== undefined && (await tell(link, { guest, start }, deps))) told += 1;
  }
  if (told === 0) return;
  const notBefore = instantOf(now + FIRST_TO_KNOW_MS);
  await deps.db.$transaction((tx) =>
    enqueue(deps.queue, tx, timeFreed, [{ payload: about, notBefore }]),
  );
}
