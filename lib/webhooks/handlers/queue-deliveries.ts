import { v5 as idFrom } from "uuid";
import { enqueue } from "@/lib/jobs/queue";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { WebhookEvent } from "../core/event";
import { deliverWebhook } from "../jobs";
import { listSubscribed } from "../reads";
import { insertDeliveries } from "../writes";

/** Names made from names: the same change has the same id however often it is told. */
const NAMES = "6f1d3e0a-4b0c-5c67-9d38-0c3f7d1a52be";

/** Something to tell outside. `key` names the change itself, so that telling it twice makes one delivery. */
export type Telling = {
  readonly key: string;
  readonly event: WebhookEvent;
  readonly at: Instant;
  readonly actorName: string;
  /** What it is about, by its kind: `{ meeting: … }`, `{ lead: … }`. */
  readonly about: Readonly<Record<string, unknown>>;
};

/** One delivery for each endpoint that wants to hear it, whatever the number of tellings in one transaction. */
export async function queueDeliveries(
  workspaceId: string,
  tellings: readonly Telling[],
  { db, queue, now }: Pick<Deps, "db" | "queue" | "now">,
): Promise<void> {
  const events = [...new Set(tellings.map(({ event }) => event))];
  const subscribed = new Map(
    await Promise.all(
      events.map(async (event) => [event, await listSubscribed(db, workspaceId, event)] as const),
    ),
  );
  const deliveries = tellings.flatMap(({ key, event, at, actorName, about }) => {
    const id = idFrom(key, NAMES);
    const payload = {
      id,
      type: event,
      at: toIso(at),
      workspaceId,
      actor: { name: actorName },
      ...about,
    };
    return (subscribed.get(event) ?? []).map((endpointId) => ({
      workspaceId,
      id: idFrom(`${endpointId}/${id}`, NAMES),
      endpointId,
      event,
      payload,
    }));
  });
  if (deliveries.length === 0) return;
  await db.$transaction(async (tx) => {
    await insertDeliveries(tx, deliveries, now());
    await enqueue(
      queue,
      tx,
      deliverWebhook,
      deliveries.map((delivery) => ({
        payload: { workspaceId, deliveryId: delivery.id, attempt: 0 },
      })),
    );
  });
}
