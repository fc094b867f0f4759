import { v7 as newId } from "uuid";
import type { Member } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { DashboardViewAct, DashboardViewRefusal } from "../core/view-input";
import { MOST_VIEWS } from "../core/view-input";
import { dashboardPolicy } from "../policy";
import type { ConfigureGrant, LockedView } from "../writes/views";
import {
  countDashboardViews,
  insertDashboardView,
  lockDashboardView,
  markDashboardViewDeleted,
  updateDashboardView,
} from "../writes/views";
import { auditDashboards } from "./audit-dashboards";

type ViewDeps = Pick<Deps, "db" | "keys" | "now">;
type Answer = Result<{ readonly id: string }, DashboardViewRefusal>;
type Act<Name extends DashboardViewAct["act"]> = Extract<DashboardViewAct, { act: Name }>;

async function make(
  tx: Transaction,
  { actor, grant, asked }: { actor: Member; grant: ConfigureGrant; asked: Act<"make"> },
  deps: ViewDeps,
): Promise<Answer> {
  const { workspaceId, userId } = actor;
  const { act: _, ...view } = asked;
  const kept = await countDashboardViews(tx, { workspaceId, userId, dashboard: view.dashboard });
  if (kept >= MOST_VIEWS) return refuse("too-many");
  const id = newId();
  await insertDashboardView(tx, grant, { ...view, id, ownerId: userId, at: deps.now() });
  await auditDashboards(tx, actor, deps, {
    action: "dashboard.view.make",
    subject: id,
    details: view,
  });
  return ok({ id });
}

type Existing = Exclude<DashboardViewAct, Act<"make">>;

/** Why this may not be done to a view as it is now. */
function refusalOf(
  actor: Member,
  asked: Existing,
  found: LockedView,
): DashboardViewRefusal | undefined {
  if ((found.deletedAt === null) === (asked.act === "restore")) return "not-here";
  if (asked.act !== "restore" && asked.version !== found.version) return "changed-meanwhile";
  if (asked.act !== "change") return undefined;
  const { visibility = found.visibility, isDefault = found.isDefault } = asked;
  if (visibility === "shared") return undefined;
  // It would be gone from under the eyes of whoever hid it.
  if (found.ownerId !== actor.userId) return "not-yours";
  return isDefault ? "default-is-shared" : undefined;
}

async function change(
  tx: Transaction,
  { actor, grant, asked }: { actor: Member; grant: ConfigureGrant; asked: Existing },
  deps: ViewDeps,
): Promise<Answer> {
  const { id } = asked;
  const found = await lockDashboardView(tx, grant, { id, userId: actor.userId });
  if (found === undefined) return refuse("not-here");
  const refusal = refusalOf(actor, asked, found);
  if (refusal !== undefined) return refuse(refusal);
  if (asked.act === "change") {
    await updateDashboardView(tx, grant, { ...asked, dashboard: found.dashboard, at: deps.now() });
  } else {
    const at = asked.act === "delete" ? deps.now() : null;
    await markDashboardViewDeleted(tx, grant, { id, at });
  }
  const { act, id: _, ...details } = asked;
  await auditDashboards(tx, actor, deps, {
    action: `dashboard.view.${act}`,
    subject: id,
    details: { ...details, name: found.name, dashboard: found.dashboard },
  });
  return ok({ id });
}

/**
 * Makes, changes, deletes or brings back a view. Those who manage sales configure their own views and every shared one;
 * nobody sees or changes another's private one. Throws AccessDenied for everybody else.
 */
export async function configureView(
  { actor, asked }: { readonly actor: Member; readonly asked: DashboardViewAct },
  deps: ViewDeps,
): Promise<Answer> {
  const grant = dashboardPolicy.authorize(actor, "dashboard.configure", actor);
  try {
    return await deps.db.$transaction((tx) =>
      asked.act === "make"
        ? make(tx, { actor, grant, asked }, deps)
        : change(tx, { actor, grant, asked }, deps),
    );
  } catch (error) {
    if (violates(error, "dashboard_view_is_named_once")) return refuse("name-taken");
    throw error;
  }
}
