import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import { definePolicy } from "@/lib/access/policy";

type WorkspaceFacts = { readonly workspaceId: string };

const here = (actor: Actor, { workspaceId }: WorkspaceFacts): boolean =>
  actor.kind === "member" && actor.workspaceId === workspaceId;

const sells = (actor: Actor, facts: WorkspaceFacts): boolean =>
  actor.kind === "member" &&
  here(actor, facts) &&
  belongsTo(actor, "admin", "crm_manager", "crm_user");

const manages = (actor: Actor, facts: WorkspaceFacts): boolean =>
  actor.kind === "member" && here(actor, facts) && belongsTo(actor, "admin", "crm_manager");

const onlyManagers = "Only a sales manager can do this.";

/**
 * Who may do what to the dashboards as a whole. Whoever sells sees the executive one, and every figure, within what they
 * may see of sales. A file of whoever does not manage sales holds their own records and nobody else's.
 */
export const dashboardPolicy = definePolicy<WorkspaceFacts>()({
  "executive.view": { when: sells },
  "strategic.view": { when: manages, denied: onlyManagers },
  "metric.view": { when: sells },
  "dashboard.export": { when: sells },
  "dashboard.configure": { when: manages, denied: onlyManagers },
  "dashboard.schedule": { when: manages, denied: onlyManagers },
});
