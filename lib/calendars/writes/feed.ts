import type { Db, Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import type { CalendarOwner, CalendarsGrant } from "../policy";

/** Gives a person's feed this address from now on; whatever it had before is ended. */
export async function replaceFeed(
  tx: Transaction,
  { resource: owner }: CalendarsGrant,
  tokenHash: Buffer,
  at: Instant,
): Promise<void> {
  const made = {
    tokenHash: new Uint8Array(tokenHash),
    createdAt: columnFromInstant(at),
    readAt: null,
  };
  const { workspaceId, userId } = owner;
  await tx.calendarFeed.upsert({
    where: { workspaceId_userId: { workspaceId, userId } },
    create: { workspaceId, userId, ...made },
    update: made,
  });
}

/** False when there was none. */
export async function removeFeed(
  tx: Transaction,
  { resource: { workspaceId, userId } }: CalendarsGrant,
): Promise<boolean> {
  const { count } = await tx.calendarFeed.deleteMany({ where: { workspaceId, userId } });
  return count === 1;
}

/** Remembers that a feed was read, for its owner to see. */
export async function markFeedRead(db: Db, owner: CalendarOwner, at: Instant): Promise<void> {
  const { workspaceId, userId } = owner;
  await db.calendarFeed.updateMany({
    where: { workspaceId, userId },
    data: { readAt: columnFromInstant(at) },
  });
}
