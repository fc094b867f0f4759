import { endpointInput } from "@/lib/webhooks/schema";
import {
  answer,
  body,
  list,
  nullableText,
  object,
  pathParameter,
  problems,
  signedIn,
  text,
} from "./shapes";

const endpoint = {
  id: text,
  url: text,
  events: list(text),
  active: { type: "boolean" },
};

/** What other programs subscribe to: somebody's calendar, and what happens to bookings and meetings. */
export const elsewherePaths = {
  "/api/v1/feeds/{token}/calendar.ics": {
    get: {
      summary:
        "Somebody's own meetings, by their secret address; If-None-Match is answered with 304",
      parameters: [pathParameter("token")],
      responses: {
        200: {
          description: "The calendar, from 90 days ago to a year ahead",
          content: { "text/calendar": { schema: text } },
        },
        304: { description: "Nothing changed" },
        ...problems(404, 429),
      },
    },
  },
  "/api/v1/webhooks": {
    get: {
      summary: "The endpoints events are sent to; for admins",
      security: signedIn,
      responses: {
        200: answer(
          "The endpoints",
          object({
            webhooks: list(
              object({
                ...endpoint,
                createdAt: text,
                failingSince: nullableText,
                deliveries: object({
                  delivered: { type: "integer" },
                  queued: { type: "integer" },
                  failed: { type: "integer" },
                }),
              }),
            ),
          }),
        ),
        ...problems(401, 403, 429),
      },
    },
    post: {
      summary: "Makes an endpoint; its secret is in this answer and in no other. For admins",
      security: signedIn,
      requestBody: body(endpointInput),
      responses: {
        201: answer("The endpoint", object({ ...endpoint, secret: text })),
        ...problems(400, 401, 403, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/webhooks/{id}": {
    delete: {
      summary: "Deletes an endpoint and what is known of its deliveries; for admins",
      security: signedIn,
      parameters: [pathParameter("id")],
      responses: { 204: { description: "Deleted" }, ...problems(401, 403, 404, 429) },
    },
  },
};
