import type { Grant } from "@/lib/access/policy";
import type { Database } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

type Whose = { readonly workspaceId: string; readonly userId: string };
type UseGrant = Grant<string, { readonly workspaceId: string }>;

/** How many views a person keeps in a place. */
export async function countViews(
  db: Database,
  { workspaceId, userId, place }: Whose & { readonly place: string },
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM crm_view
     WHERE workspace_id = ${workspaceId}::uuid AND owner_id = ${userId}::uuid AND place = ${place}`;
  return row?.count ?? 0;
}

/** Keeps a view, after its owner's others. */
export async function insertView(
  db: Database,
  _grant: UseGrant,
  view: Whose & {
    readonly id: string;
    readonly place: string;
    readonly name: string;
    readonly query: string;
    readonly shared: boolean;
    readonly at: Instant;
  },
): Promise<void> {
  const { workspaceId, userId, place } = view;
  await db.$executeRaw`
    INSERT INTO crm_view (workspace_id, id, place, name, owner_id, shared, query, position, created_at)
    SELECT ${workspaceId}::uuid, ${view.id}::uuid, ${place}, ${view.name}, ${userId}::uuid, ${view.shared}, ${view.query},
           coalesce(max(position) + 1, 0), ${toIso(view.at)}::timestamptz
      FROM crm_view WHERE workspace_id = ${workspaceId}::uuid AND owner_id = ${userId}::uuid AND place = ${place}`;
}

/** Changes what is given of one's own view; a new default takes the old one's place. Whether it was there. */
export async function updateView(
  db: Database,
  _grant: UseGrant,
  {
    workspaceId,
    userId,
    id,
    name = null,
    query = null,
    shared = null,
    isDefault = null,
  }: Whose & {
    readonly id: string;
    readonly name?: string | null;
    readonly query?: string | null;
    readonly shared?: boolean | null;
    readonly isDefault?: boolean | null;
  },
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    if (isDefault === true) {
      await tx.$executeRaw`
        UPDATE crm_view v SET is_default = false FROM crm_view w
         WHERE w.workspace_id = ${workspaceId}::uuid AND w.id = ${id}::uuid AND w.owner_id = ${userId}::uuid
           AND v.workspace_id = w.workspace_id AND v.owner_id = w.owner_id AND v.place = w.place AND v.is_default AND v.id <> w.id`;
    }
    const count = await tx.$executeRaw`
      UPDATE crm_view SET name = coalesce(${name}, name), query = coalesce(${query}, query), shared = coalesce(${shared}::boolean, shared),
             is_default = coalesce(${isDefault}::boolean, is_default)
       WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND owner_id = ${userId}::uuid`;
    return count > 0;
  });
}

/** Drops one's own view. Whether it was there. */
export async function dropView(
  db: Database,
  _grant: UseGrant,
  { workspaceId, userId, id }: Whose & { readonly id: string },
): Promise<boolean> {
  const count = await db.$executeRaw`
    DELETE FROM crm_view WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND owner_id = ${userId}::uuid`;
  return count > 0;
}
