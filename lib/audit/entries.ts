import type { Db } from "@/lib/db/client";
import { columnFromInstant, instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";

/** One entry as it is read. `details` holds JSON values only. */
export type ReadEntry = {
  readonly sequence: bigint;
  readonly at: Instant;
  readonly actor: "user" | "guest" | "system";
  readonly userId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
};

/** Which entries are wanted; what is undefined is not asked. */
export type AuditFilter = {
  readonly userIds?: readonly string[] | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** From this moment on, and before that one. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
};

/** The last entry of a page: the next one begins behind it. */
export type AuditCursor = { readonly at: Instant; readonly sequence: bigint };

type Row = Omit<ReadEntry, "at"> & { readonly at: Date };

function conditions(filter: AuditFilter, after: AuditCursor | undefined): Prisma.Sql {
  const { userIds, action, subject, from, to } = filter;
  const parts = [
    userIds === undefined ? undefined : Prisma.sql`user_id = ANY(${[...userIds]}::uuid[])`,
    action === undefined ? undefined : Prisma.sql`action = ${action}`,
    subject === undefined ? undefined : Prisma.sql`subject = ${subject}`,
    from === undefined ? undefined : Prisma.sql`at >= ${columnFromInstant(from)}`,
    to === undefined ? undefined : Prisma.sql`at < ${columnFromInstant(to)}`,
    after === undefined
      ? undefined
      : Prisma.sql`(at, sequence) < (${columnFromInstant(after.at)}, ${after.sequence})`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(parts, " AND ")}`;
}

/** A page of a workspace's log, newest first, at most `limit` entries behind `after`. */
export async function listAuditEntries(
  db: Db,
  workspaceId: string,
  filter: AuditFilter,
  { after, limit }: { readonly after?: AuditCursor | undefined; readonly limit: number },
): Promise<readonly ReadEntry[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT sequence, at, actor::text AS actor, user_id AS "userId", actor_name AS "actorName", action, subject, details
      FROM audit_entry
     WHERE workspace_id = ${workspaceId}::uuid ${conditions(filter, after)}
     ORDER BY at DESC, sequence DESC
     LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, at: instantFromColumn(row.at) }));
}

const PAGE = 2_000;

/** Every entry of the filter, newest first, read page by page: as long as the log is, a page is all that is in memory. */
export async function* everyAuditEntry(
  db: Db,
  workspaceId: string,
  filter: AuditFilter,
): AsyncGenerator<ReadEntry> {
  let after: AuditCursor | undefined;
  for (;;) {
    const page = await listAuditEntries(db, workspaceId, filter, { after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last;
  }
}

/** The kinds of entries a workspace has, by name: one step through an index for each, however long the log is. */
export async function listAuditActions(db: Db, workspaceId: string): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ action: string }[]>`
    WITH RECURSIVE kinds AS (
      (SELECT action FROM audit_entry WHERE workspace_id = ${workspaceId}::uuid ORDER BY action LIMIT 1)
      UNION ALL
      SELECT (SELECT e.action FROM audit_entry e
               WHERE e.workspace_id = ${workspaceId}::uuid AND e.action > kinds.action
               ORDER BY e.action LIMIT 1)
        FROM kinds WHERE kinds.action IS NOT NULL
    )
    SELECT action FROM kinds WHERE action IS NOT NULL LIMIT 500`;
  return rows.map(({ action }) => action);
}

/** The number of the newest entry, which is how many there are: numbers have no gaps. */
export async function countAuditEntries(db: Db, workspaceId: string): Promise<number> {
  const last = await db.auditEntry.findFirst({
    where: { workspaceId },
    orderBy: { sequence: "desc" },
    select: { sequence: true },
  });
  return Number(last?.sequence ?? 0n);
}
