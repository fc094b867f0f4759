import type { z } from "zod";
import { meetingsQuestion, moveTo, versionOnly, withReason } from "@/lib/meetings/core/wire";
import {
  answer,
  body,
  list,
  nullableText,
  object,
  pathParameter,
  problems,
  queryParameters,
  reference,
  signedIn,
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
  "/api/v1/meetings/{id}": {
    get: {
      summary: "One meeting",
      security: signedIn,
      parameters: [pathParameter("id")],
      responses: { 200: answer("The meeting", meeting), ...problems(400, 401, 404, 429) },
    },
  },
  ...onMeeting("confirm", "Confirm a request", versionOnly),
  ...onMeeting("decline", "Decline a request", withReason),
  ...onMeeting("cancel", "Cancel a meeting", withReason),
  ...onMeeting("reschedule", "Move a booked meeting", moveTo),
};
