import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { Named } from "../core/executive";
import { t } from "../core/executive-text";

const TABLES = {
  team: Prisma.sql`sales_team`,
  owner: Prisma.sql`app_user`,
  source: Prisma.sql`lead_source`,
  product: Prisma.sql`product`,
} as const;

export type NamedSplit = keyof typeof TABLES;

/** Names of what figures were split by; nobody's has words of its own, and so has what is no longer there. */
export async function namesOf(
  db: Db,
  workspaceId: string,
  split: NamedSplit,
  keys: readonly (string | null)[],
): Promise<(key: string | null) => Named> {
  const ids = keys.filter((key) => key !== null);
  const rows =
    ids.length === 0
      ? []
      : await db.$queryRaw<{ id: string; name: string }[]>`
          SELECT id::text, name FROM ${TABLES[split]} WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`;
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (key) => ({
    key,
    name: (key === null ? undefined : names.get(key)) ?? t(`nobody.${split}`),
  });
}
