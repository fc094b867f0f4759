import { appendAudit } from "@/lib/audit/append";
import { wishOnline } from "@/lib/conferencing/writes";
import type { Transaction } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import { insertRows } from "@/lib/db/rows";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Notice } from "@/lib/notifications/writes";
import { noticeRows } from "@/lib/notifications/writes";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { ActedBy } from "../core/acted-by";
import type { Happening } from "../core/mail-plan";
import { mailsFor } from "../core/mail-plan";
import type { Attendee, Meeting } from "../core/meeting";
import { claimedResources, claimSpans } from "../core/meeting";
import type { MeetingHistoryEntry } from "../core/meeting-view";
import {
  changeOrder,
  expireHold,
  holdOrders,
  meetingChanged,
  reminderOrders,
  remindMeeting,
  timeFreed,
} from "../jobs";
import { findFreeSeat } from "../reads/conflicts";
import { listAwaitedLinks, listLinksOn } from "../reads/meeting";
import type { Change, MeetingGrant } from "../writes";
import {
  claimRows,
  closeTasks,
  countAssigned,
  eventRows,
  lockResources,
  removeClaims,
  replaceRooms,
  taskRows,
  updateMeeting,
} from "../writes";

export type ChangeRefusal = "slot-taken" | "changed-meanwhile";

/** What a change gives a meeting: of its own row, and of what hangs on it. */
export type Next = Partial<
  Change & Pick<Meeting, "rooms" | "attendees" | "attachments" | "series" | "online">
>;

/** One more letter of a change: to those who came, who left, who are told something of their own. */
export type Letter = {
  readonly happening: Omit<Happening, "senderAddress" | "at">;
  readonly to: readonly Attendee[];
};

export type PlannedChange<Refusal extends string> = {
  readonly grant: MeetingGrant;
  readonly by: ActedBy;
  readonly kind: MeetingHistoryEntry["kind"];
  readonly next: Next;
  /** What happens to the meeting's claims: left alone, given up, or taken (anew, when time or people changed). */
  readonly claims: "keep" | "release" | "take";
  /** What the readers are told; nobody, when undefined. */
  readonly happening?: Omit<Happening, "senderAddress" | "at">;
  /** Of the readers of that event, those who are told; all, when absent. */
  readonly told?: (reader: Attendee) => boolean;
  readonly letters?: readonly Letter[];
  readonly notices?: readonly Notice[];
  readonly details?: object;
  /** Decided again under the lock, with what is true there; may settle the rooms. */
  readonly recheck?: (tx: Transaction) => Promise<Result<Settled, Refusal>>;
  /** More resources than the meeting's own that the new state may claim. */
  readonly alsoLock?: readonly string[];
  /** Mails wait this long, so that an undo can still hold them back. */
  readonly mailDelaySeconds?: number;
  /** Further writes of the same transaction. */
  readonly also?: (tx: Transaction, at: Instant, after: Meeting) => Promise<void>;
};

/** What only the lock can settle. */
export type Settled = Partial<Pick<Meeting, "rooms">>;

/** Carries a refusal out of a transaction, which its throw rolls back. */
class Refused<Refusal> extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super("refused");
    this.refusal = refusal;
  }
}

const holdsTime = (meeting: Pick<Meeting, "state">): boolean => meeting.state !== "cancelled";

async function writeClaims(
  tx: Transaction,
  after: Meeting,
  claims: PlannedChange<never>["claims"],
): Promise<void> {
  if (claims === "keep") return;
  await removeClaims(tx, after);
  if (claims === "release") return;
  await insertRows(tx, [claimRows(after, claimSpans(after))]);
}

/** The seat online a meeting holds from now on. Throws Refused when its virtual room has none left. */
async function settleSeat(
  tx: Transaction,
  after: Meeting,
  claims: PlannedChange<never>["claims"],
): Promise<Meeting["seatResourceId"]> {
  if (claims === "keep") return after.seatResourceId;
  if (claims === "release" || (after.virtualRoom?.pool.length ?? 0) === 0) return null;
  const seat = await findFreeSeat(tx, after);
  if (seat === undefined) throw new Refused("slot-taken" as const);
  return seat;
}

async function writeConsequences<Refusal extends string>(
  tx: Transaction,
  after: Meeting,
  planned: PlannedChange<Refusal>,
  { deps, at }: { readonly deps: Deps; readonly at: Instant },
): Promise<void> {
  const { grant, by, kind, happening, notices = [], details = {} } = planned;
  const sendAt =
    planned.mailDelaySeconds === undefined
      ? undefined
      : instantOf(at + planned.mailDelaySeconds * 1_000);
  const about = { at, senderAddress: deps.senderAddress };
  const mails = [
    ...(happening === undefined
      ? []
      : mailsFor(after, { ...happening, ...about }).filter(
          ({ attendee }) => planned.told?.(attendee) ?? true,
        )),
    ...(planned.letters ?? []).flatMap((letter) =>
      mailsFor(after, { ...letter.happening, ...about }, letter.to),
    ),
  ];
  const outbox = queueMails(
    mails.map(({ attendee, event, facts }) => ({
      workspaceId: after.workspaceId,
      meetingId: after.id,
      attendeeId: attendee.id,
      event,
      toName: attendee.name,
      toEmail: attendee.email,
      facts,
      idempotencyKey: `${event}/${after.id}/${attendee.id}/${after.version}`,
    })),
    at,
    sendAt,
  );
  const tasks: TableRows[] = after.state === "confirmed" ? [taskRows(after, at)] : [];
  await Promise.all([
    insertRows(tx, [
      eventRows(after, by, { kind, at, details }),
      outbox.rows,
      noticeRows(notices, at),
      ...tasks,
    ]),
    enqueue(deps.queue, tx, sendMail, outbox.orders),
    after.state === "confirmed"
      ? enqueue(deps.queue, tx, remindMeeting, reminderOrders(after, at))
      : undefined,
    after.state === "draft" ? enqueue(deps.queue, tx, expireHold, holdOrders(after)) : undefined,
    after.followed
      ? enqueue(deps.queue, tx, meetingChanged, [changeOrder(after, { kind, at, by })])
      : undefined,
  ]);
  if (by.override) {
    // Last: the audit chain's lock is held only until the commit that follows.
    await appendAudit(tx, deps.keys, {
      workspaceId: after.workspaceId,
      at,
      actor: by.actor,
      userId: by.userId,
      actorName: by.actorName,
      action: `${grant.permission} (override)`,
      subject: after.id,
      // The words stand in the meeting's history, from where they can be removed; from here nothing can.
      details: { withReason: happening?.reason !== undefined },
    });
  }
}

/** The meeting with what is true of it online: an address at once, or the wish for one. */
async function followOnline<Refusal extends string>(
  tx: Transaction,
  changed: Meeting,
  { grant, mailDelaySeconds }: PlannedChange<Refusal>,
  { deps, at }: { readonly deps: Deps; readonly at: Instant },
): Promise<Meeting> {
  const before = grant.resource.meeting;
  if (changed.virtualRoom === null && before.online === null) return changed;
  const given = { queue: deps.queue, at, before, graceSeconds: mailDelaySeconds };
  return { ...changed, ...(await wishOnline(tx, changed, given)) };
}

/** Decides again and writes, while nobody else writes claims of these resources. Throws Refused. */
async function changeUnderLock<Refusal extends string>(
  tx: Transaction,
  planned: PlannedChange<Refusal>,
  resources: readonly string[],
  { deps, at }: { readonly deps: Deps; readonly at: Instant },
): Promise<Meeting> {
  const { meeting } = planned.grant.resource;
  await lockResources(tx, meeting.workspaceId, resources);
  const settled = (await planned.recheck?.(tx)) ?? ok<Settled>({});
  if (!settled.ok) throw new Refused(settled.refusal);
  const wanted: Meeting = {
    ...meeting,
    ...planned.next,
    ...settled.value,
    version: meeting.version + 1,
  };
  const changed = { ...wanted, seatResourceId: await settleSeat(tx, wanted, planned.claims) };
  if (!(await updateMeeting(tx, planned.grant, changed, at))) {
    throw new Refused("changed-meanwhile" as const);
  }
  // What does not depend on each other is begun together: each round trip less is a shorter lock.
  const counts = holdsTime(meeting) !== holdsTime(changed);
  const [awaited] = await Promise.all([
    // Given up or moved, the old time may be what somebody waits for.
    planned.claims === "keep" ? [] : listAwaitedLinks(tx, meeting.workspaceId, resources),
    writeClaims(tx, changed, planned.claims),
    counts ? countAssigned(tx, meeting, holdsTime(changed) ? 1 : -1) : undefined,
    closeTasks(tx, changed, at),
    replaceRooms(tx, meeting, changed),
  ]);
  const freed = awaited.map((linkId) => ({
    payload: { workspaceId: meeting.workspaceId, linkId },
  }));
  const after = await followOnline(tx, changed, planned, { deps, at });
  await planned.also?.(tx, at, after);
  await enqueue(deps.queue, tx, timeFreed, freed);
  await writeConsequences(tx, after, planned, { deps, at });
  return after;
}

/**
 * Changes one meeting: its row, its claims, its history, its mails, notices, tasks and jobs, all or none. The same
 * path for confirming, moving, declining, cancelling, restoring and lapsing, for hosts, guests and jobs. When it
 * returns, no cached page on any node shows the old calendar.
 */
export async function changeMeeting<Refusal extends string = never>(
  planned: PlannedChange<Refusal>,
  deps: Deps,
): Promise<Result<Meeting, ChangeRefusal | Refusal>> {
  const { meeting } = planned.grant.resource;
  const at = deps.now();
  const resources = [
    ...new Set([
      ...claimedResources(meeting),
      ...claimedResources({ ...meeting, ...planned.next }),
      ...((planned.next.virtualRoom ?? meeting.virtualRoom)?.pool ?? []),
      ...(planned.alsoLock ?? []),
    ]),
  ].sort();

  try {
    const after = await inTurn(resources, () =>
      withRetry(() =>
        deps.db.$transaction((tx) => changeUnderLock(tx, planned, resources, { deps, at })),
      ),
    );
    await deps.invalidate(await listLinksOn(deps.db, meeting.workspaceId, resources));
    return ok(after);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal as ChangeRefusal | Refusal);
    if (violates(error, "resource_is_claimed_once_at_a_time")) return refuse("slot-taken");
    throw error;
  }
}
