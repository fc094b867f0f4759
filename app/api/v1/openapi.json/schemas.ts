import { crmSchemas } from "./crm-schemas";
import { roomSchemas } from "./room-schemas";
import { list, moment, nullableText, object, text } from "./shapes";

/** What stands in the way; of meetings the caller may not read only when. */
export const conflict = object({
  kind: { enum: ["person", "room", "virtual-room"] },
  name: text,
  required: { type: "boolean" },
  why: { enum: ["meeting", "busy-elsewhere", "out-of-service", "closed"] },
  from: moment,
  to: moment,
  subject: nullableText,
  meetingId: nullableText,
});

/** What answers are made of, by name. */
export const schemas = {
  Error: object({
    error: object({
      code: text,
      message: text,
      fields: { type: "object" },
      reference: text,
      nextSlots: list(object({ start: moment })),
      conflicts: list(conflict),
      dates: list(object({ at: moment, start: moment, end: moment, conflicts: list(conflict) })),
      meetings: list(object({ subject: nullableText, start: moment })),
      moreMeetings: { type: "integer" },
      links: list(text),
      changes: list(object({ field: text, at: moment, by: nullableText })),
    }),
  }),
  ...crmSchemas,
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
    sequence: { type: "integer" },
    visibility: { enum: ["public", "private"] },
    agenda: nullableText,
    people: list(
      object({
        userId: nullableText,
        name: text,
        email: text,
        role: { enum: ["host", "attendee", "guest", "extra-guest"] },
        zone: text,
        required: { type: "boolean" },
        coHost: { type: "boolean" },
        answer: { enum: ["needs-action", "accepted", "declined", "tentative"] },
      }),
    ),
    rooms: list(
      object({
        id: text,
        name: text,
        location: text,
        zone: text,
        state: { enum: ["approved", "asked", "declined", "released"] },
      }),
    ),
    virtualRoom: {
      type: ["object", "null"],
      properties: {
        id: text,
        name: text,
        provider: { enum: ["jitsi", "zoom", "google_meet", "teams", "link"] },
        state: nullableText,
        cause: nullableText,
      },
    },
    attachments: list(object({ title: text, url: text })),
    reminderMinutes: { type: ["array", "null"], items: { type: "integer" } },
    series: {
      type: ["object", "null"],
      properties: { id: text, rule: text, zone: text, originalStart: moment },
    },
    cancelReason: nullableText,
    /** Of a series: how many dates were made, changed or cancelled at once. */
    dateCount: { type: "integer" },
  }),
  ...roomSchemas,
};
