/** What became of a time that somebody booked through a link. */
export const BOOKING_KINDS = [
  "requested",
  "booked",
  "confirmed",
  "declined",
  "expired",
  "moved",
  "cancelled",
  "restored",
  "joined",
  "left",
  "done",
  "no-show",
] as const;

/** What became of a meeting that staff made, and of any meeting beyond its booking. */
export const MEETING_KINDS = [
  "booked",
  "confirmed",
  "edited",
  "moved",
  "cancelled",
  "restored",
  "reopened",
  "handed-over",
  "done",
  "no-show",
  "answer-accepted",
  "answer-tentative",
  "answer-declined",
  "minutes-written",
  "summary-arrived",
] as const;

/** What became of a lead. */
export const LEAD_KINDS = [
  "created",
  "edited",
  "converted",
  "assigned",
  "lost",
  "junked",
  "reopened",
  "merged",
  "deleted",
  "restored",
] as const;

/** What became of an opportunity. */
export const OPPORTUNITY_KINDS = [
  "created",
  "edited",
  "moved",
  "assigned",
  "won",
  "lost",
  "reopened",
  "restated",
  "parked",
  "merged",
  "deleted",
  "restored",
] as const;

/** What an endpoint can ask to be told, by name. */
export const WEBHOOK_EVENTS = [
  ...BOOKING_KINDS.map((kind) => `booking.${kind}` as const),
  ...MEETING_KINDS.map((kind) => `meeting.${kind}` as const),
  ...LEAD_KINDS.map((kind) => `lead.${kind}` as const),
  ...OPPORTUNITY_KINDS.map((kind) => `opportunity.${kind}` as const),
] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Sent when somebody asks for it, to endpoints of any choice. */
export const TEST_EVENT = "webhook.test";

const has = <Kind extends string>(kinds: readonly Kind[], kind: string): kind is Kind =>
  (kinds as readonly string[]).includes(kind);

/**
 * What a change of a meeting is called outside, by its kind in the meeting's history; undefined for what is nobody's
 * business outside, such as a draft or a mail that was sent again.
 */
export function eventOf(kind: string, throughLink: boolean): WebhookEvent | undefined {
  if (throughLink && has(BOOKING_KINDS, kind)) return `booking.${kind}`;
  return has(MEETING_KINDS, kind) ? `meeting.${kind}` : undefined;
}

/**
 * What a change of a lead is called outside. What was converted is told as the lead it was; what was taken back is an
 * edit; undefined for what is nobody's business outside.
 */
export function leadEventOf(event: string, kind: "lead" | "opportunity"): WebhookEvent | undefined {
  if (event === "converted") return "lead.converted";
  const told = event === "undone" ? "edited" : event;
  if (kind === "lead") return has(LEAD_KINDS, told) ? `lead.${told}` : undefined;
  return has(OPPORTUNITY_KINDS, told) ? `opportunity.${told}` : undefined;
}

type Snapshot = Readonly<Record<string, unknown>>;

/** Of a private meeting only when it is and whose: the same as every colleague sees. */
export const hiddenFrom = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  subject: "",
  guests: [],
  guestZone: null,
  place: null,
  joinUrl: null,
});
