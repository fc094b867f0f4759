import type { MeetingChange } from "@/lib/meetings/jobs";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import { eventOf, hiddenFrom } from "../core/event";
import { findMeetingFacts } from "../reads";
import { queueDeliveries } from "./queue-deliveries";

/** A meeting changed: one delivery for each endpoint that wants to be told; the same change told twice makes one. */
export async function followWithWebhooks(
  change: MeetingChange,
  deps: Pick<Deps, "db" | "queue" | "now">,
): Promise<void> {
  const { workspaceId, meetingId, version, kind, at, actorName, snapshot } = change;
  const facts = await findMeetingFacts(deps.db, { workspaceId, meetingId });
  const event = facts && eventOf(kind, facts.throughLink);
  if (facts === undefined || event === undefined) return;
  const key = [meetingId, version, kind, at].join("/");
  const about = { meeting: facts.private ? hiddenFrom(snapshot) : snapshot };
  await queueDeliveries(workspaceId, [{ key, event, at: instantOf(at), actorName, about }], deps);
}
