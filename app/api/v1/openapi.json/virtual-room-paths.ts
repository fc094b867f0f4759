import {
  accountChangeOnWire,
  connectionTest,
  newAccountOnWire,
  newVirtualRoomOnWire,
  virtualRoomChangeOnWire,
} from "@/lib/conferencing/schema";
import {
  answer,
  body,
  list,
  object,
  pathParameter,
  problems,
  reference,
  signedIn,
  text,
} from "./shapes";

const virtualRoom = reference("VirtualRoom");
const id = pathParameter("id");
const account = object({ id: text, account: text, seats: { type: "integer" } });
const done = { description: "Done; there is no body" };

/** Virtual rooms, their pools of accounts and their credentials, which go in and never come out. */
export const virtualRoomPaths = {
  "/api/v1/virtual-rooms": {
    get: {
      summary: "Virtual rooms: to hosts their names, to those who manage meetings all but secrets",
      security: signedIn,
      responses: {
        200: answer("The virtual rooms", object({ virtualRooms: list(virtualRoom) })),
        ...problems(401, 403, 429),
      },
    },
    post: {
      summary: "Make a virtual room, with credentials and accounts",
      security: signedIn,
      requestBody: body(newVirtualRoomOnWire),
      responses: {
        201: answer("The virtual room", virtualRoom),
        ...problems(400, 401, 403, 415, 422, 429),
      },
    },
  },
  "/api/v1/virtual-rooms/{id}": {
    get: {
      summary: "One virtual room, and how calls to its provider fare",
      security: signedIn,
      parameters: [id],
      responses: {
        200: answer("The virtual room", virtualRoom),
        ...problems(400, 401, 403, 404, 429),
      },
    },
    patch: {
      summary: "Change a virtual room; fields that are absent stay, credentials null are forgotten",
      security: signedIn,
      parameters: [id],
      requestBody: body(virtualRoomChangeOnWire),
      responses: {
        200: answer("The virtual room", virtualRoom),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
    delete: {
      summary: "Archive a virtual room that nothing to come needs",
      security: signedIn,
      parameters: [id],
      responses: { 204: done, ...problems(400, 401, 403, 404, 409, 429) },
    },
  },
  "/api/v1/virtual-rooms/{id}/test": {
    post: {
      summary: "Try the credentials with an account; nothing changes at the provider",
      security: signedIn,
      parameters: [id],
      requestBody: body(connectionTest, false),
      responses: {
        200: answer(
          "What was found: who we are there, or a cause somebody can act on",
          object({ works: { type: "boolean" }, as: text, cause: text }),
        ),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/virtual-rooms/{id}/accounts": {
    post: {
      summary: "Add an account to the pool",
      security: signedIn,
      parameters: [id],
      requestBody: body(newAccountOnWire),
      responses: {
        201: answer("The account", account),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/virtual-rooms/{id}/accounts/{accountId}": {
    patch: {
      summary: "Give an account another number of seats",
      security: signedIn,
      parameters: [id, pathParameter("accountId")],
      requestBody: body(accountChangeOnWire),
      responses: {
        200: answer("The account", object({ id: text, seats: { type: "integer" } })),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
    delete: {
      summary: "Take an account out of its pool",
      security: signedIn,
      parameters: [id, pathParameter("accountId")],
      responses: { 204: done, ...problems(400, 401, 403, 404, 409, 429) },
    },
  },
};
