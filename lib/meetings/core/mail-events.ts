/** What meetings are mailed about, in the order it happens. */
export const MAIL_EVENTS = [
  "requested",
  "new-request",
  "confirmed",
  "declined",
  "moved",
  "updated",
  "cancelled",
  "removed",
  "expired",
  "link-ready",
  "reminder",
  "summary-ready",
  "no-show",
  "proposed",
  "answered",
  "room-asked",
  "room-declined",
  "online-failed",
] as const;
export type MailEvent = (typeof MAIL_EVENTS)[number];

export const MAIL_ROLES = ["guest", "extra-guest", "host", "attendee", "manager"] as const;
export type MailRole = (typeof MAIL_ROLES)[number];

/** What of a meeting differs, as "its details changed" says it. */
export const MAIL_CHANGES = [
  "subject",
  "place",
  "agenda",
  "people",
  "attachments",
  "visibility",
] as const;
export type MailChange = (typeof MAIL_CHANGES)[number];

/** What somebody answers to an invitation. */
export const MAIL_ANSWERS = ["accepted", "tentative", "declined"] as const;
export type MailAnswer = (typeof MAIL_ANSWERS)[number];

/**
 * Which mails exist: every event, by the readers it is told to. The settings of a reader, the templates of a manager
 * and the previews are this table.
 */
export const MAIL_MATRIX: Readonly<Record<MailEvent, readonly MailRole[]>> = {
  requested: ["guest"],
  "new-request": ["host"],
  confirmed: ["guest", "extra-guest", "host", "attendee"],
  declined: ["guest", "extra-guest", "host", "attendee"],
  moved: ["guest", "extra-guest", "host", "attendee"],
  updated: ["guest", "extra-guest", "host", "attendee"],
  cancelled: ["guest", "extra-guest", "host", "attendee"],
  removed: ["guest", "extra-guest", "attendee"],
  expired: ["guest", "extra-guest", "host", "attendee"],
  "link-ready": ["guest", "extra-guest", "host", "attendee"],
  reminder: ["guest", "extra-guest", "host", "attendee"],
  "summary-ready": ["guest", "extra-guest", "host", "attendee"],
  "no-show": ["guest"],
  proposed: ["host"],
  answered: ["host"],
  "room-asked": ["manager"],
  "room-declined": ["host"],
  "online-failed": ["host", "manager"],
};
