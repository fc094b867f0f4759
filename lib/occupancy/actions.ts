"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { tooManyRequests } from "@/lib/http/answer";
import { consume } from "@/lib/http/throttle";
import type { Result } from "@/lib/result";
import { ok } from "@/lib/result";
import type { RoomAnswer } from "@/lib/rooms/core/room-answer";
import { roomsPolicy } from "@/lib/rooms/policy";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { answerRoom } from "./commands/answer-room";
import { pairDisplay, sendDisplayAway } from "./commands/pair-display";
import { checkIn } from "./commands/use-room";
import { checkInForm, displayRemoval, pairingForm, roomAnswerForm } from "./schema";

/** What a refusal is called on these pages. */
const REFUSALS: Readonly<Record<string, string>> = {
  "no-room": "This room is gone.",
  "no-such-code":
    "No tablet shows this code any more. Look at the tablet again: a code is good for ten minutes.",
  "no-display": "This tablet was sent away meanwhile.",
  "no-such-request": "This was answered or taken back meanwhile.",
  "changed-meanwhile": "This has changed a moment ago. Load the page again.",
  "slot-taken": "Something else of this meeting was taken meanwhile. Load the page again.",
  over: "This meeting is over.",
  "no-such-stay": "The meeting does not hold this room any more.",
  "too-early": "Check in from ten minutes before the start on.",
  "not-approved": "This room is not approved yet.",
  "already-checked-in": "Somebody has checked in already.",
};

type Work<Input> = (input: Input, member: Member, deps: Deps) => Promise<Result<string, string>>;

const occupancyForm = <Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  work: Work<z.output<Shape>>,
) =>
  formAction<Shape, RoomAnswer>(
    shape,
    {
      name,
      invalid: (fields, typed) => ({
        status: "refused",
        message: Object.values(fields)[0] ?? "Look at the marked fields.",
        fields,
        typed,
      }),
      refused: (message, typed) => ({ status: "refused", message, fields: {}, typed }),
    },
    async (input, typed) => {
      const result = await work(input, await getMember(), runtime());
      if (!result.ok) {
        const message = REFUSALS[result.refusal] ?? "This could not be done.";
        return { status: "refused", message, fields: {}, typed };
      }
      revalidatePath("/rooms", "layout");
      return { status: "done", message: result.value };
    },
  );

const said = <Value, Refusal extends string>(
  result: Result<Value, Refusal>,
  words: string,
): Result<string, string> => (result.ok ? ok(words) : result);

const managesRooms = (member: Member) =>
  roomsPolicy.authorize(member, "rooms.manage", { workspaceId: member.workspaceId });

const pair = occupancyForm("display-pair", pairingForm, async (input, member, deps) => {
  const grant = managesRooms(member);
  const counted = await consume("display-code-member", member.userId);
  if (!counted.ok) throw tooManyRequests(counted.retryAfterSeconds);
  return said(await pairDisplay(input, grant, deps), "The tablet shows this room now.");
});

const sendAway = occupancyForm("display-revoke", displayRemoval, async (input, member, deps) =>
  said(await sendDisplayAway(input, managesRooms(member), deps), "The tablet is sent away."),
);

const answer = occupancyForm("room-answer", roomAnswerForm, async (input, actor, deps) => {
  const { workspaceId } = actor;
  const { meetingId, roomId, reason } = input;
  const yes = input.answer === "yes";
  const asked = { actor, workspaceId, meetingId, roomId, reason, yes };
  return said(await answerRoom(asked, deps), yes ? "Approved." : "Declined. The host is told.");
});

const comeIn = occupancyForm("room-check-in", checkInForm, async (input, actor, deps) => {
  const asked = { actor, workspaceId: actor.workspaceId, ...input };
  const result = await checkIn(asked, deps);
  if (result.ok) revalidatePath(`/meetings/${input.meetingId}`);
  return said(result, "Checked in: the room stays yours.");
});

/** Makes the tablet that shows the form's code the room's. */
export async function pairDisplayAction(before: RoomAnswer, form: FormData) {
  return pair(before, form);
}

/** Sends a tablet away. */
export async function revokeDisplayAction(before: RoomAnswer, form: FormData) {
  return sendAway(before, form);
}

/** Says yes or no to a room somebody asked for. */
export async function answerRoomAction(before: RoomAnswer, form: FormData) {
  return answer(before, form);
}

/** Says that somebody has come to a meeting's room. */
export async function checkInAction(before: RoomAnswer, form: FormData) {
  return comeIn(before, form);
}
