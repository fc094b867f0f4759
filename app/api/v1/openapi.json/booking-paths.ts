import { bookingInput, cancelInput, rescheduleInput, slotQuestion } from "@/lib/booking/schema";
import {
  answer,
  body,
  list,
  moment,
  object,
  pathParameter,
  problems,
  queryParameters,
  reference,
  text,
} from "./shapes";

const slot = object({ start: moment, end: moment });
const booking = reference("Booking");

/** Guests: what a link offers, and their own bookings. */
export const bookingPaths = {
  "/api/v1/booking-links/{token}": {
    get: {
      summary: "What a booking link offers and asks",
      parameters: [pathParameter("token")],
      responses: {
        200: answer("The link", { $ref: "#/components/schemas/BookingLink" }),
        ...problems(400, 404, 410, 429),
      },
    },
  },
  "/api/v1/booking-links/{token}/slots": {
    get: {
      summary: "The starts a booking link offers",
      parameters: [pathParameter("token"), ...queryParameters(slotQuestion)],
      responses: {
        200: answer(
          "Starts, ascending, in UTC",
          object({
            slots: list(slot),
            zone: text,
            hostZone: text,
            durationMinutes: { type: "integer" },
            from: moment,
            to: moment,
          }),
        ),
        ...problems(400, 404, 410, 429),
      },
    },
  },
  "/api/v1/booking-links/{token}/bookings": {
    post: {
      summary: "Book a time",
      parameters: [
        pathParameter("token"),
        {
          name: "Idempotency-Key",
          in: "header",
          required: false,
          schema: { ...text, maxLength: 255 },
        },
      ],
      requestBody: body(bookingInput),
      responses: {
        201: answer(
          "Booked, or requested",
          object({
            status: { enum: ["pending", "confirmed"] },
            start: moment,
            end: moment,
            manageToken: text,
            manageUrl: text,
          }),
        ),
        ...problems(400, 404, 409, 410, 415, 422, 429),
      },
    },
  },
  "/api/v1/bookings/{manageToken}": {
    get: {
      summary: "The guest's own booking",
      parameters: [pathParameter("manageToken")],
      responses: { 200: answer("The booking", booking), ...problems(400, 404, 429) },
    },
    patch: {
      summary: "Move it",
      parameters: [pathParameter("manageToken")],
      requestBody: body(rescheduleInput),
      responses: { 200: answer("Moved", booking), ...problems(400, 404, 409, 415, 422, 429) },
    },
    delete: {
      summary: "Cancel it",
      parameters: [pathParameter("manageToken")],
      requestBody: body(cancelInput, false),
      responses: { 200: answer("Cancelled", booking), ...problems(400, 404, 409, 415, 422, 429) },
    },
  },
  "/api/v1/calendar-files/{signed}": {
    get: {
      summary: "A calendar file by its signed address",
      parameters: [pathParameter("signed")],
      responses: {
        200: { description: "iCalendar", content: { "text/calendar": { schema: text } } },
        ...problems(404, 429),
      },
    },
  },
};
