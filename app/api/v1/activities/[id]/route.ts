import { z } from "zod";
import { getCallerScope } from "@/lib/crm/commands/api-leads";
import { finishActivity } from "@/lib/crm/commands/finish-activity";
import { moveActivity } from "@/lib/crm/commands/move-activity";
import {
  activityChangeInput,
  activityOnWire,
  refusedActivityOnWire,
} from "@/lib/crm/core/activity-wire";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Says that an activity was done, takes that back, or puts it to another time. */
export const PATCH = memberRoute(
  {
    route: "PATCH /api/v1/activities/{id}",
    params: z.object({ id: z.uuid() }),
    body: activityChangeInput,
  },
  async ({ actor, params: { id }, body: { done, outcome, dueAt, allDay, remindAt, version } }) => {
    const deps = runtime();
    const scope = await getCallerScope(actor, deps);
    const asked = { actor, scope, id, version };
    const changed =
      dueAt === undefined
        ? await finishActivity({ ...asked, done: done === true, outcome }, deps)
        : await moveActivity({ ...asked, dueAt, allDay: allDay ?? false, remindAt }, deps);
    if (changed.ok) return jsonAnswer(200, activityOnWire(changed.value));
    const { status, error } = refusedActivityOnWire(changed.refusal);
    return errorAnswer(status, error);
  },
);
