import type { Transaction } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Successor } from "../core/hand-over";
import type { Meeting } from "../core/meeting";

type Change = {
  readonly workspaceId: WorkspaceId;
  readonly from: UserId;
  readonly to: Successor;
  readonly now: Instant;
};

export type MovedLink = { readonly id: string; readonly name: string; readonly token: string };

/**
 * Puts `to` in the place of `from` on every link they host or own. Who hosts a link already keeps their own hours
 * there, and the count of meetings that fairness looks at goes along.
 */
export async function moveLinks(tx: Transaction, change: Change): Promise<readonly MovedLink[]> {
  const { workspaceId, from, to, now } = change;
  const links = await tx.$queryRaw<MovedLink[]>`
    UPDATE booking_link l
       SET owner_id = CASE WHEN l.owner_id = ${from}::uuid THEN ${to.userId}::uuid ELSE l.owner_id END,
           version = l.version + 1, updated_at = ${toIso(now)}::timestamptz
     WHERE l.workspace_id = ${workspaceId}::uuid
       AND (l.owner_id = ${from}::uuid OR EXISTS (
         SELECT FROM booking_link_host h
          WHERE h.workspace_id = l.workspace_id AND h.link_id = l.id AND h.user_id = ${from}::uuid))
    RETURNING l.id, l.name, l.token`;
  await tx.$executeRaw`
    UPDATE booking_link_host t
       SET assigned = t.assigned + f.assigned,
           role = CASE WHEN 'fixed' IN (t.role, f.role) THEN 'fixed'::link_role ELSE t.role END
      FROM booking_link_host f
     WHERE t.workspace_id = ${workspaceId}::uuid AND t.user_id = ${to.userId}::uuid
       AND f.workspace_id = t.workspace_id AND f.link_id = t.link_id AND f.user_id = ${from}::uuid`;
  await tx.$executeRaw`
    DELETE FROM booking_link_host f USING booking_link_host t
     WHERE f.workspace_id = ${workspaceId}::uuid AND f.user_id = ${from}::uuid
       AND t.workspace_id = f.workspace_id AND t.link_id = f.link_id AND t.user_id = ${to.userId}::uuid`;
  await tx.$executeRaw`
    UPDATE booking_link_host SET user_id = ${to.userId}::uuid, schedule_id = ${to.scheduleId}::uuid
     WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${from}::uuid`;
  return links;
}

/** The people of a meeting as they are after a hand-over: one row less, or one row with another person in it. */
export async function movePeople(
  tx: Transaction,
  before: Meeting,
  after: Meeting,
  to: Successor,
): Promise<void> {
  const { workspaceId, id: meetingId } = before;
  const kept = new Set(after.attendees.map(({ id }) => id));
  const gone = before.attendees.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  await tx.attendee.deleteMany({ where: { workspaceId, meetingId, id: { in: gone } } });
  const changed = after.attendees.filter(
    ({ id, userId }) =>
      userId === to.userId && before.attendees.find((old) => old.id === id)?.userId !== to.userId,
  );
  await tx.attendee.updateMany({
    where: { workspaceId, meetingId, id: { in: changed.map(({ id }) => id) } },
    data: {
      userId: to.userId,
      name: to.name,
      email: to.email,
      zone: to.zone,
      locale: to.locale,
      answer: "accepted",
    },
  });
}
