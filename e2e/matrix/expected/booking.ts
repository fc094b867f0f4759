import type { Area } from "../roles";
import { everybody, ROLES } from "../roles";

/** What guests do, with a link, a capability or an invitation. */
export const booking: Area = {
  routes: {
    "GET /book/[token]/[locale]/[zone]/[day]": everybody(200),
    "GET /book/[token]/details": everybody(200),
    "GET /book/[token]/wait": everybody(200),
    "GET /embed/[token]/[locale]/[zone]/[day]": everybody(200),
    "GET /embed/[token]/details": everybody(200),
    "GET /embed/[token]/wait": everybody(200),
    // The script other websites load.
    "GET /embed.js": everybody(200),
    // Without the capability the page says kindly that it knows nothing; what it shows is tested apart.
    "GET /m/[token]": everybody(200),
    // The same for one invitation.
    "GET /answer/[token]": everybody(200),
    // The same for a place on a waiting list.
    "GET /waiting/[token]": everybody(200),
    "GET /api/v1/booking-links/[token]/live": everybody(200),
    "GET /api/v1/booking-links/[token]": everybody(200),
    "GET /api/v1/booking-links/[token]/slots": everybody(200),
    "POST /api/v1/booking-links/[token]/bookings": everybody(201),
    "POST /api/v1/booking-links/[token]/visits": everybody(204),
    // With the capability in the path, who else one is does not matter; without one there is nothing.
    "GET /api/v1/bookings/[manageToken]": everybody(404, { 200: ["guest"] }),
    "PATCH /api/v1/bookings/[manageToken]": everybody(404, { 200: ["guest"] }),
    "DELETE /api/v1/bookings/[manageToken]": everybody(404, { 200: ["guest"] }),
    "GET /api/v1/calendar-files/[signed]": everybody(404, { 200: ["guest"] }),
  },
  actions: {
    "lib/booking/actions.ts#bookAction": ROLES,
    "lib/booking/actions.ts#bookInFrameAction": ROLES,
    "lib/booking/actions.ts#rescheduleAction": ["guest"],
    "lib/booking/actions.ts#cancelBookingAction": ["guest"],
    "lib/booking/actions.ts#undoCancelAction": ["guest"],
    // Everybody may wait for a link that has a list.
    "lib/booking/actions.ts#joinWaitingListAction": ROLES,
    // With the capability of somebody who waits; nobody of the matrix does.
    "lib/booking/actions.ts#leaveWaitingListAction": [],
    // Shows, and changes nothing.
    "lib/booking/actions.ts#previewHoursAction": [],
    // With the capability of an invitation; nobody of the matrix holds one.
    "lib/mailroom/actions.ts#answerInvitationAction": [],
  },
  // A count is written a moment later, and is nobody's.
  changingNothing: ["POST /api/v1/booking-links/[token]/visits"],
};
