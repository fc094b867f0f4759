import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { DeliveryRow, EndpointRow } from "./core/webhook-view";
import { webhooksPolicy } from "./policy";
import { listDeliveries, listEndpoints } from "./reads";

const IS_UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The admin who asks. To everybody else this page does not exist. */
async function requireAdmin(): Promise<Member> {
  const member = await getMember();
  const { workspaceId } = member;
  return webhooksPolicy.can(member, "webhooks.manage", { workspaceId }) ? member : notFound();
}

/** The endpoints of the reader's workspace. */
export async function loadEndpoints(): Promise<readonly EndpointRow[]> {
  const { workspaceId } = await requireAdmin();
  return listEndpoints(runtime().db, workspaceId);
}

/** One endpoint with its last deliveries; not found when there is none of that id. */
export async function loadEndpoint(
  id: string,
): Promise<{ readonly endpoint: EndpointRow; readonly deliveries: readonly DeliveryRow[] }> {
  const { workspaceId } = await requireAdmin();
  if (!IS_UUID.test(id)) notFound();
  const { db } = runtime();
  const [endpoints, deliveries] = await Promise.all([
    listEndpoints(db, workspaceId),
    listDeliveries(db, { workspaceId, endpointId: id }),
  ]);
  const endpoint = endpoints.find((one) => one.id === id) ?? notFound();
  return { endpoint, deliveries };
}
