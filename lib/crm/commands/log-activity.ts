import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Activity, ActivityKind, Direction } from "../core/activity";
import { isAnswer } from "../core/activity";
import type { ActivityRefusal } from "../core/activity-answer";
import type { CrmScope } from "../core/scope";
import { insertActivity } from "../writes/activity";
import { noteAnswer } from "./answer-lead";
import { blankActivity, lockLoggedLead } from "./plan-activity";

/** What was done. */
export type LoggedActivity = {
  readonly kind: ActivityKind;
  readonly subject: string;
  readonly note?: string | null | undefined;
  readonly direction?: Direction | null | undefined;
  readonly outcome?: string | null | undefined;
  /** Absent: now. */
  readonly doneAt?: Instant | undefined;
  readonly durationMinutes?: number | null | undefined;
};

/** A clock of somebody's may run a little ahead of ours. */
export const CLOCK_SLACK_MS = 60_000;

/** Writes down what a person did with a lead; the first answer of all stops the lead's clock. Throws NotHere. */
export async function logActivity(
  {
    actor,
    scope,
    leadId,
    input,
  }: {
    readonly actor: Actor;
    readonly scope: CrmScope;
    readonly leadId: string;
    readonly input: LoggedActivity;
  },
  { db, now: clock }: Pick<Deps, "db" | "now">,
): Promise<Result<Activity, ActivityRefusal>> {
  return db.$transaction(async (tx) => {
    const now = clock();
    const { lead, grant } = await lockLoggedLead(tx, { actor, scope, leadId });
    const doneAt = input.doneAt ?? now;
    if (doneAt > now + CLOCK_SLACK_MS) return refuse("in-the-future");
    const by = actor.kind === "member" ? actor.userId : null;
    const activity: Activity = {
      ...blankActivity(lead, by, now),
      kind: input.kind,
      subject: input.subject,
      note: input.note ?? null,
      direction: input.direction ?? null,
      outcome: input.outcome ?? null,
      durationMinutes: input.durationMinutes ?? null,
      doneAt: instantOf(Math.min(doneAt, now)),
      doneBy: by,
    };
    await insertActivity(tx, grant, activity);
    if (isAnswer(activity)) await noteAnswer(tx, lead, activity.doneAt ?? now);
    return ok(activity);
  });
}
