import type { Grant } from "@/lib/access/policy";
import type { Db, Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { Layout, RefreshMinutes, Visibility } from "../core/page";
import type { DashboardName } from "../core/view-state";

export type ConfigureGrant = Grant<"dashboard.configure", { readonly workspaceId: string }>;
type ViewGrant = Grant<
  "executive.view" | "strategic.view",
  { readonly workspaceId: string; readonly userId: string }
>;

/** How many views a person has on a dashboard. */
export async function countDashboardViews(
  db: Db,
  asked: {
    readonly workspaceId: string;
    readonly userId: string;
    readonly dashboard: DashboardName;
  },
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM dashboard_view
     WHERE workspace_id = ${asked.workspaceId}::uuid AND owner_id = ${asked.userId}::uuid
       AND dashboard = ${asked.dashboard} AND deleted_at IS NULL`;
  return row?.count ?? 0;
}

export async function insertDashboardView(
  tx: Transaction,
  { resource }: ConfigureGrant,
  view: {
    readonly id: string;
    readonly ownerId: string;
    readonly dashboard: DashboardName;
    readonly name: string;
    readonly query: string;
    readonly layout: Layout;
    readonly visibility: Visibility;
    readonly at: Instant;
  },
): Promise<void> {
  const at = toIso(view.at);
  await tx.$executeRaw`
    INSERT INTO dashboard_view (workspace_id, id, dashboard, name, owner_id, visibility, query, layout, created_at, updated_at)
    VALUES (${resource.workspaceId}::uuid, ${view.id}::uuid, ${view.dashboard}, ${view.name}, ${view.ownerId}::uuid, ${view.visibility},
            ${view.query}, ${JSON.stringify(view.layout)}::jsonb, ${at}::timestamptz, ${at}::timestamptz)`;
}

export type LockedView = {
  readonly dashboard: DashboardName;
  readonly ownerId: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly isDefault: boolean;
  readonly version: number;
  readonly deletedAt: Date | null;
};

/** One view that this person may know of, locked until the transaction ends: their own, or a shared one. */
export async function lockDashboardView(
  tx: Transaction,
  { resource }: ConfigureGrant,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<LockedView | undefined> {
  const [found] = await tx.$queryRaw<LockedView[]>`
    SELECT dashboard, owner_id AS "ownerId", name, visibility, is_default AS "isDefault", version, deleted_at AS "deletedAt"
      FROM dashboard_view
     WHERE workspace_id = ${resource.workspaceId}::uuid AND id = ${id}::uuid
       AND (owner_id = ${userId}::uuid OR visibility = 'shared') FOR UPDATE`;
  return found;
}

/** Changes what is given; a new first view of the workspace takes the old one's place. */
export async function updateDashboardView(
  tx: Transaction,
  { resource }: ConfigureGrant,
  {
    id,
    dashboard,
    at,
    name = null,
    query = null,
    layout,
    visibility = null,
    isDefault = null,
  }: {
    readonly id: string;
    readonly dashboard: DashboardName;
    readonly at: Instant;
    readonly name?: string | null;
    readonly query?: string | null;
    readonly layout?: Layout;
    readonly visibility?: Visibility | null;
    readonly isDefault?: boolean | null;
  },
): Promise<void> {
  const { workspaceId } = resource;
  if (isDefault === true) {
    await tx.$executeRaw`
      UPDATE dashboard_view SET is_default = false, version = version + 1
       WHERE workspace_id = ${workspaceId}::uuid AND dashboard = ${dashboard} AND is_default AND id <> ${id}::uuid`;
  }
  const arranged = layout === undefined ? null : JSON.stringify(layout);
  await tx.$executeRaw`
    UPDATE dashboard_view SET name = coalesce(${name}, name), query = coalesce(${query}, query),
           layout = coalesce(${arranged}::jsonb, layout), visibility = coalesce(${visibility}, visibility),
           is_default = coalesce(${isDefault}::boolean, is_default), version = version + 1, updated_at = ${toIso(at)}::timestamptz
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`;
}

/** Deletes a view, or brings it back; it comes back as nobody's first view. */
export async function markDashboardViewDeleted(
  tx: Transaction,
  { resource }: ConfigureGrant,
  { id, at }: { readonly id: string; readonly at: Instant | null },
): Promise<void> {
  const deletedAt = at === null ? Prisma.sql`NULL` : Prisma.sql`${toIso(at)}::timestamptz`;
  await tx.$executeRaw`
    UPDATE dashboard_view SET deleted_at = ${deletedAt}, is_default = false, version = version + 1
     WHERE workspace_id = ${resource.workspaceId}::uuid AND id = ${id}::uuid`;
}

/** Forgets what was deleted before this moment. How many. */
export const forgetDeletedViews = (db: Db, before: Instant): Promise<number> =>
  db.$executeRaw`DELETE FROM dashboard_view WHERE deleted_at < ${toIso(before)}::timestamptz`;

/** Whether somebody may begin with this view: it is theirs or shared, and of that dashboard. */
async function isReadable(
  db: Db,
  { resource }: ViewGrant,
  { id, dashboard }: { readonly id: string; readonly dashboard: DashboardName },
): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM dashboard_view WHERE workspace_id = ${resource.workspaceId}::uuid AND id = ${id}::uuid AND dashboard = ${dashboard}
       AND deleted_at IS NULL AND (owner_id = ${resource.userId}::uuid OR visibility = 'shared')`;
  return rows.length > 0;
}

/** Keeps how one person reads a dashboard; what is absent stays. False: there is no such view to begin with. */
export async function keepPreference(
  db: Db,
  grant: ViewGrant,
  {
    dashboard,
    refreshMinutes,
    startViewId,
  }: {
    readonly dashboard: DashboardName;
    readonly refreshMinutes?: RefreshMinutes;
    readonly startViewId?: string | null;
  },
): Promise<boolean> {
  const { workspaceId, userId } = grant.resource;
  if (typeof startViewId === "string") {
    if (!(await isReadable(db, grant, { id: startViewId, dashboard }))) return false;
  }
  await db.$executeRaw`
    INSERT INTO dashboard_preference (workspace_id, user_id, dashboard, refresh_minutes, start_view_id)
    VALUES (${workspaceId}::uuid, ${userId}::uuid, ${dashboard}, ${refreshMinutes ?? 5}::smallint, ${startViewId ?? null}::uuid)
    ON CONFLICT (workspace_id, user_id, dashboard) DO UPDATE
       SET refresh_minutes = coalesce(${refreshMinutes ?? null}::smallint, dashboard_preference.refresh_minutes),
           start_view_id = CASE WHEN ${startViewId !== undefined} THEN ${startViewId ?? null}::uuid ELSE dashboard_preference.start_view_id END`;
  return true;
}
