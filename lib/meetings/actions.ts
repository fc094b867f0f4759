"use server";

import { revalidatePath } from "next/cache";
import type { Member } from "@/lib/access/actor";
import { AccessDenied, NotHere } from "@/lib/access/policy";
import { formAction } from "@/lib/actions/form-action";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import type { Result } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { confirmMeeting, declineMeeting } from "./commands/answer-request";
import { cancelMeeting } from "./commands/cancel-meeting";
import { getVisibleMeeting } from "./commands/get-visible-meeting";
import { resendMail } from "./commands/resend-mail";
import type { ActionAnswer as Answer } from "./core/answers";
import { refusedWith } from "./core/answers";
import type { Meeting } from "./core/meeting";
import {
  cancelMeetingInput,
  completeTaskInput,
  confirmInput,
  declineInput,
  resendInput,
} from "./schema";
import { markTaskDone } from "./writes";

export type ActionAnswer = Answer;

const answers = (name: string) => ({
  name,
  invalid: (fields: Readonly<Record<string, string>>): Answer => ({
    status: "refused",
    reason: "invalid",
    message: fields.reason ?? "This form was not complete. Load the page again.",
  }),
  refused: (message: string): Answer => ({ status: "refused", reason: "failed", message }),
});

/** The meeting as this person may see it. Throws NotHere. */
async function getVisible(id: string): Promise<{ member: Member; meeting: Meeting; deps: Deps }> {
  const member = await getMember();
  const deps = runtime();
  return { member, meeting: await getVisibleMeeting(deps.db, member, id), deps };
}

async function answered(
  work: () => Promise<Result<unknown, string>>,
  message: string,
): Promise<Answer> {
  try {
    const result = await work();
    if (!result.ok) return refusedWith(result.refusal);
    revalidatePath("/", "layout");
    return { status: "done", message };
  } catch (error) {
    if (error instanceof AccessDenied) {
      return { status: "refused", reason: "forbidden", message: error.words };
    }
    if (error instanceof NotHere) return refusedWith("absent");
    throw error;
  }
}

const confirm = formAction(confirmInput, answers("confirm-meeting"), ({ meetingId, version }) =>
  answered(async () => {
    const { member, meeting, deps } = await getVisible(meetingId);
    return confirmMeeting({ actor: member, meeting, version }, deps);
  }, "Confirmed. The invitations are on their way."),
);

const decline = formAction(
  declineInput,
  answers("decline-meeting"),
  ({ meetingId, version, reason }) =>
    answered(async () => {
      const { member, meeting, deps } = await getVisible(meetingId);
      return declineMeeting({ actor: member, meeting, version, reason }, deps);
    }, "Declined. The guest is told why."),
);

const cancel = formAction(
  cancelMeetingInput,
  answers("cancel-meeting"),
  ({ meetingId, version, reason }) =>
    answered(async () => {
      const { member, meeting, deps } = await getVisible(meetingId);
      return cancelMeeting({ actor: member, meeting, version, reason }, deps);
    }, "Cancelled. Everybody invited is told."),
);

const resend = formAction(resendInput, answers("resend-mail"), ({ meetingId, mailId }) =>
  answered(async () => {
    const { member, meeting, deps } = await getVisible(meetingId);
    return resendMail({ actor: member, meeting, mailId }, deps);
  }, "The mail is on its way again."),
);

/** Confirms the form's `meetingId`, as seen at `version`. */
export async function confirmMeetingAction(previous: Answer, form: FormData): Promise<Answer> {
  return confirm(previous, form);
}

/** Declines the form's `meetingId` with its `reason`. */
export async function declineMeetingAction(previous: Answer, form: FormData): Promise<Answer> {
  return decline(previous, form);
}

/** Cancels the form's `meetingId` with its `reason`. */
export async function cancelMeetingAction(previous: Answer, form: FormData): Promise<Answer> {
  return cancel(previous, form);
}

/** Sends the form's `mailId` of `meetingId` again. */
export async function resendMailAction(previous: Answer, form: FormData): Promise<Answer> {
  return resend(previous, form);
}

/** Ticks off one of the reader's own tasks. */
export async function completeTaskAction(form: FormData): Promise<void> {
  await withAction(
    "complete-task",
    async () => {
      const member = await getMember();
      const input = completeTaskInput.safeParse({ id: form.get("taskId") });
      if (!input.success) return;
      const { db, now } = runtime();
      await markTaskDone(db, { ...member, id: input.data.id }, now());
      revalidatePath("/", "layout");
    },
    () => undefined,
  );
}
