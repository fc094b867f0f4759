"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { AccessDenied, NotHere } from "@/lib/access/policy";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import type { Result } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { answerInvitation } from "../commands/answer-invitation";
import { acceptProposal, declineProposal } from "../commands/answer-proposal";
import { closeMeeting } from "../commands/close-meeting";
import { getVisibleMeeting } from "../commands/get-visible-meeting";
import { proposeTime } from "../commands/propose-time";
import { backToDraft } from "../commands/reopen-meeting";
import { resendAll } from "../commands/resend-all";
import { retryOnline } from "../commands/retry-online";
import type { ActionAnswer as Answer } from "../core/answers";
import { refusedWith } from "../core/answers";
import type { MeetingRefused } from "../core/conflict";
import type { Meeting } from "../core/meeting";
import {
  answerInput,
  closeInput,
  decideInput,
  oneMeetingInput,
  proposeInput,
} from "../core/run-input";

type Scene = { readonly actor: Member; readonly meeting: Meeting; readonly deps: Deps };

function toAnswer(refusal: string | MeetingRefused): Answer {
  if (typeof refusal === "string") return refusedWith(refusal);
  const answer = refusedWith(refusal.reason);
  return answer.status === "refused" ? { ...answer, nextStarts: refusal.nextStarts } : answer;
}

/** A form about one meeting: who may not see it finds nothing, who may not do this is told in the words agreed. */
const onMeeting = <Shape extends z.ZodType<{ readonly meetingId: string }>, Value>(
  name: string,
  shape: Shape,
  message: (input: z.output<Shape>, value: Value) => string,
  work: (scene: Scene, input: z.output<Shape>) => Promise<Result<Value, string | MeetingRefused>>,
) =>
  formAction<Shape, Answer>(
    shape,
    {
      name,
      invalid: (fields) => ({
        status: "refused",
        reason: "invalid",
        message: Object.values(fields)[0] ?? "This form was not complete. Load the page again.",
      }),
      refused: (words) => ({ status: "refused", reason: "failed", message: words }),
    },
    async (input) => {
      const actor = await getMember();
      const deps = runtime();
      try {
        const meeting = await getVisibleMeeting(deps.db, actor, input.meetingId);
        const result = await work({ actor, meeting, deps }, input);
        if (!result.ok) return toAnswer(result.refusal);
        revalidatePath("/", "layout");
        return { status: "done", message: message(input, result.value) };
      } catch (error) {
        if (error instanceof AccessDenied) {
          return { status: "refused", reason: "forbidden", message: error.words };
        }
        if (error instanceof NotHere) return refusedWith("absent");
        throw error;
      }
    },
  );

const reopen = onMeeting(
  "reopen-meeting",
  oneMeetingInput,
  () => "It is a draft again. Nobody is told before it is confirmed.",
  ({ actor, meeting, deps }, { version }) => backToDraft({ actor, meeting, version }, deps),
);

const close = onMeeting(
  "close-meeting",
  closeInput,
  ({ outcome }) => (outcome === "done" ? "Marked as held." : "Marked as a no-show."),
  ({ actor, meeting, deps }, { version, outcome }) =>
    closeMeeting({ actor, meeting, version, outcome }, deps),
);

const SAID = {
  accepted: "You said yes. The host is told.",
  tentative: "You said maybe. The host is told.",
  declined: "You said no. The host is told.",
} as const;

const answer = onMeeting(
  "answer-invitation",
  answerInput,
  (input) => SAID[input.answer],
  ({ actor, meeting, deps }, input) => {
    const own = meeting.attendees.find(({ userId }) => userId === actor.userId);
    return answerInvitation(
      { actor, meeting, attendeeId: own?.id ?? "", answer: input.answer, note: input.note },
      deps,
    );
  },
);

const propose = onMeeting(
  "propose-time",
  proposeInput,
  () => "Proposed. The host decides; until then the meeting stays where it is.",
  ({ actor, meeting, deps }, { start, end, note }) =>
    proposeTime({ actor, meeting, during: { from: start, to: end }, note }, deps),
);

const accept = onMeeting(
  "accept-proposal",
  decideInput,
  () => "The meeting was moved. Everybody invited is told.",
  ({ actor, meeting, deps }, { version, proposalId }) =>
    acceptProposal({ actor, meeting, version, proposalId }, deps),
);

const decline = onMeeting(
  "decline-proposal",
  decideInput,
  () => "The meeting stays where it is.",
  ({ actor, meeting, deps }, { proposalId }) =>
    declineProposal({ actor, meeting, proposalId }, deps),
);

const sendAll = onMeeting(
  "resend-all",
  oneMeetingInput,
  (_input, sent: number) =>
    sent === 0 ? "There was nothing to send again." : `${sent} mails are on their way again.`,
  ({ actor, meeting, deps }) => resendAll({ actor, meeting }, deps),
);

const retry = onMeeting(
  "retry-online",
  oneMeetingInput,
  () => "The online meeting is asked for again.",
  ({ actor, meeting, deps }) => retryOnline({ actor, meeting }, deps),
);

/** Makes the form's cancelled `meetingId` a draft again. */
export async function reopenMeetingAction(previous: Answer, form: FormData): Promise<Answer> {
  return reopen(previous, form);
}

/** Says what became of the form's `meetingId`: `outcome` done or no-show. */
export async function closeMeetingAction(previous: Answer, form: FormData): Promise<Answer> {
  return close(previous, form);
}

/** The reader's own `answer` to the form's `meetingId`, with a `note`. */
export async function answerMeetingAction(previous: Answer, form: FormData): Promise<Answer> {
  return answer(previous, form);
}

/** The reader would like the form's `meetingId` from `start` to `end` instead. */
export async function proposeTimeAction(previous: Answer, form: FormData): Promise<Answer> {
  return propose(previous, form);
}

/** Moves the form's `meetingId` to the time of `proposalId`. */
export async function acceptProposalAction(previous: Answer, form: FormData): Promise<Answer> {
  return accept(previous, form);
}

/** Leaves the form's `meetingId` where it is, and says so to whoever made `proposalId`. */
export async function declineProposalAction(previous: Answer, form: FormData): Promise<Answer> {
  return decline(previous, form);
}

/** Sends everybody their last mail about the form's `meetingId` again. */
export async function resendAllAction(previous: Answer, form: FormData): Promise<Answer> {
  return sendAll(previous, form);
}

/** Asks the provider again for the online meeting of the form's `meetingId`. */
export async function retryOnlineAction(previous: Answer, form: FormData): Promise<Answer> {
  return retry(previous, form);
}
