import { v5 as idFrom } from "uuid";
import { enqueue } from "@/lib/jobs/queue";
import type { MeetingChange } from "@/lib/meetings/jobs";
import type { Deps } from "@/lib/runtime";
import { instantOf, toIso } from "@/lib/time/instant";
import { eventOf, hiddenFrom } from "../core/event";
import { deliverWebhook } from "../jobs";
import { findMeetingFacts, listSubscribed } from "../reads";
import { insertDeliveries } from "../writes";

/** Names made from names: the same change has the same id however often it is told. */
const NAMES = "6f1d3e0a-4b0c-5c67-9d38-0c3f7d1a52be";

/**
 * A meeting changed: one delivery for each endpoint that wants to be told. Its id is made of the change and the
 * endpoint, so a change that is told twice makes one delivery.
 */
export async function followWithWebhooks(
  change: MeetingChange,
  { db, queue, now }: Pick<Deps, "db" | "queue" | "now">,
): Promise<void> {
  const { workspaceId, meetingId, version, kind, at, actorName, snapshot } = change;
  const facts = await findMeetingFacts(db, { workspaceId, meetingId });
  const event = facts && eventOf(kind, facts.throughLink);
  if (facts === undefined || event === undefined) return;
  const endpoints = await listSubscribed(db, workspaceId, event);
  if (endpoints.length === 0) return;
  const id = idFrom([meetingId, version, kind, at].join("/"), NAMES);
  const payload = {
    id,
    type: event,
    at: toIso(instantOf(at)),
    workspaceId,
    actor: { name: actorName },
    meeting: facts.private ? hiddenFrom(snapshot) : snapshot,
  };
  const deliveries = endpoints.map((endpointId) => ({
    workspaceId,
    id: idFrom(`${endpointId}/${id}`, NAMES),
    endpointId,
    event,
    payload,
  }));
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
