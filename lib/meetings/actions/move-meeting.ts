"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { AccessDenied } from "@/lib/access/policy";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { instantOnWire } from "@/lib/time/wire";
import { editMeeting } from "../commands/edit-meeting";
import { getVisibleMeeting } from "../commands/get-visible-meeting";
import { makeMeeting } from "../commands/make-meeting";
import { undoMove } from "../commands/undo-move";
import type { MeetingRefused } from "../core/conflict";
import type { Meeting } from "../core/meeting";
import type { MoveAnswer } from "../core/move-answer";
import { meetingInput } from "../schema";

const REFUSALS: Readonly<Record<string, string>> = {
  conflict: "This time is taken.",
  "slot-taken": "The time it had was taken a moment ago.",
  "slot-passed": "This time has passed.",
  "changed-meanwhile": "Somebody changed this meeting a moment ago. It is shown as it is now.",
  "not-changeable": "This meeting can no longer be changed.",
  "too-late": "This can no longer be taken back. Move it again instead.",
};

const refused = (
  message: string,
  why?: Pick<MeetingRefused, "conflicts" | "nextStarts">,
): MoveAnswer => ({
  status: "refused",
  message,
  // Which resource it is, is nobody's business in the browser.
  conflicts: (why?.conflicts ?? []).map(({ resourceId: _, ...conflict }) => conflict),
  nextStarts: why?.nextStarts ?? [],
});

/** Whoever was faster is shown, too: the page is drawn again. */
function refusedAs(reason: string): MoveAnswer {
  if (reason === "changed-meanwhile" || reason === "not-changeable") revalidatePath("/", "layout");
  return refused(REFUSALS[reason] ?? "This could not be done.");
}

function answerTo(refusal: MeetingRefused): MoveAnswer {
  const { reason, fields = {} } = refusal;
  if (reason === "invalid") return refused(Object.values(fields)[0] ?? "This cannot be a meeting.");
  return reason === "conflict" ? refused(REFUSALS.conflict ?? "", refusal) : refusedAs(reason);
}

/** A draft is nobody's business yet; of all others everybody hears but who did it. */
const toldOf = (meeting: Meeting, userId: string): number =>
  meeting.state === "confirmed" || meeting.link !== null
    ? meeting.attendees.filter((reader) => reader.userId !== userId && reader.leftAt === null)
        .length
    : 0;

function done(meeting: Meeting, told: number): MoveAnswer {
  revalidatePath("/", "layout");
  return { status: "done", meetingId: meeting.id, version: meeting.version, told };
}

/** Runs one change; who may not, is told in the words agreed. */
const change = (name: string, work: () => Promise<MoveAnswer>) =>
  withAction<MoveAnswer>(
    name,
    async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof AccessDenied) return refused(error.words);
        throw error;
      }
    },
    (message) => refused(message),
  );

const INCOMPLETE = "This was not understood. Load the page again.";

const move = z.strictObject({
  meetingId: z.uuid(),
  version: z.int().min(1),
  start: instantOnWire,
  end: instantOnWire,
});

/** Moves or stretches the payload's meeting, `{meetingId, version, start, end}`; its mails wait for an undo. */
export async function moveMeetingAction(form: FormData): Promise<MoveAnswer> {
  return change("move-meeting", async () => {
    const member = await getMember();
    const asked = payloadOf(move, form);
    if (!asked?.success) return refused(INCOMPLETE);
    const { meetingId, version, start, end } = asked.data;
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, member, meetingId);
    const input = { start, end };
    const moved = await editMeeting(
      { actor: member, meeting, version, input, undoable: true },
      deps,
    );
    return moved.ok
      ? done(moved.value, toldOf(moved.value, member.userId))
      : answerTo(moved.refusal);
  });
}

const takeBack = z.strictObject({ meetingId: z.uuid(), version: z.int().min(1) });

/** Takes the payload's move back, `{meetingId, version}`, as it was left by it; nobody was told meanwhile. */
export async function takeBackMoveAction(form: FormData): Promise<MoveAnswer> {
  return change("take-back-move", async () => {
    const member = await getMember();
    const asked = payloadOf(takeBack, form);
    if (!asked?.success) return refused(INCOMPLETE);
    const { meetingId, version } = asked.data;
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, member, meetingId);
    if (meeting.version !== version) return refusedAs("changed-meanwhile");
    const back = await undoMove({ actor: member, meeting }, deps);
    return back.ok ? done(back.value, 0) : refusedAs(back.refusal);
  });
}

const drawn = z.strictObject({
  subject: z.string(),
  start: z.string(),
  end: z.string(),
  /** Colleagues in whose column it was drawn. */
  with: z.array(z.uuid()).max(1),
});

/** Makes a meeting of a drawn time, `{subject, start, end, with}`: confirmed, and nothing else settled. */
export async function makeFromCalendarAction(form: FormData): Promise<MoveAnswer> {
  return change("make-from-calendar", async () => {
    const member = await getMember();
    const asked = payloadOf(drawn, form);
    if (!asked?.success) return refused(INCOMPLETE);
    const { with: colleagues, ...rest } = asked.data;
    const people = colleagues.map((userId) => ({ userId }));
    const input = meetingInput.safeParse({ ...rest, people });
    if (!input.success) return refused(input.error.issues[0]?.message ?? INCOMPLETE);
    const made = await makeMeeting({ actor: member, input: input.data, confirm: true }, runtime());
    return made.ok ? done(made.value, toldOf(made.value, member.userId)) : answerTo(made.refusal);
  });
}
