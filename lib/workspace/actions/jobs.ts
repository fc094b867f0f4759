"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { isScheduled } from "@/lib/jobs/schedule";
import { runtime } from "@/lib/runtime";
import { steerJob } from "../commands/steer-job";
import type { AdminAnswer } from "../core/admin-answer";
import { workspacePolicy } from "../policy";
import { jobSteering } from "../schema";

const WORDS = {
  run: "It begins within a few seconds.",
  pause: "Paused. It runs when somebody asks for it, and not by the clock.",
  resume: "It runs by the clock again.",
} as const;

const steer = formAction<typeof jobSteering, AdminAnswer>(
  jobSteering,
  {
    name: "steer-job",
    invalid: (fields, typed) => ({
      status: "refused",
      message: "There is no such job.",
      fields,
      typed,
    }),
    refused: (message, typed) => ({ status: "refused", message, fields: {}, typed }),
  },
  async ({ job, steering }, typed) => {
    const member = await getMember();
    const refused = (message: string): AdminAnswer => ({
      status: "refused",
      message,
      fields: {},
      typed,
    });
    const grant = workspacePolicy.authorize(member, "workspace.jobs", {
      workspaceId: member.workspaceId,
    });
    if (!isScheduled(job)) return refused("There is no such job.");
    const done = await steerJob(job, steering, grant, runtime());
    revalidatePath("/admin/jobs");
    return done.ok
      ? { status: "done", message: WORDS[steering] }
      : refused("Somebody did that already.");
  },
);

/** Runs, pauses or resumes the form's `job`, as its `steering` says. */
export async function steerJobAction(before: AdminAnswer, form: FormData): Promise<AdminAnswer> {
  return steer(before, form);
}
