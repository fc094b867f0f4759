"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { fieldMessages } from "@/lib/actions/form-action";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { tooManyRequests } from "@/lib/http/answer";
import { consume } from "@/lib/http/throttle";
import type { Result } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import type { TimeZone } from "@/lib/time/zone";
import { assignLeads } from "../commands/assign-leads";
import { finishActivity } from "../commands/finish-activity";
import { logActivity } from "../commands/log-activity";
import { mailLead } from "../commands/mail-lead";
import { moveActivity } from "../commands/move-activity";
import { planActivity } from "../commands/plan-activity";
import { removeActivity } from "../commands/remove-activity";
import type { Activity } from "../core/activity";
import { dueAtOf, remindAtOf } from "../core/activity";
import type { ActivityAnswer, ActivityRefusal, AssignmentAnswer } from "../core/activity-answer";
import { ACTIVITY_REFUSALS } from "../core/activity-answer";
import {
  assignByRulesInput,
  finishActivityInput,
  logActivityInput,
  mailLeadInput,
  moveActivityInput,
  planActivityInput,
  removeActivityInput,
} from "../core/activity-input";
import type { CrmScope } from "../core/scope";
import { crmPolicy } from "../policy";
import { getScope } from "../reads/scope";
import { findSeller } from "../reads/seller";

const INCOMPLETE = "This was not understood. Load the page again.";

const refused = (message: string): ActivityAnswer => ({ status: "refused", message });

type Asker = { readonly actor: Member; readonly scope: CrmScope };

/** One action: its payload read strictly, its asker with a part in sales, and the answer in words. */
function run<Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  form: FormData,
  work: (
    input: z.output<Shape>,
    asker: Asker,
    deps: Deps,
  ) => Promise<Result<Activity, ActivityRefusal>>,
): Promise<ActivityAnswer> {
  return withAction<ActivityAnswer>(
    name,
    async () => {
      const actor = await getMember();
      crmPolicy.authorize(actor, "crm.use", actor);
      const asked = payloadOf(shape, form);
      if (asked === undefined) return refused(INCOMPLETE);
      if (!asked.success) {
        const fields = fieldMessages(asked.error);
        return { status: "invalid", fields, message: Object.values(fields)[0] ?? INCOMPLETE };
      }
      const deps = runtime();
      const scope = await getScope(deps.db, actor);
      const done = await work(asked.data, { actor, scope }, deps);
      if (!done.ok) {
        if (done.refusal === "changed-meanwhile") revalidatePath("/", "layout");
        return refused(ACTIVITY_REFUSALS[done.refusal]);
      }
      revalidatePath("/", "layout");
      return { status: "done", id: done.value.id, version: done.value.version };
    },
    refused,
  );
}

/** Whose clock a day was chosen on; somebody without a part in sales has none here. */
async function zoneOf(
  deps: Deps,
  { workspaceId }: Member,
  userId: string,
): Promise<TimeZone | undefined> {
  return (await findSeller(deps.db, workspaceId, userId))?.zone;
}

/** Plans something with a lead; see `planActivityInput`. Days without a time are those of who is to do it. */
export async function planActivityAction(form: FormData): Promise<ActivityAnswer> {
  return run("plan-activity", planActivityInput, form, async (input, asker, deps) => {
    const { leadId, day, minute, remindMinutes, assigneeId = asker.actor.userId, ...rest } = input;
    const clock = minute === null ? assigneeId : asker.actor.userId;
    const zone = await zoneOf(deps, asker.actor, clock);
    if (zone === undefined) return { ok: false, refusal: "cannot-see" };
    const chosen = { day, minute };
    return planActivity(
      {
        ...asker,
        leadId,
        input: {
          ...rest,
          assigneeId,
          dueAt: dueAtOf(chosen, zone),
          allDay: minute === null,
          remindAt: remindAtOf(chosen, remindMinutes, zone),
        },
      },
      deps,
    );
  });
}

/** Writes down what was done with a lead; see `logActivityInput`. */
export async function logActivityAction(form: FormData): Promise<ActivityAnswer> {
  return run("log-activity", logActivityInput, form, async (input, asker, deps) => {
    const { leadId, done, ...rest } = input;
    const zone = done && (await zoneOf(deps, asker.actor, asker.actor.userId));
    const when = done && zone ? { doneAt: dueAtOf(done, zone) } : {};
    return logActivity({ ...asker, leadId, input: { ...rest, ...when } }, deps);
  });
}

/** Ticks a planned activity off, or takes that back; see `finishActivityInput`. */
export async function finishActivityAction(form: FormData): Promise<ActivityAnswer> {
  return run("finish-activity", finishActivityInput, form, (input, asker, deps) =>
    finishActivity({ ...asker, ...input }, deps),
  );
}

/** Puts a planned activity to another time; see `moveActivityInput`. */
export async function moveActivityAction(form: FormData): Promise<ActivityAnswer> {
  return run("move-activity", moveActivityInput, form, async (input, asker, deps) => {
    const { day, minute, remindMinutes, ...rest } = input;
    const zone = await zoneOf(deps, asker.actor, asker.actor.userId);
    if (zone === undefined) return { ok: false, refusal: "not-here" };
    const chosen = { day, minute };
    const remind =
      remindMinutes === undefined ? {} : { remindAt: remindAtOf(chosen, remindMinutes, zone) };
    const dueAt = dueAtOf(chosen, zone);
    return moveActivity({ ...asker, ...rest, dueAt, allDay: minute === null, ...remind }, deps);
  });
}

/** Takes an activity away, or brings it back; see `removeActivityInput`. */
export async function removeActivityAction(form: FormData): Promise<ActivityAnswer> {
  return run("remove-activity", removeActivityInput, form, (input, asker, deps) =>
    removeActivity({ ...asker, ...input }, deps),
  );
}

/** Sends a letter to the lead's own address; see `mailLeadInput`. */
export async function mailLeadAction(form: FormData): Promise<ActivityAnswer> {
  return run("mail-lead", mailLeadInput, form, async (input, asker, deps) => {
    const counted = await consume(
      "letter-member",
      `${asker.scope.workspaceId}/${asker.actor.userId}`,
    );
    if (!counted.ok) throw tooManyRequests(counted.retryAfterSeconds);
    return mailLead({ ...asker, ...input }, deps);
  });
}

/** Has the rules give out the payload's leads, `{ids}`, in this order. */
export async function assignByRulesAction(form: FormData): Promise<AssignmentAnswer> {
  return withAction<AssignmentAnswer>(
    "assign-by-rules",
    async () => {
      const actor = await getMember();
      crmPolicy.authorize(actor, "crm.use", actor);
      const asked = payloadOf(assignByRulesInput, form);
      if (!asked?.success) return { status: "refused", message: INCOMPLETE };
      const deps = runtime();
      const scope = await getScope(deps.db, actor);
      const { given, skipped } = await assignLeads({ actor, scope, ...asked.data }, deps);
      revalidatePath("/", "layout");
      return {
        status: "done",
        given: given.map(({ leadId, ownerId, reason }) => ({ leadId, ownerId, reason })),
        skipped: skipped.length,
      };
    },
    (message) => ({ status: "refused", message }),
  );
}
