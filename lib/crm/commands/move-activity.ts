import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Activity } from "../core/activity";
import type { ActivityRefusal } from "../core/activity-answer";
import { updateActivity } from "../writes/activity";
import type { AskedActivity } from "./find-logged-activity";
import { lockLogged } from "./find-logged-activity";

/** Keeps the reminder as far before the new time as it was before the old one; the new time is told of again. */
function reminderOf(activity: Activity, dueAt: Instant): Instant | null {
  if (activity.remindAt === null || activity.dueAt === null) return null;
  return instantOf(dueAt - (activity.dueAt - activity.remindAt));
}

/** Puts a planned activity to another time; absent `remindAt` keeps the reminder's distance. Throws NotHere. */
export async function moveActivity(
  asked: AskedActivity & {
    readonly dueAt: Instant;
    readonly allDay: boolean;
    readonly remindAt?: Instant | null | undefined;
  },
  { db }: Pick<Deps, "db">,
): Promise<Result<Activity, ActivityRefusal>> {
  return db.$transaction(async (tx) => {
    const { activity, grant } = await lockLogged(tx, asked);
    if (activity.deletedAt !== null) return refuse("not-here");
    if (activity.doneAt !== null) return refuse("already-done");
    if (activity.meetingId !== null) return refuse("is-a-meeting");
    if (asked.version !== undefined && asked.version !== activity.version)
      return refuse("changed-meanwhile");
    const { dueAt, allDay } = asked;
    const remindAt = asked.remindAt === undefined ? reminderOf(activity, dueAt) : asked.remindAt;
    const change = { dueAt, allDay, remindAt };
    await updateActivity(tx, grant, activity, change);
    return ok({ ...activity, ...change, version: activity.version + 1 });
  });
}
