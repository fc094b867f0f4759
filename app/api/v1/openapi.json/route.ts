import { z } from "zod";
import { bookingInput, cancelInput, rescheduleInput, slotQuestion } from "@/lib/booking/schema";
import { jsonAnswer } from "@/lib/http/answer";
import { countedReads, publicRoute } from "@/lib/http/route";
import { meetingsQuestion, moveTo, versionOnly, withReason } from "@/lib/meetings/core/wire";

const json = (schema: z.ZodType) => {
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  });
  return shape;
};

const text = { type: "string" } as const;
const moment = { type: "string", format: "date-time" } as const;
const object = (properties: object) => ({ type: "object", properties }) as const;
const list = (items: object) => ({ type: "array", items }) as const;

const content = (schema: object) => ({ "application/json": { schema } });
const answer = (description: string, schema: object) => ({ description, content: content(schema) });
const problem = { $ref: "#/components/schemas/Error" };
const problems = (...statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [String(status), answer(PROBLEMS[status] ?? "Refused", problem)]),
  );

const PROBLEMS: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "Nobody is signed in",
  403: "The caller may not do this",
  404: "There is nothing here for this caller",
  409: "Refused: the code says why, nextSlots what is free",
  410: "The link is closed",
  415: "The body is not JSON",
  422: "A field is not valid; fields says which",
  429: "Too many requests; Retry-After says how long to wait",
};

const pathParameter = (name: string) => ({ name, in: "path", required: true, schema: text });
const queryParameters = (schema: z.ZodType) =>
  Object.entries((json(schema) as { properties?: Record<string, object> }).properties ?? {}).map(
    ([name, shape]) => ({ name, in: "query", required: false, schema: shape }),
  );
const body = (schema: z.ZodType, required = true) => ({
  required,
  content: content(json(schema)),
});

const slot = object({ start: moment, end: moment });
const booking = { $ref: "#/components/schemas/Booking" };
const meeting = { $ref: "#/components/schemas/Meeting" };
const signedIn = [{ apiKey: [] }, { session: [] }];

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

const paths = {
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

const document = {
  openapi: "3.1.0",
  info: {
    title: "Meridian",
    version: "1",
    description: "Moments are ISO 8601 with an offset; answers use Z.",
  },
  paths,
  components: {
    securitySchemes: {
      apiKey: { type: "http", scheme: "bearer" },
      session: { type: "apiKey", in: "cookie", name: "meridian" },
    },
    schemas: {
      Error: object({
        error: object({
          code: text,
          message: text,
          fields: { type: "object" },
          reference: text,
          nextSlots: list(object({ start: moment })),
        }),
      }),
      BookingLink: object({
        name: text,
        description: { type: ["string", "null"] },
        workspace: text,
        hosts: list(object({ name: text, title: { type: ["string", "null"] } })),
        hostZone: text,
        zoneLocked: { type: "boolean" },
        needsApproval: { type: "boolean" },
        durationMinutes: { type: "integer" },
        durations: list({ type: "integer" }),
        places: list(
          object({
            id: text,
            kind: text,
            label: text,
            detail: { type: ["string", "null"] },
            asks: { type: ["string", "null"] },
          }),
        ),
        questions: list(
          object({
            key: text,
            kind: { enum: ["text", "long_text", "select", "phone", "checkbox"] },
            label: text,
            help: { type: ["string", "null"] },
            required: { type: "boolean" },
            options: list(text),
          }),
        ),
        extraGuests: { type: "integer" },
        seats: { type: "integer" },
        waitingList: { type: "boolean" },
      }),
      Booking: object({
        status: { enum: ["pending", "confirmed", "declined", "cancelled", "past"] },
        subject: text,
        link: { type: ["string", "null"] },
        name: text,
        email: text,
        guests: list(text),
        host: object({ name: text, zone: text }),
        zone: text,
        start: moment,
        end: moment,
        place: object({ kind: text, label: text, detail: { type: ["string", "null"] } }),
        answers: list(object({ question: text, answer: text })),
        shared: { type: "boolean" },
        joinUrl: { type: ["string", "null"] },
        bookedAt: moment,
        changeableUntil: { type: ["string", "null"] },
        cancelReason: { type: ["string", "null"] },
        calendarFileUrl: { type: ["string", "null"] },
        version: { type: "integer" },
      }),
      Meeting: object({
        id: text,
        subject: text,
        status: {
          enum: ["pending", "draft", "confirmed", "done", "no-show", "cancelled", "declined"],
        },
        start: moment,
        end: moment,
        host: object({ id: text, name: text }),
        guests: list(text),
        guestZone: { type: ["string", "null"] },
        place: { type: ["string", "null"] },
        joinUrl: { type: ["string", "null"] },
        holdExpiresAt: { type: ["string", "null"] },
        version: { type: "integer" },
      }),
    },
  },
};

/** What this interface offers, as OpenAPI 3.1. */
export const GET = publicRoute(
  {
    route: "GET /api/v1/openapi.json",
    limits: countedReads,
  },
  () => jsonAnswer(200, document),
);
