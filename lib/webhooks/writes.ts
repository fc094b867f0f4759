import type { Db, Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import { insertRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { WebhooksGrant } from "./policy";

export async function insertEndpoint(
  tx: Transaction,
  { resource: { workspaceId }, actor }: WebhooksGrant,
  endpoint: {
    readonly id: string;
    readonly url: string;
    readonly events: readonly string[];
    readonly sealed: Uint8Array;
  },
  at: Instant,
): Promise<void> {
  await tx.webhookEndpoint.create({
    data: {
      workspaceId,
      id: endpoint.id,
      url: endpoint.url,
      events: [...endpoint.events],
      sealed: new Uint8Array(endpoint.sealed),
      createdBy: actor.kind === "member" ? actor.userId : null,
      createdAt: columnFromInstant(at),
    },
  });
}

/** An endpoint of the grant's workspace, locked until the commit; undefined when there is none. */
export async function lockEndpoint(
  tx: Transaction,
  { resource: { workspaceId } }: WebhooksGrant,
  id: string,
): Promise<{ readonly url: string; readonly sealed: Uint8Array } | undefined> {
  const [row] = await tx.$queryRaw<{ url: string; sealed: Uint8Array }[]>`
    SELECT url, sealed FROM webhook_endpoint
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return row;
}

/** Changes what is given of an endpoint; begun again, it has not failed yet. */
export async function updateEndpoint(
  tx: Transaction,
  { resource: { workspaceId } }: WebhooksGrant,
  id: string,
  change: {
    readonly events?: readonly string[];
    readonly sealed?: Uint8Array;
    readonly active?: boolean;
  },
): Promise<void> {
  const { events, sealed, active } = change;
  await tx.webhookEndpoint.update({
    where: { workspaceId_id: { workspaceId, id } },
    data: {
      ...(events === undefined ? {} : { events: [...events] }),
      ...(sealed === undefined ? {} : { sealed: new Uint8Array(sealed) }),
      ...(active === undefined ? {} : { active }),
      ...(active === true ? { failingSince: null } : {}),
    },
  });
}

/** Removes an endpoint with its deliveries. */
export async function removeEndpoint(
  tx: Transaction,
  { resource: { workspaceId } }: WebhooksGrant,
  id: string,
): Promise<void> {
  await tx.webhookEndpoint.deleteMany({ where: { workspaceId, id } });
}

export type NewDelivery = {
  readonly workspaceId: string;
  readonly id: string;
  readonly endpointId: string;
  readonly event: string;
  readonly payload: object;
};

/** Adds deliveries; those that are there already, because their event was told before, are left as they are. */
export async function insertDeliveries(
  tx: Transaction,
  deliveries: readonly NewDelivery[],
  at: Instant,
): Promise<void> {
  await insertRows(tx, [
    {
      table: "webhook_delivery",
      skipExisting: true,
      rows: deliveries.map((delivery) => ({
        workspace_id: delivery.workspaceId,
        id: delivery.id,
        endpoint_id: delivery.endpointId,
        event: delivery.event,
        payload: delivery.payload,
        state: "queued",
        attempts: 0,
        created_at: toIso(at),
      })),
    },
  ]);
}

type Attempt = {
  readonly state: "queued" | "delivered" | "failed";
  readonly status: number | null;
  readonly cause: string | null;
};

/**
 * Writes down what became of one try of a delivery. False when it was written down before: the same try is told once.
 */
export async function markAttempt(
  tx: Transaction,
  delivery: { readonly workspaceId: string; readonly id: string; readonly attempts: number },
  { state, status, cause }: Attempt,
  at: Instant,
): Promise<boolean> {
  const { workspaceId, id, attempts } = delivery;
  const { count } = await tx.webhookDelivery.updateMany({
    where: { workspaceId, id, attempts, state: "queued" },
    data: {
      state,
      status,
      cause,
      attempts: { increment: 1 },
      deliveredAt: state === "delivered" ? columnFromInstant(at) : null,
    },
  });
  return count === 1;
}

/** Has a delivery sent again from the beginning; how often it was tried so far. Undefined when it waits already, or is gone. */
export async function requeueDelivery(
  tx: Transaction,
  { resource: { workspaceId } }: WebhooksGrant,
  id: string,
  at: Instant,
): Promise<number | undefined> {
  // A day for it again, from now on.
  const [row] = await tx.$queryRaw<{ attempts: number }[]>`
    UPDATE webhook_delivery SET state = 'queued', cause = NULL, created_at = ${columnFromInstant(at)}
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND state <> 'queued'
    RETURNING attempts`;
  return row?.attempts;
}

/** What an endpoint's last delivery says of it: since when it fails, or that it does not. */
export async function markEndpoint(
  tx: Transaction,
  about: { readonly workspaceId: string; readonly endpointId: string },
  state: { readonly failingSince: Instant | null; readonly active: boolean },
): Promise<void> {
  await tx.webhookEndpoint.updateMany({
    where: { workspaceId: about.workspaceId, id: about.endpointId },
    data: {
      failingSince: state.failingSince && columnFromInstant(state.failingSince),
      // Only ever stopped here: whoever paused it meanwhile meant it.
      ...(state.active ? {} : { active: false }),
    },
  });
}

/** Removes a thousand deliveries older than that at most; returns how many. */
export async function removeOldDeliveries(db: Db, before: Instant): Promise<number> {
  return db.$executeRaw`
    DELETE FROM webhook_delivery WHERE (workspace_id, id) IN (
      SELECT workspace_id, id FROM webhook_delivery WHERE created_at < ${columnFromInstant(before)} LIMIT 1000)`;
}
