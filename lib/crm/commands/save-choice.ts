import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { isCurrency, minorOfDecimal } from "../core/money";
import type { ChoiceInput } from "../core/set-up-input";
import { nextPosition } from "../writes/set-up";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

export type ChoiceRefusal = "gone" | "name-taken" | "no-such-currency" | "not-an-amount";

type Price = { readonly priceMinor: bigint | null; readonly currency: string | null };

/** A price in minor units of its currency; a price without one is the workspace's. */
async function priceOf(
  tx: Transaction,
  { price, currency }: ChoiceInput,
  workspaceId: string,
): Promise<Result<Price, "no-such-currency" | "not-an-amount">> {
  if (price === null) return ok({ priceMinor: null, currency: null });
  const own = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const code = currency ?? own.baseCurrency;
  if (!isCurrency(code)) return refuse("no-such-currency");
  const minor = minorOfDecimal(price, code);
  return minor.ok
    ? ok({ priceMinor: BigInt(minor.value), currency: code })
    : refuse("not-an-amount");
}

async function writeReasonOrSource(
  tx: Transaction,
  grant: MayConfigure,
  { kind, id, name }: ChoiceInput,
  made: string,
): Promise<boolean> {
  const { workspaceId } = grant.resource;
  const source = kind === "source";
  if (id !== undefined) {
    const { count } = source
      ? await tx.leadSource.updateMany({ where: { workspaceId, id }, data: { name } })
      : await tx.lostReason.updateMany({ where: { workspaceId, id, kind }, data: { name } });
    return count === 1;
  }
  const position = await nextPosition(tx, grant, kind === "product" ? "source" : kind);
  if (source) await tx.leadSource.create({ data: { workspaceId, id: made, name, position } });
  else await tx.lostReason.create({ data: { workspaceId, id: made, kind, name, position } });
  return true;
}

async function writeProduct(
  tx: Transaction,
  workspaceId: string,
  { id, name, series }: ChoiceInput,
  { priceMinor, currency, made }: Price & { readonly made: string },
): Promise<boolean> {
  const data = { name, series, priceMinor, currency };
  if (id === undefined) {
    await tx.product.create({ data: { ...data, workspaceId, id: made } });
    return true;
  }
  return (await tx.product.updateMany({ where: { workspaceId, id }, data })).count === 1;
}

const NAMED_ONCE = ["reason_is_named_once", "source_is_named_once", "product_is_named_once"];

/** Makes a reason, a source or a product, or gives one another name (a product also another price). */
export async function saveChoice(
  input: ChoiceInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly id: string }, ChoiceRefusal>> {
  const { workspaceId } = grant.resource;
  const { kind, id, name } = input;
  const made = newId();
  try {
    return await deps.db.$transaction(async (tx) => {
      const price = await priceOf(tx, input, workspaceId);
      if (!price.ok) return price;
      const written =
        kind === "product"
          ? await writeProduct(tx, workspaceId, input, { ...price.value, made })
          : await writeReasonOrSource(tx, grant, input, made);
      if (!written) return refuse("gone");
      const { priceMinor, currency } = price.value;
      await auditSetUp(tx, grant, deps, {
        action: `crm.${kind}.${id === undefined ? "make" : "change"}`,
        subject: id ?? made,
        details: {
          name,
          ...(priceMinor === null ? {} : { priceMinor: Number(priceMinor), currency }),
        },
      });
      return ok({ id: id ?? made });
    });
  } catch (error) {
    if (NAMED_ONCE.some((constraint) => violates(error, constraint))) return refuse("name-taken");
    throw error;
  }
}
