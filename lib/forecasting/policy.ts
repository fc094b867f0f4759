import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import { definePolicy } from "@/lib/access/policy";

const sells = (actor: Actor, { workspaceId }: { readonly workspaceId: string }): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === workspaceId &&
  belongsTo(actor, "admin", "crm_manager", "crm_user");

/**
 * Who may see forecasts and the score: whoever sells. Which numbers in them is a matter of their scope (core/whose.ts):
 * whole teams to who sees these, and nothing of others'.
 */
export const forecastingPolicy = definePolicy<{ readonly workspaceId: string }>()({
  "forecast.view": { when: sells },
  "score.view": { when: sells },
});
