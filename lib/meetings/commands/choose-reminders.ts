import type { Member } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import { enqueue } from "@/lib/jobs/queue";
import type { Deps } from "@/lib/runtime";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { remindMeeting } from "../jobs";
import { listUpcoming } from "../reads/reminders";
import { writeReminders } from "../writes/reminders";

/**
 * Sets when somebody is reminded of their meetings, in minutes before the start; null leaves it to the product, none
 * is never. It holds for meetings that are confirmed already: their reminders ask again who wants them when their time
 * comes, and times nobody wanted before are ordered now.
 */
export async function chooseReminders(
  { actor, minutes }: { readonly actor: Member; readonly minutes: readonly number[] | null },
  deps: Pick<Deps, "db" | "queue" | "now" | "keys">,
): Promise<void> {
  const { workspaceId, userId } = actor;
  const now = deps.now();
  await deps.db.$transaction(async (tx) => {
    await writeReminders(tx, actor, minutes);
    const upcoming = minutes === null ? [] : await listUpcoming(tx, actor, now);
    const orders = upcoming.flatMap(({ id, sequence, start }) =>
      (minutes ?? []).map((leadMinutes) => ({
        payload: { workspaceId, meetingId: id, sequence, leadMinutes },
        notBefore: instantOf(start - leadMinutes * MINUTE_MS),
      })),
    );
    await enqueue(
      deps.queue,
      tx,
      remindMeeting,
      orders.filter(({ notBefore }) => notBefore > now),
    );
    await appendAudit(tx, deps.keys, {
      workspaceId,
      at: now,
      actor: "user",
      userId,
      actorName: actor.name,
      action: "user.reminders",
      subject: userId,
      details: { minutes },
    });
  });
}
