import { z } from "zod";
import { parseInstant } from "@/lib/time/instant";
import { parseTimeZone } from "@/lib/time/zone";
import type { MailEvent } from "./mail-events";
import { MAIL_ANSWERS, MAIL_CHANGES, MAIL_EVENTS, MAIL_ROLES } from "./mail-events";

// Deliberately narrow: one plain address, nothing a header or an ICS line could be split by.
const address = z
  .string()
  .max(254)
  .regex(/^[^\s<>()[\]\\,;:"@]{1,64}@[^\s<>()[\]\\,;:"@]+$/, "must be one mail address");
const moment = z.string().refine((text) => parseInstant(text) !== undefined, {
  error: "must be ISO 8601 with Z",
});
const zone = z.string().refine((name) => parseTimeZone(name) !== undefined, {
  error: "must be a time zone",
});
const link = z
  .string()
  .max(2_000)
  .refine((text) => /^https?:\/\/[^\s"<>]+$/.test(text) && URL.canParse(text), {
    error: "must be an http or https address",
  });
const name = z.string().min(1).max(300);

/** One date of a series that differs from it, as this reader is told of it. */
const dateThatDiffers = z.strictObject({
  recurrenceId: moment,
  start: moment,
  end: moment,
  sequence: z.int().min(0),
  subject: name,
  place: z.string().max(2_000).optional(),
});

/** The series a meeting belongs to, as this reader is told of it. */
const series = z.strictObject({
  /** RRULE without its name, in local time of `zone`. */
  rule: z.string().max(500),
  zone,
  /** Wall time of the first date. */
  startsLocal: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/),
  minutes: z.int().min(1).max(1_440),
  /** Whether the mail speaks of the series, or of one of its dates. */
  scope: z.enum(["all", "one"]),
  /** Original start of the date the mail stands at. */
  recurrenceId: moment,
  /** Original starts that are none of this reader's. Of "all" only, like what follows. */
  excluded: z.array(moment).max(1_000),
  exceptions: z.array(dateThatDiffers).max(1_000),
  /** It ends earlier than it was to: dates before that stand in the calendar. */
  shortened: z.boolean().optional(),
});

export type SeriesFacts = z.infer<typeof series>;

const meeting = z.strictObject({
  id: z.string().min(1),
  /** UID of the calendar file: made once per meeting, the same for life. */
  uid: z.string().regex(/^[\w.@-]{1,200}$/),
  /** Revision of the calendar file: 0 first, one more on every change of time, place or status. */
  sequence: z.int().min(0),
  /** Whether the time is settled. A moved meeting may wait for the host's yes again. */
  settled: z.boolean(),
  /** Whether this reader was sent a calendar file for this meeting before; decides if one is withdrawn. */
  invited: z.boolean(),
  subject: name,
  start: moment,
  end: moment,
  /** Where the meeting was before it was moved. */
  previousStart: moment.optional(),
  previousEnd: moment.optional(),
  joinUrl: link.optional(),
  joinId: z.string().max(100).optional(),
  joinPasscode: z.string().max(100).optional(),
  /** It is held online and its link is still being made: it follows in a mail of its own. */
  linkFollows: z.boolean().optional(),
  /** It went out before its link was there; its reader is sent the link when it comes. */
  wentWithoutLink: z.boolean().optional(),
  /** Papers, by their addresses. */
  attachments: z
    .array(z.strictObject({ title: z.string().min(1).max(200), url: link }))
    .max(50)
    .optional(),
  /** Of "updated": what differs. */
  changes: z.array(z.enum(MAIL_CHANGES)).optional(),
  /** Another time somebody would like better. */
  proposal: z
    .strictObject({ by: name, start: moment, end: moment, note: z.string().max(1_000).optional() })
    .optional(),
  /** What somebody answered to the invitation. */
  answer: z
    .strictObject({
      by: name,
      answer: z.enum(MAIL_ANSWERS),
      required: z.boolean(),
      note: z.string().max(1_000).optional(),
    })
    .optional(),
  /** Of a room's mails: which room is asked for, or was refused. */
  room: name.optional(),
  /** Of "summary-ready": what was said and agreed, as text. */
  minutes: z.string().max(20_000).optional(),
  /** Why the online meeting could not be made, in words a person can act on. */
  cause: z.string().max(500).optional(),
  /** Address, phone number or room in words, when there is no room of ours. */
  place: z.string().max(500).optional(),
  /** The host's own words, one item a line. */
  agenda: z.string().max(4_000).optional(),
  linkName: z.string().max(200).optional(),
  /** Address of the booking link, which its guests know: where another time is picked. */
  linkToken: z.string().max(200).optional(),
  hostName: name,
  hostEmail: address,
  hostZone: zone,
  /** Who booked; undefined for a meeting made in the office. */
  guest: z.strictObject({ name, email: address, zone }).optional(),
  /** Who moved or cancelled it. */
  changedBy: z.enum(["guest", "host"]).optional(),
  reason: z.string().max(2_000).optional(),
  /** What the guest typed: shown to the host and to nobody else. */
  note: z.string().max(4_000).optional(),
  answers: z.array(z.strictObject({ question: name, answer: z.string().max(2_000) })).optional(),
  rooms: z.array(z.strictObject({ name, detail: z.string().max(200).optional(), zone })),
  /** The online meeting's provider, shown in the host's zone. */
  provider: z.strictObject({ name, zone }).optional(),
  /** Of a meeting that repeats; `uid` and `sequence` are the series' then. */
  series: series.optional(),
  /** Marks the calendar entry CLASS:PRIVATE. */
  private: z.boolean().optional(),
  /** Minutes before the start at which the calendar rings; 15 when absent, 0 for never. */
  alarmMinutes: z.int().min(0).max(10_080).optional(),
});

/**
 * Everything one mail says to one reader, as it was when the thing happened. It is stored with the
 * outbox row, so that a mail sent or sent again later still speaks of its own event and not of the
 * meeting's latest state. All values are JSON: moments are ISO 8601 with `Z`, zones IANA names.
 */
export const mailFacts = z.strictObject({
  event: z.enum(MAIL_EVENTS),
  /** When it happened: DTSTAMP of the calendar file. */
  occurredAt: moment,
  meeting,
  reader: z.strictObject({
    role: z.enum(MAIL_ROLES),
    name,
    email: address,
    zone,
    /** BCP 47; a language not spoken here is answered in the default one. */
    locale: z.string().max(35),
    hourCycle: z.union([z.literal(12), z.literal(24)]).optional(),
    /** False: may come, and nothing waits for them. */
    required: z.boolean().optional(),
    /** Chose this time themselves, so there is nothing to ask them. */
    booked: z.boolean().optional(),
    /** What they answered so far. */
    answer: z.enum(["needs-action", ...MAIL_ANSWERS]).optional(),
    /** Of a reader who does not take part: whose settings decide whether it is sent. */
    userId: z.uuid().optional(),
  }),
  workspace: z.strictObject({ name, zone, senderAddress: address }),
  /** The guest's own capability: never given to another reader's mail. */
  manageUrl: link.optional(),
  /** The meeting in the office, for people who sign in. */
  meetingUrl: link.optional(),
  /** A signed address of the calendar file. */
  calendarFileUrl: link.optional(),
  /** Where somebody whose time fell through picks another one. */
  bookAgainUrl: link.optional(),
  settingsUrl: link.optional(),
  /** Where this reader says yes, maybe or no; `?answer=` is added to it. */
  answerUrl: link.optional(),
  /** Where calendar programs send their answers; the sender's address when there is none. */
  organizer: address.optional(),
  /** Until when a request is kept before it lapses. */
  holdUntil: moment.optional(),
  /** Who else comes; given only when the meeting shares its list. Addresses are for the calendar file alone. */
  others: z
    .array(
      z.strictObject({
        name,
        email: address,
        required: z.boolean(),
        answer: z.enum(["needs-action", ...MAIL_ANSWERS]),
      }),
    )
    .max(1_000)
    .optional(),
});

export type MailFacts = z.infer<typeof mailFacts>;

/** Reads a stored snapshot. Throws a ZodError naming the field when it is not one. */
export const parseMailFacts = (stored: unknown): MailFacts => mailFacts.parse(stored);

/** The mail says that the time no longer stands. */
export const isCalledOff = ({ event }: MailFacts): boolean =>
  event === "declined" || event === "cancelled" || event === "expired" || event === "removed";

/** This reader was invited by somebody else: the meeting asks them whether they come. */
export const isAsked = ({ reader, meeting, event }: MailFacts): boolean =>
  reader.role !== "host" &&
  reader.role !== "manager" &&
  (reader.role === "guest" ? reader.booked === false : true) &&
  meeting.settled &&
  event !== "summary-ready" &&
  event !== "no-show";

/** What the calendar part of a mail does, or undefined when the mail carries none. */
export type CalendarMethod = "REQUEST" | "CANCEL";

/**
 * The rules of `docs/decisions/0004-calendar-files.md` in one place. The host is the organizer in all
 * but address, so gets none; neither does whoever reads the organizer's own mailbox.
 */
export function calendarMethodOf({ event, meeting, reader, workspace }: MailFacts) {
  if (reader.role === "host" || reader.role === "manager") return undefined;
  if (reader.email.toLowerCase() === workspace.senderAddress.toLowerCase()) return undefined;
  const method: Record<MailEvent, CalendarMethod | undefined> = {
    requested: undefined,
    "new-request": undefined,
    reminder: undefined,
    "summary-ready": undefined,
    "no-show": undefined,
    proposed: undefined,
    answered: undefined,
    "room-asked": undefined,
    "room-declined": undefined,
    "online-failed": undefined,
    confirmed: "REQUEST",
    // Details reach the entry in the calendar; one that has none gets none by a change of them.
    updated: meeting.settled && meeting.invited ? "REQUEST" : undefined,
    "link-ready": meeting.settled ? "REQUEST" : undefined,
    // An unsettled time that nobody has in the calendar yet stays out of it.
    moved: meeting.settled || meeting.invited ? "REQUEST" : undefined,
    declined: meeting.invited ? "CANCEL" : undefined,
    cancelled: meeting.invited ? "CANCEL" : undefined,
    expired: meeting.invited ? "CANCEL" : undefined,
    removed: meeting.invited ? "CANCEL" : undefined,
  };
  // A series that only ends earlier stays in the calendar, with a new end.
  if (meeting.series?.shortened === true && method[event] === "CANCEL") return "REQUEST";
  return method[event];
}
