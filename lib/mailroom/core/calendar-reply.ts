import ICAL from "ical.js";
import { momentOf, zoneOfProperty } from "@/lib/calendars/core/read-moment";
import type { MailAnswer } from "@/lib/meetings/core/mail-events";
import type { Instant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { UTC } from "@/lib/time/zone";

/** Longest calendar text that is read: an answer is a kilobyte, and nothing longer is one. */
const MOST_CHARACTERS = 200_000;
/** Dates of one series somebody may answer in one mail. */
const MOST_EVENTS = 50;

/** What one person's calendar answers about one entry, or one date of a series. */
export type CalendarReply = {
  readonly uid: string;
  /** Original start of the date it is about; undefined for a single meeting, or all of a series. */
  readonly recurrence: Instant | undefined;
  /** The revision that is answered. */
  readonly sequence: number;
  readonly saidAt: Instant | undefined;
  /** Lower case. */
  readonly attendee: string;
  /** Undefined when it says nothing we know: delegated, still undecided. */
  readonly answer: MailAnswer | undefined;
  readonly note: string | null;
  /** Of a counter-proposal: the time they would like better. */
  readonly proposed: Interval | undefined;
};

const ANSWERS: Readonly<Record<string, MailAnswer>> = {
  ACCEPTED: "accepted",
  TENTATIVE: "tentative",
  DECLINED: "declined",
};

const addressOf = (property: ICAL.Property): string =>
  String(property.getFirstValue() ?? "")
    .replace(/^mailto:/i, "")
    .trim()
    .toLowerCase();

function moment(event: ICAL.Component, name: string): Instant | undefined {
  const property = event.getFirstProperty(name);
  const value = property?.getFirstValue();
  if (!(value instanceof ICAL.Time)) return undefined;
  return momentOf(value, { zone: zoneOfProperty(property, UTC), reader: UTC });
}

const text = (event: ICAL.Component, name: string): string =>
  String(event.getFirstPropertyValue(name) ?? "");

// Nothing a note may carry but words and line breaks; the form behind the buttons refuses the same.
const UNPRINTABLE = /[\p{Cc}--[\n\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gv;

const noteOf = (event: ICAL.Component): string | null =>
  text(event, "comment")
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(UNPRINTABLE, "")
    .trim()
    .slice(0, 1_000) || null;

function readEvent(event: ICAL.Component, from: string, counters: boolean): CalendarReply[] {
  // Only the sender's own answer counts, whoever else stands in the file.
  const own = event.getAllProperties("attendee").find((one) => addressOf(one) === from);
  const uid = text(event, "uid");
  if (own === undefined || uid === "" || uid.length > 300) return [];
  const start = moment(event, "dtstart");
  const end = moment(event, "dtend");
  const sequence = Number(text(event, "sequence") || "0");
  return [
    {
      uid,
      recurrence: moment(event, "recurrence-id"),
      sequence: Number.isSafeInteger(sequence) ? sequence : 0,
      saidAt: moment(event, "dtstamp"),
      attendee: from,
      answer: ANSWERS[String(own.getFirstParameter("partstat") ?? "").toUpperCase()],
      note: noteOf(event),
      proposed:
        counters && start !== undefined && end !== undefined && end > start
          ? { from: start, to: end }
          : undefined,
    },
  ];
}

/**
 * What a calendar text answers (RFC 5546: REPLY, or COUNTER with another time), as far as `from`, in lower case, is who
 * answers. "other" when it is no answer; undefined when it cannot be read as a calendar. Never throws.
 */
export function readCalendarReply(
  calendar: string,
  from: string,
): readonly CalendarReply[] | "other" | undefined {
  if (calendar.length > MOST_CHARACTERS) return undefined;
  try {
    const root = new ICAL.Component(ICAL.parse(calendar));
    if (root.name !== "vcalendar") return undefined;
    const method = text(root, "method").toUpperCase();
    if (method !== "REPLY" && method !== "COUNTER") return "other";
    return root
      .getAllSubcomponents("vevent")
      .slice(0, MOST_EVENTS)
      .flatMap((event) => readEvent(event, from, method === "COUNTER"));
  } catch {
    return undefined;
  }
}
