import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import type { DeliveryRow, EndpointRow } from "./core/webhook-view";

type RawEndpoint = Omit<EndpointRow, "createdAt" | "failingSince" | "deliveries"> & {
  readonly createdAt: Date;
  readonly failingSince: Date | null;
  readonly delivered: number;
  readonly queued: number;
  readonly failed: number;
};

/** The endpoints of a workspace, oldest first; at most 100. */
export async function listEndpoints(db: Db, workspaceId: string): Promise<EndpointRow[]> {
  const rows = await db.$queryRaw<RawEndpoint[]>`
    SELECT e.id, e.url, e.events, e.active, e.created_at AS "createdAt", e.failing_since AS "failingSince",
           k.delivered, k.queued, k.failed
      FROM webhook_endpoint e
      CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE d.state = 'delivered'))::int AS delivered,
               (count(*) FILTER (WHERE d.state = 'queued'))::int AS queued,
               (count(*) FILTER (WHERE d.state = 'failed'))::int AS failed
          FROM webhook_delivery d WHERE d.workspace_id = e.workspace_id AND d.endpoint_id = e.id) k
     WHERE e.workspace_id = ${workspaceId}::uuid
     ORDER BY e.created_at, e.id LIMIT 100`;
  return rows.map(({ createdAt, failingSince, delivered, queued, failed, ...row }) => ({
    ...row,
    createdAt: instantFromColumn(createdAt),
    failingSince: failingSince && instantFromColumn(failingSince),
    deliveries: { delivered, queued, failed },
  }));
}

/** The last deliveries of an endpoint, newest first; at most 100. */
export async function listDeliveries(
  db: Db,
  about: { readonly workspaceId: string; readonly endpointId: string },
): Promise<DeliveryRow[]> {
  const rows = await db.webhookDelivery.findMany({
    where: about,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  return rows.map((row) => ({
    id: row.id,
    event: row.event,
    state: row.state as DeliveryRow["state"],
    attempts: row.attempts,
    status: row.status,
    cause: row.cause,
    createdAt: instantFromColumn(row.createdAt),
    deliveredAt: row.deliveredAt && instantFromColumn(row.deliveredAt),
    payload: JSON.stringify(row.payload, null, 2),
  }));
}

/** What a delivery needs to be sent, and where; undefined when it or its endpoint is gone. */
export type DeliveryAtWork = {
  readonly workspaceId: string;
  readonly id: string;
  readonly event: string;
  readonly payload: unknown;
  readonly state: DeliveryRow["state"];
  readonly attempts: number;
  readonly createdAt: Instant;
  readonly endpointId: string;
  readonly url: string;
  readonly sealed: Uint8Array;
  readonly active: boolean;
  readonly failingSince: Instant | null;
};

export async function findDelivery(
  db: Db,
  about: { readonly workspaceId: string; readonly deliveryId: string },
): Promise<DeliveryAtWork | undefined> {
  const [row] = await db.$queryRaw<
    (Omit<DeliveryAtWork, "createdAt" | "failingSince"> & {
      readonly createdAt: Date;
      readonly failingSince: Date | null;
    })[]
  >`
    SELECT d.workspace_id AS "workspaceId", d.id, d.event, d.payload, d.state, d.attempts, d.created_at AS "createdAt",
           e.id AS "endpointId", e.url, e.sealed, e.active, e.failing_since AS "failingSince"
      FROM webhook_delivery d
      JOIN webhook_endpoint e ON e.workspace_id = d.workspace_id AND e.id = d.endpoint_id
     WHERE d.workspace_id = ${about.workspaceId}::uuid AND d.id = ${about.deliveryId}::uuid`;
  return (
    row && {
      ...row,
      createdAt: instantFromColumn(row.createdAt),
      failingSince: row.failingSince && instantFromColumn(row.failingSince),
    }
  );
}

/** The endpoints that want to be told of an event. */
export async function listSubscribed(
  db: Db,
  workspaceId: string,
  event: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM webhook_endpoint
     WHERE workspace_id = ${workspaceId}::uuid AND active AND ${event} = ANY(events)`;
  return rows.map(({ id }) => id);
}

/** Whether any endpoint of the workspace hears of leads or opportunities at all. */
export async function hearsOfLeads(db: Db, workspaceId: string): Promise<boolean> {
  const found = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM webhook_endpoint e
     WHERE e.workspace_id = ${workspaceId}::uuid AND e.active
       AND EXISTS (SELECT FROM unnest(e.events) AS event WHERE event LIKE 'lead.%' OR event LIKE 'opportunity.%') LIMIT 1`;
  return found.length > 0;
}

/** What of a meeting decides how it is told outside; undefined when it is gone. */
export async function findMeetingFacts(
  db: Db,
  about: { readonly workspaceId: string; readonly meetingId: string },
): Promise<{ readonly throughLink: boolean; readonly private: boolean } | undefined> {
  const [row] = await db.$queryRaw<{ throughLink: boolean; private: boolean }[]>`
    SELECT link_id IS NOT NULL AS "throughLink", visibility = 'private' AS private FROM meeting
     WHERE workspace_id = ${about.workspaceId}::uuid AND id = ${about.meetingId}::uuid`;
  return row;
}

/** Who administers a workspace. */
export async function listAdminIds(db: Db, workspaceId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM app_user u
      JOIN user_group g ON g.workspace_id = u.workspace_id AND g.user_id = u.id AND g.group_name = 'admin'
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL LIMIT 100`;
  return rows.map(({ id }) => id);
}
