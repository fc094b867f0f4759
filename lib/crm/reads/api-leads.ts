import type { Db } from "@/lib/db/client";
import { instantOf, toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { Lead } from "../core/lead";
import type { CrmScope } from "../core/scope";
import type { LeadsQuestion } from "../core/wire";
import { leadColumns, leadOf } from "./lead";
import { inScope } from "./scope";

/** One page of the leads a scope covers, newest change first. The cursor is the last row's change and id. */
export async function listLeadsPage(
  db: Db,
  scope: CrmScope,
  asked: LeadsQuestion,
): Promise<{ readonly leads: readonly Lead[]; readonly nextCursor: string | null }> {
  const l = Prisma.sql`l`;
  const { kind, status, owner, team, source, stage, email, updatedSince, cursor, limit } = asked;
  const [cursorMs = "", cursorId = ""] = cursor?.split("_") ?? [];
  const wanted = [
    inScope(scope, l),
    Prisma.sql`l.deleted_at IS NULL`,
    ...(kind === undefined ? [] : [Prisma.sql`l.kind = ${kind}::lead_kind`]),
    ...(status === undefined ? [] : [Prisma.sql`l.status = ${status}::lead_status`]),
    ...(owner === undefined ? [] : [Prisma.sql`l.owner_id = ${owner}::uuid`]),
    ...(team === undefined ? [] : [Prisma.sql`l.team_id = ${team}::uuid`]),
    ...(source === undefined ? [] : [Prisma.sql`l.source_id = ${source}::uuid`]),
    ...(stage === undefined ? [] : [Prisma.sql`l.stage_id = ${stage}::uuid`]),
    ...(email === undefined ? [] : [Prisma.sql`l.email = ${email}`]),
    ...(updatedSince === undefined
      ? []
      : [Prisma.sql`l.updated_at >= ${toIso(updatedSince)}::timestamptz`]),
    ...(cursor === undefined
      ? []
      : [
          Prisma.sql`(l.updated_at, l.id) < (${toIso(instantOf(Number(cursorMs)))}::timestamptz, ${cursorId}::uuid)`,
        ]),
  ];
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${leadColumns} FROM lead l WHERE ${Prisma.join(wanted, " AND ")}
     ORDER BY l.updated_at DESC, l.id DESC LIMIT ${limit + 1}`;
  const leads = rows.slice(0, limit).map(leadOf);
  const last = leads.at(-1);
  return {
    leads,
    nextCursor:
      rows.length > limit && last !== undefined ? `${Number(last.updatedAt)}_${last.id}` : null,
  };
}
