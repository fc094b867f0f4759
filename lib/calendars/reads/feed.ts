import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { FeedFacts } from "../core/feed-facts";
import type { CalendarOwner } from "../policy";

/** Undefined when this person has none. */
export async function findFeed(db: Db, owner: CalendarOwner): Promise<FeedFacts | undefined> {
  const row = await db.calendarFeed.findUnique({ where: { workspaceId_userId: owner } });
  if (row === null) return undefined;
  return {
    createdAt: instantFromColumn(row.createdAt),
    readAt: row.readAt && instantFromColumn(row.readAt),
  };
}

/** Whose feed a token opens; undefined for a token of nobody, and of somebody whose account is closed. */
export async function findFeedOwner(
  db: Db,
  tokenHash: Buffer,
): Promise<(CalendarOwner & FeedFacts & { readonly name: string }) | undefined> {
  const [row] = await db.$queryRaw<
    {
      workspaceId: string;
      userId: string;
      name: string;
      createdAt: Date;
      readAt: Date | null;
    }[]
  >`
    SELECT f.workspace_id AS "workspaceId", f.user_id AS "userId", u.name, f.created_at AS "createdAt",
           f.read_at AS "readAt"
      FROM calendar_feed f
      JOIN app_user u ON u.workspace_id = f.workspace_id AND u.id = f.user_id AND u.disabled_at IS NULL
     WHERE f.token_hash = ${tokenHash}`;
  return (
    row && {
      ...row,
      createdAt: instantFromColumn(row.createdAt),
      readAt: row.readAt && instantFromColumn(row.readAt),
    }
  );
}
