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
  { version, done }: { readonly version?: number | undefined; readonly done: boolean },
): ActivityRefusal | undefined {
  if (activity.deletedAt !== null) return "not-here";
  if (activity.mailId !== null && !done) return "is-a-mail";
  if ((activity.doneAt !== null) === done) return done ? "already-done" : "not-done";
  // Without a time it was never planned: what was only logged is removed instead.
  if (!done && activity.dueAt === null) return "not-done";
  return version !== undefined && version !== activity.version ? "changed-meanwhile" : undefined;
}

/**
 * Says that a planned activity was done just now, with how it went; or, with `done: false`, that it was not. A call,
 * a meeting or a mail of a person's answers the lead. Throws NotHere.
 */
export async function finishActivity(
  asked: AskedActivity & { readonly done: boolean; readonly outcome?: string | null | undefined },
  { db, now: clock }: Pick<Deps, "db" | "now">,
): Promise<Result<Activity, ActivityRefusal>> {
  return db.$transaction(async (tx) => {
    const now = clock();
    const { activity, lead, grant } = await lockLogged(tx, asked);
    const refusal = whyNot(activity, asked);
    if (refusal !== undefined) return refuse(refusal);
    const { actor, done, outcome } = asked;
    const change = {
      doneAt: done ? now : null,
      doneBy: done && actor.kind === "member" ? actor.userId : null,
      ...(outcome === undefined ? {} : { outcome }),
    };
    await updateActivity(tx, grant, activity, change);
    const after = { ...activity, ...change, version: activity.version + 1 };
    if (isAnswer(after)) await noteAnswer(tx, lead, now);
    else if (isAnswer(activity) && activity.doneAt !== null)
      await forgetAnswer(tx, lead, activity.doneAt);
    return ok(after);
  });
}
