import type { Db } from "@/lib/db/client";
import type { LeadView } from "../core/lead-list";

export type ViewPlace = "leads" | "pipeline" | "forecast" | "companies" | "contacts";

/** A person's own views of a place, and those others share; one's own first, each in their order. */
export const listViews = (
  db: Db,
  {
    workspaceId,
    userId,
    place,
  }: { readonly workspaceId: string; readonly userId: string; readonly place: ViewPlace },
): Promise<LeadView[]> => db.$queryRaw<LeadView[]>`
  SELECT v.id, v.name, v.query, v.shared, v.is_default AND v.owner_id = ${userId}::uuid AS "isDefault",
         v.owner_id = ${userId}::uuid AS own, u.name AS owner
    FROM crm_view v JOIN app_user u ON u.workspace_id = v.workspace_id AND u.id = v.owner_id
   WHERE v.workspace_id = ${workspaceId}::uuid AND v.place = ${place} AND (v.owner_id = ${userId}::uuid OR v.shared)
   ORDER BY v.owner_id <> ${userId}::uuid, v.position, v.created_at, v.id LIMIT 100`;
