import type { Db } from "@/lib/db/client";
import type { RefreshMinutes, SavedView } from "../core/page";
import type { DashboardName } from "../core/view-state";

type Asker = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly dashboard: DashboardName;
};

/** More than anybody reads as tabs. */
const MOST = 100;

/** One's own views and those that are shared: the workspace's first one before the others, each in the order they were made. */
export const listDashboardViews = (
  db: Db,
  { workspaceId, userId, dashboard }: Asker,
): Promise<SavedView[]> => db.$queryRaw<SavedView[]>`
  SELECT v.id, v.name, v.query, v.layout, v.visibility, v.is_default AS "isDefault", v.version,
         coalesce(p.start_view_id = v.id, false) AS "isStart", v.owner_id = ${userId}::uuid AS own, u.name AS owner
    FROM dashboard_view v JOIN app_user u ON u.workspace_id = v.workspace_id AND u.id = v.owner_id
    LEFT JOIN dashboard_preference p ON p.workspace_id = v.workspace_id AND p.user_id = ${userId}::uuid AND p.dashboard = v.dashboard
   WHERE v.workspace_id = ${workspaceId}::uuid AND v.dashboard = ${dashboard} AND v.deleted_at IS NULL
     AND (v.owner_id = ${userId}::uuid OR v.visibility = 'shared')
   ORDER BY NOT v.is_default, v.created_at, v.id LIMIT ${MOST}`;

/** How often this person's screen asks again; every five minutes until they chose. */
export async function findRefreshMinutes(
  db: Db,
  { workspaceId, userId, dashboard }: Asker,
): Promise<RefreshMinutes> {
  const [found] = await db.$queryRaw<{ minutes: RefreshMinutes }[]>`
    SELECT refresh_minutes::int AS minutes FROM dashboard_preference
     WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid AND dashboard = ${dashboard}`;
  return found?.minutes ?? 5;
}
