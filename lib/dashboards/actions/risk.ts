"use server";

import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { fieldMessages } from "@/lib/actions/form-action";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { removeActivity } from "@/lib/crm/commands/remove-activity";
import { ACTIVITY_REFUSALS } from "@/lib/crm/core/activity-answer";
import { getScope } from "@/lib/crm/reads/scope";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { snoozeRisk, wakeRisk } from "../commands/risk-snooze";
import { planRiskTask } from "../commands/risk-task";
import { setRiskThresholds } from "../commands/risk-thresholds";
import type { RiskAnswer, RiskRefusal } from "../core/risk-input";
import {
  riskTaskInput,
  riskTaskUndo,
  snoozeInput,
  thresholdsInput,
  wakeInput,
} from "../core/risk-input";
import { dashboardPolicy } from "../policy";

const WORDS: Readonly<Record<RiskRefusal, string>> = {
  "changed-meanwhile":
    "Somebody else changed these thresholds meanwhile. Open them again to see theirs; yours are not saved.",
  "no-such-team": "This team is gone. Load the page again.",
  "not-here": "There is nothing here any more.",
  "past-day": "Choose a day after today.",
  "too-far": "A risk can rest for three months at most.",
  "already-rests": "Somebody let this risk rest a moment ago.",
  "not-at-risk": "This deal is no longer at this risk. The table shows it in a moment.",
  "cannot-see": "Its owner cannot see this deal any more. Give it to somebody else first.",
};

const INCOMPLETE = "This was not understood. Load the page again.";

const refused = (message: string): RiskAnswer => ({ status: "refused", message });

/** One action: its payload read strictly, its sender known, and the answer in words. */
function run<Shape extends z.ZodType>(
  name: string,
  [shape, form]: readonly [Shape, FormData],
  work: (input: z.output<Shape>, actor: Member, deps: Deps) => Promise<RiskAnswer>,
): Promise<RiskAnswer> {
  return withAction<RiskAnswer>(
    name,
    async () => {
      const actor = await getMember();
      dashboardPolicy.authorize(actor, "strategic.view", actor);
      const asked = payloadOf(shape, form);
      if (asked === undefined) return refused(INCOMPLETE);
      if (!asked.success) {
        const fields = fieldMessages(asked.error);
        return { status: "invalid", fields, message: Object.values(fields)[0] ?? INCOMPLETE };
      }
      return work(asked.data, actor, runtime());
    },
    refused,
  );
}

/** Plans a task about the largest deal of a risk, for its owner; see `riskTaskInput`. */
export async function planRiskTaskAction(form: FormData): Promise<RiskAnswer> {
  return run("plan-risk-task", [riskTaskInput, form], async (asked, actor, deps) => {
    const planned = await planRiskTask({ actor, asked }, deps);
    return planned.ok ? { status: "task", ...planned.value } : refused(WORDS[planned.refusal]);
  });
}

/** Takes such a task back, as long as nobody did anything with it; see `riskTaskUndo`. */
export async function undoRiskTaskAction(form: FormData): Promise<RiskAnswer> {
  return run("undo-risk-task", [riskTaskUndo, form], async (asked, actor, deps) => {
    const scope = await getScope(deps.db, actor);
    const removed = await removeActivity({ actor, scope, ...asked, removed: true }, deps);
    if (!removed.ok) return refused(ACTIVITY_REFUSALS[removed.refusal]);
    return { status: "done", id: removed.value.id, version: removed.value.version };
  });
}

/** Lets a risk rest until a day; see `snoozeInput`. */
export async function snoozeRiskAction(form: FormData): Promise<RiskAnswer> {
  return run("snooze-risk", [snoozeInput, form], async (asked, actor, deps) => {
    const { until, ...rest } = asked;
    if (until === undefined) return refused(INCOMPLETE);
    const done = await snoozeRisk({ actor, asked: { ...rest, until } }, deps);
    return done.ok
      ? { status: "done", id: done.value.id, version: 1 }
      : refused(WORDS[done.refusal]);
  });
}

/** Wakes a risk before its day; see `wakeInput`. */
export async function wakeRiskAction(form: FormData): Promise<RiskAnswer> {
  return run("wake-risk", [wakeInput, form], async ({ id }, actor, deps) => {
    const done = await wakeRisk({ actor, id }, deps);
    return done.ok
      ? { status: "done", id: done.value.id, version: 1 }
      : refused(WORDS[done.refusal]);
  });
}

/** Says from when on something is a risk; see `thresholdsInput`. */
export async function setRiskThresholdsAction(form: FormData): Promise<RiskAnswer> {
  return run("set-risk-thresholds", [thresholdsInput, form], async (said, actor, deps) => {
    const done = await setRiskThresholds({ actor, said }, deps);
    return done.ok ? { status: "done", ...done.value } : refused(WORDS[done.refusal]);
  });
}
