import type { Actor } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { VirtualRoomRefusal } from "../core/virtual-room";
import { hasAccounts } from "../core/virtual-room";
import type { VirtualRoomGrant } from "../policy";
import { findVirtualRoom, listLinksOffering, listSeatHolders, lockSeats } from "../reads/rooms";
import type { AccountChange, NewAccount } from "../schema";
import { insertAccount, insertSeats, retireAccount, setSeats } from "../writes/rooms";
import { mayManage, writeAudit } from "./save-virtual-room";

type Changed = Result<null, VirtualRoomRefusal>;

type Account = { readonly id: string; readonly name: string };

/**
 * Gives an account this many seats. Seats nobody holds go first; where meetings to come hold more than shall be left,
 * nothing changes and they are named.
 */
async function fitSeats(
  tx: Transaction,
  grant: VirtualRoomGrant,
  { account, count }: { readonly account: Account; readonly count: number },
  deps: Deps,
): Promise<Changed> {
  const { workspaceId } = grant.resource;
  const now = deps.now();
  const seats = await lockSeats(tx, { workspaceId, accountId: account.id }, now);
  // Those that are held first, then those in use: the rest is what may go, or come back.
  const wanted = seats.toSorted(
    (one, other) =>
      Number(other.held) - Number(one.held) || Number(other.active) - Number(one.active),
  );
  const kept = wanted.slice(0, count);
  const gone = wanted.slice(count);
  const held = gone.filter((seat) => seat.held);
  if (held.length > 0) {
    const every = seats.filter((seat) => seat.held).map(({ resourceId }) => resourceId);
    const holders = await listSeatHolders(tx, workspaceId, every, now);
    return refuse({ reason: "seats-held", ...holders, links: [] });
  }
  const off = gone.filter(({ active }) => active).map(({ position }) => position);
  const on = kept.filter(({ active }) => !active).map(({ position }) => position);
  await setSeats(tx, grant, account.id, { positions: off, active: false });
  await setSeats(tx, grant, account.id, { positions: on, active: true });
  const from = Math.max(-1, ...seats.map(({ position }) => position)) + 1;
  await insertSeats(tx, grant, account, { from, count: Math.max(0, count - seats.length) });
  return ok(null);
}

async function findAccount(
  tx: Transaction,
  workspaceId: string,
  { roomId, accountId }: { readonly roomId: string; readonly accountId: string },
): Promise<Account | undefined> {
  const found = await tx.virtualAccount.findFirst({
    where: { workspaceId, id: accountId, virtualRoomId: roomId, active: true },
    select: { id: true, name: true },
  });
  return found ?? undefined;
}

type Work = (tx: Transaction, grant: VirtualRoomGrant) => Promise<Changed>;

/** Carries a refusal out of a transaction, which its throw rolls back. */
class Refused extends Error {
  readonly refusal: VirtualRoomRefusal;
  constructor(refusal: VirtualRoomRefusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

async function changeRoom(actor: Actor, roomId: string, work: Work, deps: Deps): Promise<Changed> {
  const grant = mayManage(actor);
  const { workspaceId } = grant.resource;
  try {
    await withRetry(() =>
      deps.db.$transaction(async (tx) => {
        const done = await work(tx, grant);
        if (!done.ok) throw new Refused(done.refusal);
      }),
    );
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    throw error;
  }
  await deps.invalidate(await listLinksOffering(deps.db, workspaceId, roomId));
  return ok(null);
}

/** Adds an account that may hold this many meetings at once. Throws AccessDenied. */
export const addAccount = (
  { actor, input }: { readonly actor: Actor; readonly input: NewAccount },
  deps: Deps,
): Promise<Changed> =>
  changeRoom(
    actor,
    input.roomId,
    async (tx, grant) => {
      const { roomId, account: name, seats } = input;
      const room = await findVirtualRoom(tx, grant.resource.workspaceId, roomId);
      if (room === undefined) return refuse({ reason: "absent" });
      if (!hasAccounts(room.provider)) return refuse({ reason: "no-accounts-here" });
      const id = await insertAccount(tx, grant, roomId, name);
      if (id === null) return refuse({ reason: "account-exists" });
      const fitted = await fitSeats(tx, grant, { account: { id, name }, count: seats }, deps);
      if (!fitted.ok) return fitted;
      const details = { account: name, seats };
      const entry = { action: "virtual-account.add", subject: roomId, details };
      await writeAudit(tx, grant, entry, deps);
      return ok(null);
    },
    deps,
  );

/** Gives an account another number of seats. Refused while meetings to come hold them. Throws AccessDenied. */
export const changeSeats = (
  { actor, input }: { readonly actor: Actor; readonly input: AccountChange },
  deps: Deps,
): Promise<Changed> =>
  changeRoom(
    actor,
    input.roomId,
    async (tx, grant) => {
      const { roomId, seats } = input;
      const account = await findAccount(tx, grant.resource.workspaceId, input);
      if (account === undefined) return refuse({ reason: "absent" });
      const fitted = await fitSeats(tx, grant, { account, count: seats }, deps);
      if (!fitted.ok) return fitted;
      const details = { account: account.name, seats };
      const entry = { action: "virtual-account.seats", subject: roomId, details };
      await writeAudit(tx, grant, entry, deps);
      return ok(null);
    },
    deps,
  );

/** Takes an account out of its pool. Refused while meetings to come hold its seats. Throws AccessDenied. */
export const removeAccount = (
  {
    actor,
    ...input
  }: { readonly actor: Actor; readonly roomId: string; readonly accountId: string },
  deps: Deps,
): Promise<Changed> =>
  changeRoom(
    actor,
    input.roomId,
    async (tx, grant) => {
      const account = await findAccount(tx, grant.resource.workspaceId, input);
      if (account === undefined) return refuse({ reason: "absent" });
      const fitted = await fitSeats(tx, grant, { account, count: 0 }, deps);
      if (!fitted.ok) return fitted;
      await retireAccount(tx, grant, account.id);
      const details = { account: account.name };
      const entry = { action: "virtual-account.remove", subject: input.roomId, details };
      await writeAudit(tx, grant, entry, deps);
      return ok(null);
    },
    deps,
  );
