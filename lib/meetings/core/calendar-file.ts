import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from "ical-generator";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { multiLine, singleLine } from "./inert-text";
import type { CalendarMethod } from "./mail-facts";

/** Somebody who comes, and what they answered so far. */
export type CalendarAttendee = {
  readonly name: string;
  readonly email: string;
  readonly required: boolean;
  readonly answer: "needs-action" | "accepted" | "tentative" | "declined";
};

/** One meeting as one reader's calendar shows it. Moments are instants; the file is in UTC throughout. */
export type CalendarFileFacts = {
  readonly method: CalendarMethod;
  /** False while the time waits for the host's yes. Meaningless for CANCEL. */
  readonly settled: boolean;
  /** The same for the life of the meeting. */
  readonly uid: string;
  /** One more on every change, CANCEL included. */
  readonly sequence: number;
  readonly stampedAt: Instant;
  readonly start: Instant;
  readonly end: Instant;
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly url?: string;
  /** Constant for the meeting's life, and never the reader. */
  readonly organizer: { readonly name: string; readonly email: string };
  /** The one reader. Not `asked`: booked it themselves, so there is nothing to ask. */
  readonly attendee: CalendarAttendee & { readonly asked: boolean };
  /** Who else comes, of a meeting that shares its list. */
  readonly others?: readonly CalendarAttendee[];
  readonly private: boolean;
  /** Minutes before the start; undefined rings never. */
  readonly alarmMinutes?: number;
};

function statusOf({ method, settled }: CalendarFileFacts) {
  if (method === "CANCEL")
    return { status: ICalEventStatus.CANCELLED, busystatus: ICalEventBusyStatus.FREE };
  return settled
    ? { status: ICalEventStatus.CONFIRMED, busystatus: ICalEventBusyStatus.BUSY }
    : { status: ICalEventStatus.TENTATIVE, busystatus: ICalEventBusyStatus.TENTATIVE };
}

// A name travels as a parameter, where a backslash has no meaning (RFC 5545 3.2), yet common readers
// take `\\n` there for a line break. Nobody's name needs one.
const parameterValue = (text: string): string => singleLine(text).replaceAll("\\", "/");

const ANSWERS = {
  "needs-action": ICalAttendeeStatus.NEEDSACTION,
  accepted: ICalAttendeeStatus.ACCEPTED,
  tentative: ICalAttendeeStatus.TENTATIVE,
  declined: ICalAttendeeStatus.DECLINED,
} as const satisfies Record<CalendarAttendee["answer"], ICalAttendeeStatus>;

const attendeeOf = ({ name, email, required, answer }: CalendarAttendee, asked: boolean) => ({
  name: parameterValue(name) || email,
  email,
  role: required ? ICalAttendeeRole.REQ : ICalAttendeeRole.OPT,
  type: ICalAttendeeType.INDIVIDUAL,
  status: ANSWERS[answer],
  rsvp: asked,
});

/** The reader first, then those the meeting names to them; nobody twice, and never the organizer. */
function attendeesOf({ attendee, others = [], organizer }: CalendarFileFacts) {
  const known = new Set([attendee.email.toLowerCase(), organizer.email.toLowerCase()]);
  const rest = others.filter(({ email }) => {
    const isNew = !known.has(email.toLowerCase());
    known.add(email.toLowerCase());
    return isNew;
  });
  return [attendeeOf(attendee, attendee.asked), ...rest.map((other) => attendeeOf(other, false))];
}

// A URI is no TEXT (RFC 5545 3.3.13), yet the library would put a backslash before these two.
const uriValue = (url: string): string =>
  new URL(url).href.replaceAll(",", "%2C").replaceAll(";", "%3B");

function assertDeliverable(facts: CalendarFileFacts): void {
  if (facts.organizer.email.toLowerCase() === facts.attendee.email.toLowerCase())
    throw new Error("the organizer of a calendar file cannot be its reader");
  if (facts.end <= facts.start) throw new RangeError("a meeting ends after it starts");
  if (!/^[\w.@-]+$/.test(facts.uid)) throw new Error(`not a UID: ${facts.uid}`);
}

/**
 * The iCalendar object (RFC 5545, RFC 5546) of one meeting for one reader, CRLF line ends, folded at
 * 75 octets. Pure: equal facts give equal text. Throws when the reader is the organizer, the end does
 * not follow the start, or the UID could split a line.
 */
export function buildCalendarFile(facts: CalendarFileFacts): string {
  assertDeliverable(facts);
  // No calendar time zone: with one the library drops the Z of DTSTAMP, and single meetings need none.
  const calendar = ical({
    prodId: { company: "Meridian", product: "Meetings", language: "EN" },
    method: ICalCalendarMethod[facts.method],
  });
  const event = calendar.createEvent({
    id: facts.uid,
    sequence: facts.sequence,
    stamp: new Date(facts.stampedAt),
    start: new Date(facts.start),
    end: new Date(facts.end),
    summary: singleLine(facts.summary),
    transparency: ICalEventTransparency.OPAQUE,
    class: facts.private ? ICalEventClass.PRIVATE : ICalEventClass.PUBLIC,
    organizer: {
      name: parameterValue(facts.organizer.name) || facts.organizer.email,
      email: facts.organizer.email,
    },
    attendees: attendeesOf(facts),
    ...statusOf(facts),
    ...(facts.description ? { description: multiLine(facts.description) } : {}),
    ...(facts.location ? { location: singleLine(facts.location, 500) } : {}),
    ...(facts.url ? { url: uriValue(facts.url) } : {}),
  });
  if (facts.alarmMinutes && facts.method === "REQUEST")
    event.createAlarm({
      type: ICalAlarmType.display,
      trigger: facts.alarmMinutes * 60,
      description: singleLine(facts.summary),
    });
  return `${calendar.toString()}\r\n`;
}

/** What an add-to-calendar address carries. */
export type CalendarEntry = Pick<
  CalendarFileFacts,
  "summary" | "start" | "end" | "description" | "location"
>;

const compact = (moment: Instant): string => toIso(moment).replace(/[-:]|\.\d{3}/g, "");

const withQuery = (address: string, query: Record<string, string | undefined>): string => {
  const url = new URL(address);
  for (const [key, value] of Object.entries(query)) if (value) url.searchParams.set(key, value);
  return url.href;
};

/** Opens Google Calendar's form filled in. Nothing is sent until the reader saves it. */
export const googleCalendarUrl = (entry: CalendarEntry): string =>
  withQuery("https://calendar.google.com/calendar/render", {
    action: "TEMPLATE",
    text: singleLine(entry.summary),
    dates: `${compact(entry.start)}/${compact(entry.end)}`,
    details: entry.description && multiLine(entry.description, 1_500),
    location: entry.location && singleLine(entry.location, 500),
  });

/** Opens Outlook's form filled in, for personal and company accounts alike. */
export const outlookCalendarUrl = (entry: CalendarEntry): string =>
  withQuery("https://outlook.office.com/calendar/0/deeplink/compose", {
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: singleLine(entry.summary),
    startdt: toIso(entry.start),
    enddt: toIso(entry.end),
    body: entry.description && multiLine(entry.description, 1_500),
    location: entry.location && singleLine(entry.location, 500),
  });
