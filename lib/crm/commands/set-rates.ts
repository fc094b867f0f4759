import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { isCurrency, isRate } from "../core/money";
import { revalueLeads } from "../jobs";
import { crmPolicy } from "../policy";
import type { Valued } from "../reads/rates";
import { countValued } from "../reads/rates";
import type { NewRate } from "../writes/rates";
import { holdMoney, lockMoney, removeRateRow, setBaseCurrency, upsertRates } from "../writes/rates";

type RateDeps = Pick<Deps, "db" | "queue" | "keys" | "now">;
type Asked = { readonly actor: Actor; readonly workspaceId: string };

export type RateRefusal = "unknown-currency" | "own-currency" | "not-a-rate" | "no-such-rate";

const memberOf = ({ actor, workspaceId }: Asked) => {
  crmPolicy.authorize(actor, "crm.configure", { workspaceId });
  if (actor.kind !== "member") throw new Error("only people set rates");
  return actor;
};

/**
 * Sets what currencies are worth from their days on. Open deals are valued anew, and closed ones whose worth was
 * missing are filled in, by a job of this transaction. What was frozen when a deal closed moves only with
 * `restateClosed`, which the audit log keeps.
 */
export async function setRates(
  {
    rates,
    restateClosed = false,
    ...asked
  }: Asked & { readonly rates: readonly NewRate[]; readonly restateClosed?: boolean },
  { db, queue, keys, now }: RateDeps,
): Promise<Result<undefined, RateRefusal>> {
  const { userId, name } = memberOf(asked);
  const { workspaceId } = asked;
  if (!rates.every(({ currency }) => isCurrency(currency))) return refuse("unknown-currency");
  if (!rates.every(({ rate }) => isRate(rate))) return refuse("not-a-rate");
  return db.$transaction(async (tx): Promise<Result<undefined, RateRefusal>> => {
    const base = await holdMoney(tx, workspaceId);
    if (rates.some(({ currency }) => currency === base)) return refuse("own-currency");
    const at = now();
    await upsertRates(tx, { workspaceId, rates, userId, now: at });
    const currencies = [...new Set(rates.map(({ currency }) => currency))].sort();
    await enqueue(queue, tx, revalueLeads, [
      { payload: { workspaceId, currencies, restateClosed } },
    ]);
    await appendAudit(tx, keys, {
      workspaceId,
      at,
      actor: "user",
      userId,
      actorName: name,
      action: restateClosed ? "crm.rates-restated" : "crm.rates-set",
      subject: currencies.join(", "),
      details: { rates: rates.slice(0, 100), count: rates.length },
    });
    return ok(undefined);
  });
}

/** Takes a rate away; what it was good for is valued by the one before it, or by none. Frozen amounts stay. */
export async function removeRate(
  { currency, onDate, ...asked }: Asked & Omit<NewRate, "rate">,
  { db, queue, keys, now }: RateDeps,
): Promise<Result<undefined, RateRefusal>> {
  const { userId, name } = memberOf(asked);
  const { workspaceId } = asked;
  return db.$transaction(async (tx): Promise<Result<undefined, RateRefusal>> => {
    await holdMoney(tx, workspaceId);
    if ((await removeRateRow(tx, { workspaceId, currency, onDate })) === 0)
      return refuse("no-such-rate");
    await enqueue(queue, tx, revalueLeads, [
      { payload: { workspaceId, currencies: [currency], restateClosed: false } },
    ]);
    await appendAudit(tx, keys, {
      workspaceId,
      at: now(),
      actor: "user",
      userId,
      actorName: name,
      action: "crm.rate-removed",
      subject: currency,
      details: { onDate },
    });
    return ok(undefined);
  });
}

export type BaseRefusal =
  | { readonly reason: "unknown-currency" }
  /** Amounts, rates or targets are told in the present currency; each would silently mean something else. */
  | { readonly reason: "in-use"; readonly valued: Valued };

/**
 * Changes the currency a workspace counts in. Only while nothing is counted yet: frozen amounts of closed deals cannot be
 * turned into another currency without rewriting what was reported, so a workspace with history keeps its currency.
 */
export async function changeBaseCurrency(
  { currency, ...asked }: Asked & { readonly currency: string },
  { db, keys, now }: RateDeps,
): Promise<Result<undefined, BaseRefusal>> {
  const { userId, name } = memberOf(asked);
  const { workspaceId } = asked;
  if (!isCurrency(currency)) return refuse({ reason: "unknown-currency" });
  return db.$transaction(async (tx): Promise<Result<undefined, BaseRefusal>> => {
    const before = await lockMoney(tx, workspaceId);
    if (before === currency) return ok(undefined);
    const valued = await countValued(tx, workspaceId);
    if (valued.rates + valued.leads + valued.targets > 0)
      return refuse({ reason: "in-use", valued });
    await setBaseCurrency(tx, { workspaceId, currency });
    await appendAudit(tx, keys, {
      workspaceId,
      at: now(),
      actor: "user",
      userId,
      actorName: name,
      action: "crm.currency-changed",
      subject: workspaceId,
      details: { from: before, to: currency },
    });
    return ok(undefined);
  });
}
