import ICAL from "ical.js";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { addDays, daysBetween, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { dateOf, momentOf, zoneOfProperty } from "./read-moment";

/** A file that is refused whole. `cause` is what its owner is told, by key. */
export class CalendarUnreadable extends Error {
  override readonly name = "CalendarUnreadable";
  readonly why: "malformed" | "too-many-events" | "too-many-repetitions";
  constructor(why: CalendarUnreadable["why"], options?: ErrorOptions) {
    super(why, options);
    this.why = why;
  }
}

export type ExpandQuery = {
  /** Busy times are wanted for this span; what touches it is returned whole. */
  readonly window: Interval;
  /** Of the calendar's owner: for days, and for times without a zone. */
  readonly zone: TimeZone;
  /** Addresses the owner is invited under, in lower case: what they declined is not busy. */
  readonly addresses: readonly string[];
};

/** When somebody is busy by one event of a file, with all its repetitions in the window. */
export type BusyEvent = { readonly uid: string; readonly spans: readonly Interval[] };

export type Expanded = {
  readonly events: readonly BusyEvent[];
  /** Events that could not be understood and are left out. */
  readonly unread: number;
};

const MOST_EVENTS = 20_000;
/** Repetitions of one event that are counted through: a day for 130 years, an hour for five. */
const MOST_STEPS = 50_000;
const MOST_STEPS_IN_ALL = 400_000;

type Budget = { steps: number };

const textOf = (event: ICAL.Component, name: string): string =>
  String(event.getFirstPropertyValue(name) ?? "").toUpperCase();

/** Does this entry take time at all? Tentative does; what is cancelled, free or declined does not. */
function takesTime(event: ICAL.Component, addresses: readonly string[]): boolean {
  if (textOf(event, "status") === "CANCELLED") return false;
  if (textOf(event, "transp") === "TRANSPARENT") return false;
  if (textOf(event, "x-microsoft-cdo-busystatus") === "FREE") return false;
  return !event.getAllProperties("attendee").some((attendee) => {
    const address = String(attendee.getFirstValue() ?? "")
      .replace(/^mailto:/i, "")
      .toLowerCase();
    return (
      addresses.includes(address) &&
      attendee.getFirstParameter("partstat")?.toUpperCase() === "DECLINED"
    );
  });
}

/** Milliseconds an event takes: to its end in that end's own zone, or as long as it says. */
function lengthOf(
  component: ICAL.Component,
  event: ICAL.Event,
  { zone, reader, from }: { zone: TimeZone; reader: TimeZone; from: Instant },
): number {
  const said = Math.max(0, event.duration.toSeconds() * 1000);
  const end = component.getFirstProperty("dtend");
  if (end === null) return said;
  const to = momentOf(event.endDate, { zone: zoneOfProperty(end, zone), reader });
  // From an hour that the clocks leave out to the one after nothing would be left.
  return to > from ? to - from : said;
}

/** How an event's own times are read, and how long each of its occurrences takes. */
function readerOf(component: ICAL.Component, query: ExpandQuery) {
  const event = new ICAL.Event(component, { strictExceptions: true });
  const start = event.startDate;
  if (!start) throw new RangeError("an event without a start");
  const zones = {
    zone: zoneOfProperty(component.getFirstProperty("dtstart"), query.zone),
    reader: query.zone,
  };
  const moment = (time: ICAL.Time): Instant => momentOf(time, zones);
  if (start.isDate) {
    const days = Math.max(1, daysBetween(dateOf(start), dateOf(event.endDate)));
    const spanOf = (time: ICAL.Time): Interval => ({
      from: moment(time),
      to: startOfDay(addDays(dateOf(time), days), query.zone),
    });
    return { event, moment, spanOf };
  }
  const lengthMs = lengthOf(component, event, { ...zones, from: moment(start) });
  const spanOf = (time: ICAL.Time): Interval => {
    const from = moment(time);
    return { from, to: instantOf(from + lengthMs) };
  };
  return { event, moment, spanOf };
}

const touches = ({ from, to }: Interval, window: Interval): boolean =>
  from < to && from < window.to && to > window.from;

function spend(budget: Budget, own: number): void {
  budget.steps += 1;
  if (own > MOST_STEPS || budget.steps > MOST_STEPS_IN_ALL) {
    throw new CalendarUnreadable("too-many-repetitions");
  }
}

/** An occurrence that was changed on its own: which one, and what it is now. */
type Change = {
  readonly original: number;
  readonly following: boolean;
  readonly shiftMs: number;
  readonly lengthMs: number;
  readonly busy: boolean;
};

function changeOf(component: ICAL.Component, query: ExpandQuery): Change & { span: Interval } {
  const { spanOf, event } = readerOf(component, query);
  const property = component.getFirstProperty("recurrence-id");
  const zone = zoneOfProperty(property, query.zone);
  const original = momentOf(event.recurrenceId, { zone, reader: query.zone });
  const span = spanOf(event.startDate);
  return {
    original,
    following: property?.getFirstParameter("range")?.toUpperCase() === "THISANDFUTURE",
    shiftMs: span.from - original,
    lengthMs: span.to - span.from,
    busy: takesTime(component, query.addresses),
    span,
  };
}

/** The occurrences of a repeated event, those left out that were changed or excluded. */
function repetitions(
  master: ICAL.Component,
  changes: readonly Change[],
  query: ExpandQuery,
  budget: Budget,
): Interval[] {
  const { event, spanOf } = readerOf(master, query);
  const changed = new Set(changes.map(({ original }) => original));
  const following = changes
    .filter((change) => change.following)
    .sort((a, b) => b.original - a.original);
  const busy = takesTime(master, query.addresses);
  const spans: Interval[] = [];
  const iterator = event.iterator();
  let steps = 0;
  for (let next = iterator.next(); next; next = iterator.next()) {
    steps += 1;
    spend(budget, steps);
    const span = spanOf(next);
    const late = following.find(({ original }) => original < span.from);
    // What was moved forward from behind the window still belongs into it.
    if (span.from + Math.min(0, late?.shiftMs ?? 0) >= query.window.to) break;
    if (changed.has(span.from)) continue;
    if (late === undefined) {
      if (busy) spans.push(span);
    } else if (late.busy) {
      const from = instantOf(span.from + late.shiftMs);
      spans.push({ from, to: instantOf(from + late.lengthMs) });
    }
  }
  return spans;
}

function spansOf(
  components: readonly ICAL.Component[],
  query: ExpandQuery,
  budget: Budget,
): Interval[] {
  const masters = components.filter((one) => !one.hasProperty("recurrence-id"));
  const changes = components
    .filter((one) => one.hasProperty("recurrence-id"))
    .map((one) => changeOf(one, query));
  const spans = changes.filter(({ busy }) => busy).map(({ span }) => span);
  for (const master of masters) {
    const { event, spanOf } = readerOf(master, query);
    if (event.isRecurring()) spans.push(...repetitions(master, changes, query, budget));
    else if (takesTime(master, query.addresses)) spans.push(spanOf(event.startDate));
  }
  return spans.filter((span) => touches(span, query.window));
}

/** The calendars of one text: a feed is one, and some servers send several behind each other. */
function calendarsOf(text: string): ICAL.Component[] {
  try {
    const parsed: unknown[] = ICAL.parse(text);
    const roots = typeof parsed[0] === "string" ? [parsed] : parsed;
    const calendars = roots.map((root) => new ICAL.Component(root as string));
    if (calendars.length > 0 && calendars.every(({ name }) => name === "vcalendar"))
      return calendars;
  } catch (cause) {
    throw new CalendarUnreadable("malformed", { cause });
  }
  throw new CalendarUnreadable("malformed");
}

/** The events of these texts, those of one UID together: an event, and the occurrences that were changed. */
function groupsOf(texts: readonly string[]): ReadonlyMap<string, readonly ICAL.Component[]> {
  const groups = new Map<string, ICAL.Component[]>();
  let count = 0;
  for (const calendar of texts.flatMap(calendarsOf)) {
    for (const component of calendar.getAllSubcomponents("vevent")) {
      count += 1;
      if (count > MOST_EVENTS) throw new CalendarUnreadable("too-many-events");
      const uid = String(component.getFirstPropertyValue("uid") ?? `nameless-${count}`);
      const group = groups.get(uid);
      if (group === undefined) groups.set(uid, [component]);
      else group.push(component);
    }
  }
  return groups;
}

/**
 * When somebody is busy by these calendar files, event by event. Pure; bounded in events and repetitions, not in time:
 * whoever reads strangers' files puts a clock beside it. An event that cannot be understood is counted and left out;
 * throws CalendarUnreadable for a file that is no calendar, or too much of one.
 */
export function expandCalendars(texts: readonly string[], query: ExpandQuery): Expanded {
  const budget: Budget = { steps: 0 };
  const events: BusyEvent[] = [];
  let unread = 0;
  for (const [uid, components] of groupsOf(texts)) {
    try {
      const spans = spansOf(components, query, budget);
      if (spans.length > 0) events.push({ uid, spans });
    } catch (error) {
      if (error instanceof CalendarUnreadable) throw error;
      unread += 1;
    }
  }
  return { events, unread };
}
