import { getCallerScope, getVisibleLead } from "@/lib/crm/commands/api-leads";
import { logActivity } from "@/lib/crm/commands/log-activity";
import { planActivity } from "@/lib/crm/commands/plan-activity";
import {
  activitiesQuestion,
  activityOnWire,
  newActivityInput,
  refusedActivityOnWire,
} from "@/lib/crm/core/activity-wire";
import { listDueActivities, listLeadActivities } from "@/lib/crm/reads/activities";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";
import { DAY_MS, instantOf } from "@/lib/time/instant";

/** The activities of a lead; or what is due within a week, the caller's own unless asked otherwise. */
export const GET = memberRoute(
  { route: "GET /api/v1/activities", query: activitiesQuestion },
  async ({ actor, query }) => {
    const { db, now } = runtime();
    if (query.lead !== undefined) {
      const { lead } = await getVisibleLead(actor, query.lead, { db });
      const place = { workspaceId: lead.workspaceId, leadId: lead.id };
      const activities = await listLeadActivities(db, place);
      return jsonAnswer(200, { activities: activities.map(activityOnWire) });
    }
    const scope = await getCallerScope(actor, { db });
    const assignee = query.assignee ?? actor.userId;
    const due = await listDueActivities(db, {
      scope,
      assigneeId: assignee === "all" ? undefined : assignee,
      before: query.before ?? instantOf(now() + 7 * DAY_MS),
    });
    return jsonAnswer(200, { activities: due.map(activityOnWire) });
  },
);

/** Plans an activity with a lead, or writes down what was done. */
export const POST = memberRoute(
  { route: "POST /api/v1/activities", body: newActivityInput },
  async ({ actor, body: { leadId, dueAt, doneAt, direction, outcome, ...input } }) => {
    const deps = runtime();
    const { lead, scope } = await getVisibleLead(actor, leadId, deps);
    const asked = { actor, scope, leadId: lead.id };
    const { kind, subject, note, durationMinutes } = input;
    const made =
      dueAt === undefined
        ? await logActivity(
            {
              ...asked,
              input: { kind, subject, note, durationMinutes, direction, outcome, doneAt },
            },
            deps,
          )
        : await planActivity({ ...asked, input: { ...input, dueAt } }, deps);
    if (made.ok) return jsonAnswer(201, activityOnWire(made.value));
    const { status, error } = refusedActivityOnWire(made.refusal);
    return errorAnswer(status, error);
  },
);
