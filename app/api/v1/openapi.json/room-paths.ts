import { requestDecision } from "@/lib/occupancy/core/request-wire";
import { roomsQuestion } from "@/lib/rooms/core/wire";
import { newLocationOnWire, newRoomOnWire, roomChangeOnWire } from "@/lib/rooms/schema";
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

const room = reference("Room");
const location = object({
  name: text,
  zone: text,
  address: nullableText,
  rooms: { type: "integer" },
});

/** Rooms, where they are, and what asks for them. */
export const roomPaths = {
  "/api/v1/rooms": {
    get: {
      summary:
        "Rooms that fit; with from and to every room in use, free ones first, each with why not",
      security: signedIn,
      parameters: queryParameters(roomsQuestion),
      responses: {
        200: answer("The rooms", object({ rooms: list(room) })),
        ...problems(400, 401, 403, 429),
      },
    },
    post: {
      summary: "Make a room at a location: for those who manage rooms",
      security: signedIn,
      requestBody: body(newRoomOnWire),
      responses: {
        201: answer("The room", room),
        ...problems(400, 401, 403, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/rooms/locations": {
    get: {
      summary: "Where rooms are",
      security: signedIn,
      responses: {
        200: answer("The locations, in their order", object({ locations: list(location) })),
        ...problems(401, 403, 429),
      },
    },
    post: {
      summary: "Make a location: for those who manage rooms",
      security: signedIn,
      requestBody: body(newLocationOnWire),
      responses: {
        201: answer("The location", location),
        ...problems(400, 401, 403, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/rooms/{id}": {
    get: {
      summary: "One room, with when it will be out of service",
      security: signedIn,
      parameters: [pathParameter("id")],
      responses: { 200: answer("The room", room), ...problems(400, 401, 403, 404, 429) },
    },
    patch: {
      summary: "Change a room's settings; those that are absent stay",
      security: signedIn,
      parameters: [pathParameter("id")],
      requestBody: body(roomChangeOnWire),
      responses: {
        200: answer("The room", room),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
  "/api/v1/rooms/{id}/requests": {
    get: {
      summary: "Meetings that asked for this room: for its keeper and for managers",
      security: signedIn,
      parameters: [pathParameter("id")],
      responses: {
        200: answer(
          "Those that wait for an answer, soonest first",
          object({
            requests: list(
              object({
                meetingId: text,
                host: text,
                subject: nullableText,
                start: moment,
                end: moment,
              }),
            ),
          }),
        ),
        ...problems(400, 401, 403, 404, 429),
      },
    },
  },
  "/api/v1/rooms/{id}/requests/{meetingId}": {
    post: {
      summary: "Say yes or no to a meeting that asked for this room",
      security: signedIn,
      parameters: [pathParameter("id"), pathParameter("meetingId")],
      requestBody: body(requestDecision),
      responses: {
        200: answer(
          "Answered",
          object({
            meetingId: text,
            roomId: text,
            state: { enum: ["approved", "declined"] },
          }),
        ),
        ...problems(400, 401, 403, 404, 409, 415, 422, 429),
      },
    },
  },
};
