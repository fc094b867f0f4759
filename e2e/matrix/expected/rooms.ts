import type { Area } from "../roles";
import { ANY_HOST, ANY_MANAGER, call, everybody, HOSTS, MANAGERS, page, RUNNERS } from "../roles";

/** Rooms, the tablets at their doors, and virtual rooms. */
export const rooms: Area = {
  routes: {
    "GET /rooms": page(404, { 200: ANY_HOST }),
    "GET /rooms/manage": page(404, { 200: ANY_MANAGER }),
    "GET /rooms/manage/[id]": page(404, { 200: MANAGERS }),
    // The same page for every tablet: which room it shows is decided by the token the tablet holds, and nobody here has one.
    "GET /rooms/[id]/display": everybody(200),
    "GET /virtual-rooms": page(404, { 200: ANY_MANAGER }),
    // A virtual room of the workspace; the stranger's is another.
    "GET /virtual-rooms/[id]": page(404, { 200: MANAGERS }),
    // A tablet without a token is told that it has none, and asks for a code; nobody signed in acts as a door.
    "GET /api/v1/displays/current": everybody(200),
    "POST /api/v1/displays/current": everybody(401),
    "POST /api/v1/displays/pairing": everybody(201),
    // Rooms are seen by those who make meetings, and described by those who manage them.
    "GET /api/v1/rooms": call(403, { 200: ANY_HOST }),
    // The stranger's workspace has no location of that name.
    "POST /api/v1/rooms": call(403, { 201: MANAGERS, 422: ["stranger"] }),
    "GET /api/v1/rooms/[id]": call(403, { 200: HOSTS, 404: ["stranger"] }),
    "PATCH /api/v1/rooms/[id]": call(403, { 200: MANAGERS, 404: ["stranger"] }),
    // Nobody keeps the room, so managers answer for it; the meeting did not ask for it.
    "GET /api/v1/rooms/[id]/requests": call(403, { 200: MANAGERS, 404: ["stranger"] }),
    "POST /api/v1/rooms/[id]/requests/[meetingId]": call(403, { 404: ["stranger"], 409: MANAGERS }),
    "GET /api/v1/rooms/locations": call(403, { 200: ANY_HOST }),
    "POST /api/v1/rooms/locations": call(403, { 201: ANY_MANAGER }),
    // The body of the question is no picture, and there is none to remove.
    "PUT /api/v1/rooms/[id]/photo": call(403, { 404: ["stranger"], 422: MANAGERS }),
    "DELETE /api/v1/rooms/[id]/photo": call(403, { 204: MANAGERS, 404: ["stranger"] }),
    // Hosts choose among them; those who manage meetings manage them.
    "GET /api/v1/virtual-rooms": call(403, { 200: ANY_HOST }),
    "POST /api/v1/virtual-rooms": call(403, { 201: ANY_MANAGER }),
    "GET /api/v1/virtual-rooms/[id]": call(403, { 200: MANAGERS, 404: ["stranger"] }),
    "PATCH /api/v1/virtual-rooms/[id]": call(403, { 200: MANAGERS, 404: ["stranger"] }),
    "DELETE /api/v1/virtual-rooms/[id]": call(403, { 204: MANAGERS, 404: ["stranger"] }),
    // Without credentials it says so, and when it was tried.
    "POST /api/v1/virtual-rooms/[id]/test": call(403, { 200: MANAGERS, 404: ["stranger"] }),
    "POST /api/v1/virtual-rooms/[id]/accounts": call(403, { 201: MANAGERS, 404: ["stranger"] }),
    "PATCH /api/v1/virtual-rooms/[id]/accounts/[accountId]": call(403, {
      200: MANAGERS,
      404: ["stranger"],
    }),
    "DELETE /api/v1/virtual-rooms/[id]/accounts/[accountId]": call(403, {
      204: MANAGERS,
      404: ["stranger"],
    }),
  },
  actions: {
    "lib/conferencing/actions.ts#addAccountAction": MANAGERS,
    "lib/conferencing/actions.ts#archiveVirtualRoomAction": MANAGERS,
    "lib/conferencing/actions.ts#changeSeatsAction": MANAGERS,
    "lib/conferencing/actions.ts#changeVirtualRoomAction": MANAGERS,
    "lib/conferencing/actions.ts#makeVirtualRoomAction": ANY_MANAGER,
    "lib/conferencing/actions.ts#removeAccountAction": MANAGERS,
    "lib/conferencing/actions.ts#removeCredentialsAction": MANAGERS,
    "lib/conferencing/actions.ts#setCredentialsAction": MANAGERS,
    "lib/conferencing/actions.ts#testConnectionAction": MANAGERS,
    // Rooms are described by those who manage meetings; a stranger describes those of their own workspace.
    "lib/rooms/actions.ts#closeRoomAction": MANAGERS,
    "lib/rooms/actions.ts#removeLocationAction": MANAGERS,
    "lib/rooms/actions.ts#reopenRoomAction": MANAGERS,
    "lib/rooms/actions.ts#saveLocationAction": ANY_MANAGER,
    "lib/rooms/actions.ts#saveRoomAction": MANAGERS,
    // The room in question has no keeper of its own.
    "lib/occupancy/actions.ts#answerRoomAction": MANAGERS,
    "lib/occupancy/actions.ts#checkInAction": RUNNERS,
    "lib/occupancy/actions.ts#pairDisplayAction": MANAGERS,
    "lib/occupancy/actions.ts#revokeDisplayAction": MANAGERS,
  },
};
