import type { z } from "zod";
import {
  meetingsQuestion,
  moveTo,
  outcomeOf,
  versionOnly,
  withReason,
} from "@/lib/meetings/core/wire";
import { changedMeeting, conflictQuestion, newMeeting } from "@/lib/meetings/schema";
import { conflict } from "./schemas";
import {
  answer,
  body,
  list,
  object,
  pathParameter,
  problems,
  queryParameters,
  reference,
  signedIn,
  text,
} from "./shapes";

const meeting = reference("Meeting");

const onMeeting = (name: string, summary: string, schema: z.ZodType) => ({
  [`/api/v1/meetings/{id}/${name}`]: {
    post: {
      summary,
      security: signedIn,
      parameters: [pathParameter("id")],
      requestBody: body(schema),
      responses: {
        200: answer("The meeting", meeting),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
});

/** Meetings of the house. */
export const meetingPaths = {
  "/api/v1/meetings": {
    post: {
      summary: "Make a meeting: confirmed and everybody invited, or a draft",
      security: signedIn,
      requestBody: body(newMeeting),
      responses: {
        201: answer("The meeting", meeting),
        ...problems(400, 401, 403, 409, 415, 422, 429),
      },
    },
    get: {
      summary: "Meetings in the caller's scope",
      security: signedIn,
      parameters: queryParameters(meetingsQuestion),
      responses: {
        200: answer(
          "A page",
          object({
            meetings: list(meeting),
            scope: { enum: ["own", "all"] },
            nextCursor: { type: ["string", "null"] },
          }),
        ),
        ...problems(400, 401, 403, 429),
      },
    },
  },
  "/api/v1/meetings/conflicts": {
    post: {
      summary: "What stands in the way of up to 100 events",
      security: signedIn,
      requestBody: body(conflictQuestion),
      responses: {
        200: answer(
          "Events with conflicts, by their keys",
          object({ conflicts: list(object({ key: text, conflicts: list(conflict) })) }),
        ),
        ...problems(400, 401, 403, 415, 422, 429),
      },
    },
  },
  "/api/v1/meetings/{id}": {
    patch: {
      summary: "Change a meeting; fields that are absent stay",
      security: signedIn,
      parameters: [pathParameter("id")],
      requestBody: body(changedMeeting),
      responses: {
        200: answer("The meeting", meeting),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
    get: {
      summary: "One meeting",
      security: signedIn,
      parameters: [pathParameter("id")],
      responses: { 200: answer("The meeting", meeting), ...problems(400, 401, 404, 429) },
    },
  },
  ...onMeeting("close", "Say what became of a meeting that has begun", outcomeOf),
  ...onMeeting("reopen", "Make a draft of a cancelled meeting", versionOnly),
  ...onMeeting("confirm", "Confirm a request", versionOnly),
  ...onMeeting("decline", "Decline a request", withReason),
  ...onMeeting("cancel", "Cancel a meeting", withReason),
  ...onMeeting("reschedule", "Move a booked meeting", moveTo),
};
