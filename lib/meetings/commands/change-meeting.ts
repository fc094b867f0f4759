import { wishOnline } from "@/lib/conferencing/writes";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import { claimedResources, claimSpans } from "../core/meeting";
import { timeFreed } from "../jobs";
import { findFreeSeat } from "../reads/conflicts";
import { listAwaitedLinks, listLinksOn } from "../reads/meeting";
import type { Change, MeetingGrant } from "../writes";
import {
  claimRows,
  closeTasks,
  countAssigned,
  lockResources,
  removeClaims,
  replaceRooms,
  updateMeeting,
} from "../writes";
import type { Consequences } from "./consequences";
import { writeConsequences } from "./consequences";

export type ChangeRefusal = "slot-taken" | "changed-meanwhile";

/** What a change gives a meeting: of its own row, and of what hangs on it. */
export type Next = Partial<
  Change & Pick<Meeting, "rooms" | "attendees" | "attachments" | "series" | "online">
>;

export type PlannedChange<Refusal extends string> = Omit<Consequences, "permission"> & {
  readonly grant: MeetingGrant;
  readonly next: Next;
  /** What happens to the meeting's claims: left alone, given up, or taken (anew, when time or people changed). */
  readonly claims: "keep" | "release" | "take";
  /** Decided again under the lock, with what is true there; may settle the rooms. */
  readonly recheck?: (tx: Transaction) => Promise<Result<Settled, Refusal>>;
  /** More resources than the meeting's own that the new state may claim. */
  readonly alsoLock?: readonly string[];
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

/** A meeting online goes along with the meeting; an address a booking was given without a virtual room stays. */
async function followOnline(
  tx: Transaction,
  before: Meeting,
  after: Meeting,
  given: {
    readonly planned: Pick<Consequences, "mailDelaySeconds">;
    readonly deps: Deps;
    readonly at: Instant;
  },
): Promise<Meeting> {
  if (after.virtualRoom === null && before.online === null) return after;
  const { planned, deps, at } = given;
  const graceSeconds = planned.mailDelaySeconds;
  return {
    ...after,
    ...(await wishOnline(tx, after, { queue: deps.queue, at, before, graceSeconds })),
  };
}

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
  const seated = { ...wanted, seatResourceId: await settleSeat(tx, wanted, planned.claims) };
  if (!(await updateMeeting(tx, planned.grant, seated, at))) {
    throw new Refused("changed-meanwhile" as const);
  }
  const changed = await followOnline(tx, meeting, seated, { planned, deps, at });
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
  await planned.also?.(tx, at, changed);
  await enqueue(deps.queue, tx, timeFreed, freed);
  const { permission } = planned.grant;
  await writeConsequences(tx, changed, { ...planned, permission }, { deps, at });
  return changed;
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
