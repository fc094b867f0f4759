import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import { definePolicy } from "@/lib/access/policy";

/** Reports on everybody's meetings are for those who manage meetings. */
export const reportPolicy = definePolicy<{ readonly workspaceId: string }>()({
  "report.read": {
    when: (actor: Actor, { workspaceId }) =>
      actor.kind === "member" &&
      actor.workspaceId === workspaceId &&
      belongsTo(actor, "admin", "meeting_manager"),
  },
});
