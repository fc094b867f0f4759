import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { retryAfterOf } from "@/lib/http/calendar-trouble";
import type { OutboundFetch } from "@/lib/http/outbound";
import { OutboundRefused } from "@/lib/http/outbound";
import { enqueue } from "@/lib/jobs/queue";
import { log } from "@/lib/log";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { openWebhookSecret } from "../commands/endpoints";
import { TEST_EVENT } from "../core/event";
import { nextDelivery, STOP_AFTER_MS, signatureOf } from "../core/signature";
import { deliverWebhook } from "../jobs";
import type { DeliveryAtWork } from "../reads";
import { findDelivery, listAdminIds } from "../reads";
import { markAttempt, markEndpoint } from "../writes";

const TIMEOUT_MS = 10_000;

type DeliverDeps = Pick<Deps, "db" | "queue" | "now" | "keys"> & { readonly fetch: OutboundFetch };

type Outcome = {
  readonly status: number | null;
  /** Why it was not delivered, by key; null when it was. */
  readonly cause: string | null;
  readonly retryAfterSeconds?: number | undefined;
};

/** Sends the payload once. What its receiver says beyond a status is not kept: it is nobody's business here. */
async function send(
  delivery: DeliveryAtWork,
  { now, keys, fetch: outbound }: DeliverDeps,
): Promise<Outcome> {
  const at = now();
  const body = JSON.stringify(delivery.payload);
  const secret = openWebhookSecret(keys, { ...delivery, id: delivery.endpointId });
  try {
    const { status, headers } = await outbound(delivery.url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "user-agent": "Meridian-Webhooks/1",
        "meridian-delivery": delivery.id,
        "meridian-event": delivery.event,
        "meridian-signature": signatureOf(secret, body, at),
      },
      // What leads elsewhere is an answer like any other, and not a good one.
      redirects: "return",
      timeoutMs: TIMEOUT_MS,
    });
    if (status >= 200 && status < 300) return { status, cause: null };
    const retryAfterSeconds = retryAfterOf(headers.get("retry-after"), at);
    const cause = status >= 300 && status < 400 ? "redirect" : "status";
    return { status, cause, retryAfterSeconds };
  } catch (error) {
    const refused = error instanceof OutboundRefused && !/in time/.test(error.message);
    return { status: null, cause: refused ? "refused" : "no-answer" };
  }
}

/** An endpoint that failed for three days is stopped, and its admins are told. */
async function stop(
  tx: Transaction,
  delivery: DeliveryAtWork,
  at: Instant,
  { keys }: DeliverDeps,
): Promise<void> {
  const { workspaceId, endpointId } = delivery;
  const { host } = new URL(delivery.url);
  const admins = await listAdminIds(tx, workspaceId);
  const notices = admins.map((userId) => ({
    workspaceId,
    userId,
    meetingId: null,
    kind: "webhook-stopped" as const,
    title: host,
    detail: null,
  }));
  await insertRows(tx, [noticeRows(notices, at)]);
  await appendAudit(tx, keys, {
    actor: "system",
    userId: null,
    actorName: "system",
    workspaceId,
    at,
    action: "webhook.stop",
    subject: endpointId,
    details: { host },
  });
}

async function conclude(
  tx: Transaction,
  delivery: DeliveryAtWork,
  outcome: Outcome,
  deps: DeliverDeps,
): Promise<void> {
  const { workspaceId, id, attempts, endpointId, createdAt } = delivery;
  const at = deps.now();
  const { status, cause } = outcome;
  if (cause === null) {
    if (!(await markAttempt(tx, delivery, { state: "delivered", status, cause }, at))) return;
    await markEndpoint(tx, { workspaceId, endpointId }, { failingSince: null, active: true });
    return;
  }
  const tried = { attempts: attempts + 1, createdAt };
  // A test is an answer to somebody who waits for it: once, and whatever it says.
  const again =
    delivery.event === TEST_EVENT ? undefined : nextDelivery(tried, at, outcome.retryAfterSeconds);
  const state = again === undefined ? "failed" : "queued";
  if (!(await markAttempt(tx, delivery, { state, status, cause }, at))) return;
  if (again !== undefined) {
    const payload = { workspaceId, deliveryId: id, attempt: attempts + 1 };
    await enqueue(deps.queue, tx, deliverWebhook, [{ payload, notBefore: again }]);
  }
  if (delivery.event === TEST_EVENT) return;
  const failingSince = delivery.failingSince ?? at;
  const stops = delivery.active && at - failingSince >= STOP_AFTER_MS;
  await markEndpoint(tx, { workspaceId, endpointId }, { failingSince, active: !stops });
  if (stops) await stop(tx, delivery, at, deps);
}

/**
 * Sends one delivery once, signed, and writes down what came of it: delivered, to be tried again, or given up after a
 * day. A job that is run again after a crash may send it a second time, under the same id; never more than is written.
 */
export async function handleDeliverWebhook(
  about: { readonly workspaceId: string; readonly deliveryId: string; readonly attempt: number },
  deps: DeliverDeps,
): Promise<void> {
  const delivery = await findDelivery(deps.db, about);
  if (delivery?.state !== "queued" || delivery.attempts !== about.attempt) return;
  if (!delivery.active && delivery.event !== TEST_EVENT) {
    const paused = { state: "failed", status: null, cause: "paused" } as const;
    await deps.db.$transaction((tx) => markAttempt(tx, delivery, paused, deps.now()));
    return;
  }
  const outcome = await send(delivery, deps);
  if (outcome.cause !== null) {
    const { cause, status } = outcome;
    log.warn({ deliveryId: delivery.id, cause, status }, "a webhook was not delivered");
  }
  await deps.db.$transaction((tx) => conclude(tx, delivery, outcome, deps));
}
