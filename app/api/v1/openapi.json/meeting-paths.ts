import type { z } from "zod";
import {
  cancelledDates,
  changedMeetingOrSeries,
  confirmedDates,
  newMeetingOrSeries,
} from "@/lib/meetings/core/api-series";
import { answerOnWire, decisionOnWire, proposalOnWire } from "@/lib/meetings/core/run-input";
import {
  meetingsQuestion,
  moveTo,
  outcomeOf,
  versionOnly,
  withReason,
} from "@/lib/meetings/core/wire";
import { conflictQuestion } from "@/lib/meetings/schema";
import { conflict } from "./schemas";
import {
  answer,
  body,
  list,
  moment,
  nullableText,
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
      summary: "Make a meeting, or a series: confirmed and everybody invited, or drafts",
      security: signedIn,
      requestBody: body(newMeetingOrSeries),
      responses: {
        201: answer("The meeting; of a series the first date, and how many there are", meeting),
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
      summary:
        "Change a meeting, or following or all dates of its series; fields that are absent stay",
      security: signedIn,
      parameters: [pathParameter("id")],
      requestBody: body(changedMeetingOrSeries),
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
  ...onMeeting("confirm", "Confirm a request, or every draft of a series", confirmedDates),
  ...onMeeting("decline", "Decline a request", withReason),
  ...onMeeting("cancel", "Cancel a meeting, or several dates of its series", cancelledDates),
  ...onMeeting("answer", "The caller's own answer to an invitation", answerOnWire),
  ...onMeeting("reschedule", "Move a booked meeting", moveTo),
  "/api/v1/meetings/{id}/proposals": {
    get: {
      summary: "Other times that were proposed and wait for an answer",
      security: signedIn,
      parameters: [pathParameter("id")],
      responses: {
        200: answer(
          "The proposals, oldest first",
          object({
            proposals: list(
              object({
                id: text,
                name: text,
                start: moment,
                end: moment,
                note: nullableText,
                at: moment,
              }),
            ),
          }),
        ),
        ...problems(400, 401, 404, 429),
      },
    },
    post: {
      summary: "Propose another time; the caller's proposal before is taken back",
      security: signedIn,
      parameters: [pathParameter("id")],
      requestBody: body(proposalOnWire),
      responses: {
        201: answer("Proposed", object({ id: text })),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/meetings/{id}/proposals/{proposalId}": {
    post: {
      summary:
        "Take a proposed time, which moves the meeting for everybody, or leave it where it is",
      security: signedIn,
      parameters: [pathParameter("id"), pathParameter("proposalId")],
      requestBody: body(decisionOnWire),
      responses: {
        200: answer("The meeting", meeting),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/series/{id}": {
    get: {
      summary: "A series with those of its dates the caller may see",
      security: signedIn,
      parameters: [pathParameter("id")],
      responses: {
        200: answer(
          "The series",
          object({
            id: text,
            rule: text,
            zone: text,
            durationMinutes: { type: "integer" },
            excluded: list(moment),
            continues: nullableText,
            dates: list(meeting),
          }),
        ),
        ...problems(400, 401, 404, 429),
      },
    },
  },
};
