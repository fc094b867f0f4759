import { v7 as newId } from "uuid";
import { appendAudit } from "@/lib/audit/append";
import { open, seal } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import { newToken } from "@/lib/crypto/token";
import type { Transaction } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { TEST_EVENT } from "../core/event";
import type { WebhookSecret } from "../core/signature";
import { rotated, webhookSecret } from "../core/signature";
import { deliverWebhook } from "../jobs";
import type { WebhooksGrant } from "../policy";
import { auditedAs } from "../policy";
import { listEndpoints } from "../reads";
import type { EndpointInput } from "../schema";
import {
  insertDeliveries,
  insertEndpoint,
  lockEndpoint,
  removeEndpoint,
  requeueDelivery,
  updateEndpoint,
} from "../writes";

export const MOST_ENDPOINTS = 20;

type EndpointDeps = Pick<Deps, "db" | "queue" | "now" | "keys"> & {
  /** Origins the operator named: they may be inner ones and need no TLS. */
  readonly trustedOrigins: readonly string[];
};

type Sealed = { readonly workspaceId: string; readonly id: string };

const sealedPlace = ({ workspaceId, id }: Sealed) => ({
  workspaceId,
  table: "webhook_endpoint",
  column: "sealed",
  id,
});

/** What an endpoint's deliveries are signed with. Throws SealError. */
export const openWebhookSecret = (
  keys: KeyRing,
  endpoint: Sealed & { readonly sealed: Uint8Array },
): WebhookSecret =>
  webhookSecret.parse(
    JSON.parse(open(keys, endpoint.sealed, sealedPlace(endpoint)).toString("utf8")),
  );

const sealSecret = (keys: KeyRing, secret: WebhookSecret, place: Sealed): Buffer =>
  seal(keys, JSON.stringify(secret), sealedPlace(place));

const newSecret = (): string => `whsec_${newToken()}`;

/** Only https leaves the house, but for origins the operator named. */
const mayBeCalled = (url: string, trusted: readonly string[]): boolean =>
  new URL(url).protocol === "https:" || trusted.includes(new URL(url).origin);

async function audit(
  tx: Transaction,
  grant: WebhooksGrant,
  about: { readonly action: string; readonly id: string; readonly details?: object },
  { keys, at }: { readonly keys: KeyRing; readonly at: Instant },
): Promise<void> {
  await appendAudit(tx, keys, {
    ...auditedAs(grant),
    workspaceId: grant.resource.workspaceId,
    at,
    action: about.action,
    subject: about.id,
    details: { ...about.details },
  });
}

/** Makes an endpoint. What its deliveries are signed with is returned this once. */
export async function createEndpoint(
  { url, events }: EndpointInput,
  grant: WebhooksGrant,
  deps: EndpointDeps,
): Promise<Result<{ readonly id: string; readonly secret: string }, "not-https" | "too-many">> {
  if (!mayBeCalled(url, deps.trustedOrigins)) return refuse("not-https");
  const { workspaceId } = grant.resource;
  const id = newId();
  const secret = newSecret();
  return deps.db.$transaction(async (tx) => {
    const at = deps.now();
    if ((await listEndpoints(tx, workspaceId)).length >= MOST_ENDPOINTS) return refuse("too-many");
    const sealed = sealSecret(deps.keys, { secret }, { workspaceId, id });
    await insertEndpoint(tx, grant, { id, url, events, sealed }, at);
    // The origin alone: a path may be a secret of the receiver's.
    const details = { origin: new URL(url).origin, events };
    await audit(tx, grant, { action: "webhook.create", id, details }, { keys: deps.keys, at });
    return ok({ id, secret });
  });
}

/** Work on an endpoint that is there, written into the log under `action`. */
const onEndpoint = <Value>(
  about: { readonly id: string; readonly action: string; readonly details?: object },
  grant: WebhooksGrant,
  deps: EndpointDeps,
  work: (tx: Transaction, at: Instant, endpoint: { readonly sealed: Uint8Array }) => Promise<Value>,
): Promise<Result<Value, "no-endpoint">> =>
  deps.db.$transaction(async (tx) => {
    const at = deps.now();
    const endpoint = await lockEndpoint(tx, grant, about.id);
    if (endpoint === undefined) return refuse("no-endpoint");
    const value = await work(tx, at, endpoint);
    await audit(tx, grant, about, { keys: deps.keys, at });
    return ok(value);
  });

/** Chooses an endpoint's events anew. */
export const chooseEvents = (
  { id, events }: { readonly id: string; readonly events: readonly string[] },
  grant: WebhooksGrant,
  deps: EndpointDeps,
) =>
  onEndpoint({ id, action: "webhook.change", details: { events } }, grant, deps, (tx) =>
    updateEndpoint(tx, grant, id, { events }),
  );

/** Pauses an endpoint, or lets it go on: what happens meanwhile is not sent later. */
export const switchEndpoint = (
  { id, active }: { readonly id: string; readonly active: boolean },
  grant: WebhooksGrant,
  deps: EndpointDeps,
) =>
  onEndpoint({ id, action: active ? "webhook.resume" : "webhook.pause" }, grant, deps, (tx) =>
    updateEndpoint(tx, grant, id, { active }),
  );

/** Gives an endpoint a new secret, returned this once; the one before signs beside it for a day. */
export const rotateSecret = (id: string, grant: WebhooksGrant, deps: EndpointDeps) =>
  onEndpoint({ id, action: "webhook.rotate" }, grant, deps, async (tx, at, { sealed }) => {
    const place = { workspaceId: grant.resource.workspaceId, id };
    const secret = newSecret();
    const next = rotated(openWebhookSecret(deps.keys, { ...place, sealed }), secret, at);
    await updateEndpoint(tx, grant, id, { sealed: sealSecret(deps.keys, next, place) });
    return { secret };
  });

/** Removes an endpoint and what is known of its deliveries. */
export const deleteEndpoint = (id: string, grant: WebhooksGrant, deps: EndpointDeps) =>
  onEndpoint({ id, action: "webhook.delete" }, grant, deps, (tx) => removeEndpoint(tx, grant, id));

/** Sends an endpoint something to try it with, whatever it asked to be told. */
export const sendTest = (id: string, grant: WebhooksGrant, deps: EndpointDeps) =>
  onEndpoint({ id, action: "webhook.test" }, grant, deps, async (tx, at) => {
    const { workspaceId } = grant.resource;
    const delivery = newId();
    const payload = { id: delivery, type: TEST_EVENT, at: toIso(at), workspaceId };
    const row = { workspaceId, id: delivery, endpointId: id, event: TEST_EVENT, payload };
    await insertDeliveries(tx, [row], at);
    const order = { payload: { workspaceId, deliveryId: delivery, attempt: 0 } };
    await enqueue(deps.queue, tx, deliverWebhook, [order]);
    return { delivery };
  });

/** Sends a delivery again under its own id, so that its receiver can tell that it had it. */
export const redeliver = (
  id: string,
  grant: WebhooksGrant,
  deps: EndpointDeps,
): Promise<Result<undefined, "not-again">> =>
  deps.db.$transaction(async (tx) => {
    const attempt = await requeueDelivery(tx, grant, id, deps.now());
    if (attempt === undefined) return refuse("not-again");
    const { workspaceId } = grant.resource;
    const order = { payload: { workspaceId, deliveryId: id, attempt } };
    await enqueue(deps.queue, tx, deliverWebhook, [order]);
    return ok(undefined);
  });
