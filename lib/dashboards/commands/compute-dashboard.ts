import type { Member } from "@/lib/access/actor";
import type { CrmScope } from "@/lib/crm/core/scope";
import { getScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import { getPlace } from "@/lib/metrics/reads/place";
import { dataVersion } from "@/lib/metrics/reads/version";
import type { Deps } from "@/lib/runtime";
import type { Batch, Card } from "../core/batch";
import { executiveFile } from "../core/executive-file";
import type { FileSection } from "../core/file-table";
import { strategicFile } from "../core/strategic-file";
import type { DashboardName, ViewState } from "../core/view-state";
import { dashboardPolicy } from "../policy";
import { readExecutive } from "../reads/executive";
import { readStrategic } from "../reads/strategic";

/** A dashboard as it is written into a file or a mail: the very same answer as on the page, as tables. */
export type ComputedDashboard = {
  readonly dashboard: DashboardName;
  readonly batch: Omit<Batch<Record<string, never>>, "blocks">;
  readonly cards: readonly Card[];
  readonly sections: readonly FileSection[];
  readonly scope: CrmScope;
};

/**
 * What a file of somebody may hold: whoever does not manage sales takes their own deals out of the house and nobody
 * else's, whatever their pages show.
 */
export async function fileScope(db: Db, actor: Member): Promise<CrmScope> {
  const scope = await getScope(db, actor);
  return dashboardPolicy.can(actor, "dashboard.configure", actor)
    ? scope
    : { ...scope, kind: "own" };
}

/** Computes a dashboard for its reader, within what a file of theirs may hold. Throws AccessDenied. */
export async function computeDashboard(
  {
    actor,
    dashboard,
    state,
  }: {
    readonly actor: Member;
    readonly dashboard: DashboardName;
    readonly state: ViewState;
  },
  { db, now }: Pick<Deps, "db" | "now">,
): Promise<ComputedDashboard> {
  dashboardPolicy.authorize(actor, `${dashboard}.view`, actor);
  const { workspaceId } = actor;
  const [scope, place] = await Promise.all([
    fileScope(db, actor),
    getPlace(db, workspaceId, now()),
  ]);
  const asked = {
    reader: { scope, place },
    state,
    versionOf: (tx: Db) => dataVersion(tx, workspaceId),
  };
  if (dashboard === "executive") {
    const batch = await readExecutive({ db }, asked);
    const { cards } = batch.blocks;
    return {
      dashboard,
      batch,
      cards: cards.status === "ready" ? cards.data.cards : [],
      sections: executiveFile(batch),
      scope,
    };
  }
  const batch = await readStrategic({ db }, asked);
  const { cards } = batch.blocks;
  return {
    dashboard,
    batch,
    cards: cards.status === "ready" ? cards.data.cards : [],
    sections: strategicFile(batch),
    scope,
  };
}
