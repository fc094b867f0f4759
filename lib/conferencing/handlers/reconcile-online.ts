import { enqueue } from "@/lib/jobs/queue";
import { log } from "@/lib/log";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import { compareOnline } from "../core/reconcile";
import type { OpenProvider } from "../core/room-provider";
import { syncOnline } from "../jobs";
import type { AskedAccount } from "../reads/reconcile";
import { listAskedAccounts, listForgottenOnline, listKnownOnline } from "../reads/reconcile";
import { reviveOnline } from "../writes/online";

export type ReconcileDeps = Pick<Deps, "db" | "queue" | "now"> & { readonly open: OpenProvider };

/** How far ahead the lists are compared. What is later is looked at in a later night. */
const AHEAD_DAYS = 60;
/** A meeting that is about to begin is nobody's to make anew under people's feet. */
const SPARED_MS = 30 * MINUTE_MS;

type Found = {
  readonly compared: number;
  readonly deleted: number;
  readonly remade: number;
  readonly unasked: number;
};

const NOTHING: Found = { compared: 0, deleted: 0, remade: 0, unasked: 0 };

async function reviveAll(
  { room }: AskedAccount,
  vanished: readonly string[],
  deps: ReconcileDeps,
): Promise<number> {
  let remade = 0;
  for (const onlineId of vanished) {
    const id = { workspaceId: room.workspaceId, onlineId };
    await deps.db.$transaction(async (tx) => {
      if (!(await reviveOnline(tx, id, deps.now()))) return;
      await enqueue(deps.queue, tx, syncOnline, [{ payload: id }]);
      remade += 1;
    });
  }
  return remade;
}

async function compareAccount(
  asked: AskedAccount,
  now: Instant,
  deps: ReconcileDeps,
): Promise<Found> {
  const opened = await deps.open(asked.room);
  if (!opened.ok) return { ...NOTHING, unasked: 1 };
  const provider = opened.value;
  const from = instantOf(now - DAY_MS);
  const to = instantOf(now + AHEAD_DAYS * DAY_MS);
  const listed = await provider.list(asked.account, from, to);
  if (!listed.ok) {
    const { kind, detail } = listed.refusal;
    log.warn({ account: asked.account.id, kind, detail }, "a provider's meetings were not listed");
    return { ...NOTHING, unasked: 1 };
  }
  // Who cannot be asked for a list keeps one meeting for one key by itself.
  if (listed.value === null) return NOTHING;
  const keys = listed.value.flatMap(({ key }) => key ?? []);
  const due = { keys, from: instantOf(now + SPARED_MS), to };
  const known = await listKnownOnline(deps.db, asked, due);
  const { orphans, vanished } = compareOnline(listed.value, known);
  let deleted = 0;
  for (const externalId of orphans) {
    const removed = await provider.remove(externalId, asked.account);
    if (removed.ok) deleted += 1;
  }
  const remade = await reviveAll(asked, vanished, deps);
  return { compared: listed.value.length, deleted, remade, unasked: 0 };
}

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

/**
 * Compares every account's meetings with what is wanted: deletes what was ours and nobody wants, asks anew for what
 * somebody deleted there, and wakes wishes whose job was lost. Answers what it did, in words and numbers.
 */
export async function reconcileOnline(deps: ReconcileDeps): Promise<{
  readonly summary: string;
  readonly counts: Readonly<Record<string, number>>;
}> {
  const now = deps.now();
  const accounts = await listAskedAccounts(deps.db);
  let sum = NOTHING;
  for (const asked of accounts) {
    const found = await compareAccount(asked, now, deps);
    sum = {
      compared: sum.compared + found.compared,
      deleted: sum.deleted + found.deleted,
      remade: sum.remade + found.remade,
      unasked: sum.unasked + found.unasked,
    };
  }
  const forgotten = await listForgottenOnline(deps.db, now);
  await deps.db.$transaction((tx) =>
    enqueue(
      deps.queue,
      tx,
      syncOnline,
      forgotten.map((id) => ({ payload: id })),
    ),
  );
  const summary = [
    `Compared ${count(sum.compared, "meeting", "meetings")} of ${count(accounts.length, "account", "accounts")}`,
    `deleted ${count(sum.deleted, "orphan", "orphans")}`,
    `asked again for ${count(sum.remade + forgotten.length, "meeting", "meetings")}`,
    ...(sum.unasked === 0 ? [] : [`${count(sum.unasked, "account", "accounts")} did not answer`]),
  ].join(", ");
  return {
    summary: `${summary}.`,
    counts: { ...sum, accounts: accounts.length, forgotten: forgotten.length },
  };
}
