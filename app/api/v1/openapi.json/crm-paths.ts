import {
  activitiesQuestion,
  activityChangeInput,
  newActivityInput,
} from "@/lib/crm/core/activity-wire";
import {
  leadActInput,
  leadChangeInput,
  leadsQuestion,
  newLeadInput,
  newOpportunityInput,
  opportunitiesQuestion,
} from "@/lib/crm/core/wire";
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
  text,
} from "./shapes";

const page = (name: string) =>
  object({ [name]: list(reference("Lead")), scope: text, nextCursor: nullableText });
const lead = reference("Lead");
const activity = reference("Activity");

/** Leads, opportunities and what is done with them, inside the caller's scope. */
export const crmPaths = {
  "/api/v1/leads": {
    get: {
      summary: "Leads and opportunities in the caller's scope, newest change first",
      security: signedIn,
      parameters: queryParameters(leadsQuestion),
      responses: { 200: answer("A page", page("leads")), ...problems(400, 401, 403, 422, 429) },
    },
    post: {
      summary: "Makes a lead or an opportunity; without an owner it waits to be assigned",
      security: signedIn,
      requestBody: body(newLeadInput),
      responses: { 201: answer("What was made", lead), ...problems(400, 401, 403, 415, 422, 429) },
    },
  },
  "/api/v1/leads/{id}": {
    get: {
      summary: "One lead or opportunity; the id of a merged one answers with its survivor",
      security: signedIn,
      parameters: [pathParameter("id")],
      responses: { 200: answer("The lead", lead), ...problems(401, 403, 404, 429) },
    },
    patch: {
      summary:
        "Changes the fields that are named; with a version, only what nobody else changed since",
      security: signedIn,
      parameters: [pathParameter("id")],
      requestBody: body(leadChangeInput),
      responses: {
        200: answer("The lead as it is now", lead),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/leads/{id}/acts": {
    post: {
      summary:
        "Moves, wins, loses, junks, converts, reopens, assigns, parks, deletes or restores it",
      security: signedIn,
      parameters: [pathParameter("id")],
      requestBody: body(leadActInput),
      responses: {
        200: answer("The lead as it is now", lead),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/opportunities": {
    get: {
      summary: "Opportunities in the caller's scope, newest change first",
      security: signedIn,
      parameters: queryParameters(opportunitiesQuestion),
      responses: {
        200: answer("A page", page("opportunities")),
        ...problems(400, 401, 403, 422, 429),
      },
    },
    post: {
      summary: "Makes an opportunity, in the first stage unless one is named",
      security: signedIn,
      requestBody: body(newOpportunityInput),
      responses: { 201: answer("What was made", lead), ...problems(400, 401, 403, 415, 422, 429) },
    },
  },
  "/api/v1/activities": {
    get: {
      summary: "The activities of a lead, or what is due",
      security: signedIn,
      parameters: queryParameters(activitiesQuestion),
      responses: {
        200: answer("The activities", object({ activities: list(activity) })),
        ...problems(400, 401, 403, 404, 422, 429),
      },
    },
    post: {
      summary: "Plans an activity, or writes down what was done",
      security: signedIn,
      requestBody: body(newActivityInput),
      responses: {
        201: answer("The activity", activity),
        ...problems(400, 401, 403, 404, 415, 422, 429),
      },
    },
  },
  "/api/v1/activities/{id}": {
    patch: {
      summary: "Finishes an activity, takes that back, or moves it",
      security: signedIn,
      parameters: [pathParameter("id")],
      requestBody: body(activityChangeInput),
      responses: {
        200: answer("The activity as it is now", activity),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
};
