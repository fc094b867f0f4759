import type { Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import { log } from "@/lib/log";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type {
  ConferencingProvider,
  OnlineMade,
  OnlineWish,
  ProviderAccount,
  ProviderTrouble,
} from "../core/provider";
import { MOST_ATTEMPTS, nextAttempt } from "../core/retry";
import type { OpenProvider } from "../core/room-provider";
import { syncOnline } from "../jobs";
import type { OnlineId, OnlineWork } from "../reads/online";
import { findOnlineWork } from "../reads/online";
import { providerSettings } from "../schema";
import type { Settled, TakenOnline } from "../writes/online";
import {
  lockOnline,
  markMade,
  markRemoved,
  markTrouble,
  markVanished,
  takeOnline,
} from "../writes/online";

/** Whoever has to know how it went. Called in the transaction that writes it down. */
export type OnlineListener = {
  /** The address stands, or was changed. Called after each change that was made, also without a new address. */
  readonly ready: (
    tx: Transaction,
    id: OnlineId,
    news: { readonly joinUrl: string; readonly isNew: boolean; readonly at: Instant },
  ) => Promise<void>;
  /** Given up: a person has to decide. */
  readonly failed: (
    tx: Transaction,
    id: OnlineId,
    news: { readonly cause: string; readonly at: Instant },
  ) => Promise<void>;
};

export type SyncDeps = Pick<Deps, "db" | "queue" | "now" | "keys"> & {
  readonly open: OpenProvider;
  readonly told: OnlineListener;
  readonly random?: () => number;
};

/** One attempt with all its calls ends before this; a worker that died gives the meeting back then. */
const ATTEMPT_MS = 60_000;
/** How long somebody waits who finds another worker at it. */
const BUSY_MS = 2_000;

type Done = { readonly what: "made"; readonly made: OnlineMade } | { readonly what: "removed" };

const NO_ACCOUNT: ProviderTrouble = {
  kind: "refused",
  cause: "This virtual room has no account. Add one to it, then try again.",
  detail: "no account",
};

function wishOf(
  onlineId: string,
  { meeting, settings }: OnlineWork,
  account: ProviderAccount,
  attempts: number,
): OnlineWish | undefined {
  if (meeting === undefined) return undefined;
  const { isPrivate, subject, agenda, ...when } = meeting;
  return {
    ...when,
    key: onlineId,
    // Whoever looks into the provider's account need not know what a private meeting is about.
    subject: isPrivate ? "Private meeting" : subject,
    agenda: isPrivate ? null : agenda,
    account,
    settings: providerSettings.parse(settings),
    mayExist: attempts > 1,
  };
}

/** One online meeting in one worker's hands. */
type Task = { readonly id: OnlineId; readonly taken: TakenOnline; readonly work: OnlineWork };

type Outcome = Result<Done, ProviderTrouble>;

const NOTHING_LEFT: Outcome = ok({ what: "removed" });

/** What was made is removed by its name there; what may have been made, though nobody heard of it, by our key. */
async function takeAway(
  provider: ConferencingProvider,
  { id, taken: { externalId } }: Task,
  account: ProviderAccount,
): Promise<Outcome> {
  const removed = await (externalId === null
    ? provider.removeByKey(id.onlineId, account)
    : provider.remove(externalId, account));
  return removed.ok ? NOTHING_LEFT : removed;
}

async function bring(
  provider: ConferencingProvider,
  { id, taken: { externalId } }: Task,
  wish: OnlineWish,
  deps: SyncDeps,
): Promise<Outcome> {
  if (externalId !== null) {
    const changed = await provider.update(externalId, wish);
    if (changed.ok) return ok({ what: "made", made: changed.value });
    if (changed.refusal.kind !== "absent") return changed;
    await markVanished(deps.db, id, deps.now());
  }
  const made = await provider.create({ ...wish, mayExist: wish.mayExist || externalId !== null });
  return made.ok ? ok({ what: "made", made: made.value }) : made;
}

async function attempt(task: Task, deps: SyncDeps): Promise<Outcome> {
  const { id, taken, work } = task;
  const { account } = work;
  const removing = taken.state === "unwanted" || work.meeting === undefined;
  if (removing && taken.externalId === null && taken.attempts <= 1) return NOTHING_LEFT;
  if (account === null) return refuse(NO_ACCOUNT);
  const opened = await deps.open(work.room);
  if (!opened.ok) return opened;
  const wish = wishOf(id.onlineId, work, account, taken.attempts);
  return removing || wish === undefined
    ? takeAway(opened.value, task, account)
    : bring(opened.value, task, wish, deps);
}

/** Waiting would not help. A deletion is never given up here: the nightly comparison looks at it again. */
const isForGood = ({ kind }: ProviderTrouble, taken: TakenOnline): boolean =>
  taken.attempts >= MOST_ATTEMPTS ||
  kind === "credentials" ||
  kind === "refused" ||
  kind === "absent";

async function settleTrouble(
  tx: Transaction,
  { id, taken }: Task,
  trouble: ProviderTrouble,
  deps: SyncDeps,
): Promise<Order | undefined> {
  const now = deps.now();
  const forGood = isForGood(trouble, taken);
  const settled = await markTrouble(
    tx,
    id,
    { cause: trouble.cause, forGood, wanted: taken.wanted },
    now,
  );
  if (settled.state === "failed") await deps.told.failed(tx, id, { cause: trouble.cause, at: now });
  if (!settled.more || (settled.state === "unwanted" && taken.attempts >= MOST_ATTEMPTS)) {
    return undefined;
  }
  const random = (deps.random ?? Math.random)();
  return {
    payload: id,
    notBefore: nextAttempt(now, taken.attempts, trouble.retryAfterSeconds, random),
  };
}

type Order = { readonly payload: OnlineId; readonly notBefore?: Instant };

async function settleDone(
  tx: Transaction,
  { id, taken }: Task,
  done: Done,
  deps: SyncDeps,
): Promise<Order | undefined> {
  const now = deps.now();
  let settled: Settled;
  if (done.what === "removed") {
    settled = await markRemoved(tx, id, now);
  } else {
    const { joinUrl } = done.made;
    settled = await markMade(tx, id, done.made, { wanted: taken.wanted, keys: deps.keys, now });
    if (settled.state !== "unwanted" && settled.state !== "gone") {
      await deps.told.ready(tx, id, { joinUrl, isNew: joinUrl !== taken.joinUrl, at: now });
    }
  }
  return settled.more ? { payload: id } : undefined;
}

/**
 * Brings one meeting at its provider to what is wanted: makes it, changes it in place, or deletes it. Only one worker
 * asks at a time. Trouble is written down for people to see and tried again, when the provider said or with growing
 * pauses; what waiting cannot mend is given up and its host told. Neither an attempt whose answer was lost nor a
 * worker that died leaves a second meeting behind.
 */
export async function handleSyncOnline(id: OnlineId, deps: SyncDeps): Promise<void> {
  const now = deps.now();
  const taken = await takeOnline(deps.db, id, now, instantOf(now + ATTEMPT_MS));
  if (taken === undefined) return;
  if (taken === "busy") {
    const again = { payload: id, notBefore: instantOf(now + BUSY_MS) };
    await deps.db.$transaction((tx) => enqueue(deps.queue, tx, syncOnline, [again]));
    return;
  }
  const work = await findOnlineWork(deps.db, id, now);
  if (work === undefined) return;
  const task: Task = { id, taken, work };
  const outcome = await attempt(task, deps);
  if (!outcome.ok) {
    const { kind, cause, detail } = outcome.refusal;
    log.warn({ ...id, kind, cause, detail }, "an online meeting could not be brought to its wish");
  }
  await withRetry(() =>
    deps.db.$transaction(async (tx) => {
      await lockOnline(tx, id);
      const next = outcome.ok
        ? await settleDone(tx, task, outcome.value, deps)
        : await settleTrouble(tx, task, outcome.refusal, deps);
      if (next !== undefined) await enqueue(deps.queue, tx, syncOnline, [next]);
    }),
  );
}
