"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { fieldMessages } from "@/lib/actions/form-action";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import type { Result } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { confirmMeeting } from "../commands/answer-request";
import { editMeeting } from "../commands/edit-meeting";
import { refusedTime } from "../commands/free-times";
import { getVisibleMeeting } from "../commands/get-visible-meeting";
import { makeMeeting } from "../commands/make-meeting";
import { REFUSALS } from "../core/answers";
import type { MeetingRefused } from "../core/conflict";
import type { Meeting } from "../core/meeting";
import { draftOf } from "../core/meeting-draft";
import type { SaveAnswer } from "../core/save-answer";
import { meetingChanges, meetingInput } from "../schema";

const refused = (message: string): SaveAnswer => ({ status: "refused", message });
const words = (reason: string) => refused(REFUSALS[reason] ?? "This could not be done.");

const newMeeting = z.strictObject({ confirm: z.boolean(), input: meetingInput });
const changedMeeting = z.strictObject({
  meetingId: z.uuid(),
  version: z.int().min(1),
  confirm: z.boolean(),
  changes: meetingChanges,
});

/** Problems of the part that is the meeting itself, by the names its fields have in the form. */
function invalid(error: z.ZodError): SaveAnswer {
  const fields = Object.entries(fieldMessages(error)).map(([path, message]) => [
    path.replace(/^(?:input|changes)\./, ""),
    message,
  ]);
  return { status: "invalid", fields: Object.fromEntries(fields) };
}

async function current(member: Member, id: string, deps: Deps): Promise<SaveAnswer> {
  const meeting = await getVisibleMeeting(deps.db, member, id);
  return { status: "changed", version: meeting.version, draft: draftOf(meeting) };
}

async function answerTo(
  refusal: MeetingRefused,
  { member, meetingId, version }: { member: Member; meetingId?: string; version?: number },
): Promise<SaveAnswer> {
  const { reason, conflicts, nextStarts, fields = {} } = refusal;
  if (reason === "invalid") return { status: "invalid", fields };
  if (reason === "conflict") {
    const shown = conflicts.map(({ resourceId: _, ...conflict }) => conflict);
    return {
      status: "conflict",
      conflicts: shown,
      nextStarts,
      ...(version === undefined ? {} : { version }),
    };
  }
  return reason === "changed-meanwhile" && meetingId !== undefined
    ? current(member, meetingId, runtime())
    : words(reason);
}

function saved(meeting: Meeting): SaveAnswer {
  revalidatePath("/", "layout");
  return { status: "saved", meetingId: meeting.id, confirmed: meeting.state === "confirmed" };
}

/** Runs one save; who may not, is told in the words agreed. */
const save = (name: string, work: () => Promise<SaveAnswer>) =>
  withAction<SaveAnswer>(
    name,
    async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof AccessDenied) return refused(error.words);
        throw error;
      }
    },
    refused,
  );

/** Makes the payload's meeting: `{confirm, input}`. */
export async function makeMeetingAction(form: FormData): Promise<SaveAnswer> {
  return save("make-meeting", async () => {
    const member = await getMember();
    const asked = payloadOf(newMeeting, form);
    if (asked === undefined) return refused("This form was not complete. Load the page again.");
    if (!asked.success) return invalid(asked.error);
    const made = await makeMeeting({ actor: member, ...asked.data }, runtime());
    return made.ok ? saved(made.value) : answerTo(made.refusal, { member });
  });
}

/** Confirms what was just edited, as it was left then. */
async function confirmed(
  member: Member,
  edited: Meeting,
  deps: Deps,
): Promise<Result<Meeting, MeetingRefused | string>> {
  const meeting = await getVisibleMeeting(deps.db, member, edited.id);
  return confirmMeeting({ actor: member, meeting, version: meeting.version }, deps);
}

/** Changes the payload's meeting: `{meetingId, version, confirm, changes}`. */
export async function editMeetingAction(form: FormData): Promise<SaveAnswer> {
  return save("edit-meeting", async () => {
    const member = await getMember();
    const asked = payloadOf(changedMeeting, form);
    if (asked === undefined) return refused("This form was not complete. Load the page again.");
    if (!asked.success) return invalid(asked.error);
    const { meetingId, version, confirm, changes } = asked.data;
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, member, meetingId);
    const edited = await editMeeting({ actor: member, meeting, version, input: changes }, deps);
    if (!edited.ok) return answerTo(edited.refusal, { member, meetingId });
    if (!confirm || edited.value.state === "confirmed") return saved(edited.value);
    const done = await confirmed(member, edited.value, deps);
    if (done.ok) return saved(done.value);
    if (typeof done.refusal !== "string") {
      return answerTo(done.refusal, { member, meetingId, version: edited.value.version });
    }
    if (done.refusal !== "slot-taken") return words(done.refusal);
    const now = await refusedTime(deps.db, member, edited.value, deps.now());
    return answerTo(now, { member, meetingId, version: edited.value.version });
  });
}
