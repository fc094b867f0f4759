import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Activity } from "../core/activity";
import { isAnswer } from "../core/activity";
import type { ActivityRefusal } from "../core/activity-answer";
import { updateActivity } from "../writes/activity";
import { forgetAnswer, noteAnswer } from "./answer-lead";
import type { AskedActivity } from "./find-logged-activity";
import { lockLogged } from "./find-logged-activity";

function whyNot(
  activity: Activity,
  { version, removed }: { readonly version?: number | undefined; readonly removed: boolean },
): ActivityRefusal | undefined {
  if ((activity.deletedAt !== null) === removed) return "not-here";
  if (activity.mailId !== null) return "is-a-mail";
  if (activity.meetingId !== null) return "is-a-meeting";
  return version !== undefined && version !== activity.version ? "changed-meanwhile" : undefined;
}

/**
 * Takes an activity away, or brings it back with `removed: false`. It is kept, unseen. A mail that was sent, and what
 * follows a meeting, stay in the record. Throws NotHere.
 */
export async function removeActivity(
  asked: AskedActivity & { readonly removed: boolean },
  { db, now: clock }: Pick<Deps, "db" | "now">,
): Promise<Result<Activity, ActivityRefusal>> {
  return db.$transaction(async (tx) => {
    const now = clock();
    const { activity, lead, grant } = await lockLogged(tx, asked);
    const refusal = whyNot(activity, asked);
    if (refusal !== undefined) return refuse(refusal);
    const { removed } = asked;
    const change = { deletedAt: removed ? now : null };
    await updateActivity(tx, grant, activity, change);
    const after = { ...activity, ...change, version: activity.version + 1 };
    if (activity.doneAt !== null && isAnswer({ ...activity, deletedAt: null })) {
      if (removed) await forgetAnswer(tx, lead, activity.doneAt);
      else await noteAnswer(tx, lead, activity.doneAt);
    }
    return ok(after);
  });
}
