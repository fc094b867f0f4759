import ical, {
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from "ical-generator";
import { multiLine, singleLine } from "@/lib/meetings/core/inert-text";
import type { Instant } from "@/lib/time/instant";

/** One meeting as its own people's calendars show it: without a METHOD, because nobody is asked anything. */
export type OwnEvent = {
  readonly meetingId: string;
  /** The meeting's own, for life, and the one its invitations carry. */
  readonly uid: string;
  readonly sequence: number;
  /** When it was changed last: an unchanged meeting is written in the same bytes. */
  readonly changedAt: Instant;
  readonly start: Instant;
  readonly end: Instant;
  readonly subject: string;
  /** Where, in words; empty where there is nowhere. */
  readonly place: string;
  readonly joinUrl: string | null;
  readonly agenda: string | null;
  /** Names of the others, without their addresses. */
  readonly people: readonly string[];
  readonly private: boolean;
  /** Asked for and not yet answered: its time is held. */
  readonly tentative: boolean;
};

// A URI is no TEXT (RFC 5545 3.3.13), yet the library would put a backslash before these two.
const uriValue = (url: string): string =>
  new URL(url).href.replaceAll(",", "%2C").replaceAll(";", "%3B");

function descriptionOf(event: OwnEvent, page: string): string {
  const people = event.people.map((name) => singleLine(name, 120)).filter(Boolean);
  const shown = people.slice(0, 20).join(", ");
  const more = people.length > 20 ? ` + ${people.length - 20}` : "";
  return multiLine(
    [shown + more, event.joinUrl ?? "", event.agenda ?? "", page].filter(Boolean).join("\n\n"),
  );
}

/**
 * The iCalendar object (RFC 5545) of somebody's own meetings: times in UTC, series as the meetings they are made of,
 * nobody's address. Pure: equal events give equal bytes.
 */
export function buildOwnCalendar(
  events: readonly OwnEvent[],
  { appUrl, name }: { readonly appUrl: string; readonly name?: string },
): string {
  const calendar = ical({
    prodId: { company: "Meridian", product: "Meetings", language: "EN" },
    ...(name === undefined ? {} : { name: singleLine(name, 120), ttl: 900 }),
  });
  for (const event of events) {
    const page = `${appUrl}/meetings/${event.meetingId}`;
    const place = singleLine(event.place);
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      stamp: new Date(event.changedAt),
      lastModified: new Date(event.changedAt),
      start: new Date(event.start),
      end: new Date(event.end),
      summary: singleLine(event.subject),
      description: descriptionOf(event, page),
      url: uriValue(event.joinUrl ?? page),
      transparency: ICalEventTransparency.OPAQUE,
      class: event.private ? ICalEventClass.PRIVATE : ICalEventClass.PUBLIC,
      status: event.tentative ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      busystatus: event.tentative ? ICalEventBusyStatus.TENTATIVE : ICalEventBusyStatus.BUSY,
      ...(place === "" ? {} : { location: place }),
    });
  }
  return `${calendar.toString()}\r\n`;
}
