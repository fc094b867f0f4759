import ICAL from "ical.js";
import { expect } from "vitest";

type File = { readonly method: string; readonly content: string };

/** What a calendar knows under one UID. */
type Entry = {
  master: ICAL.Component | null;
  readonly single: Map<string, ICAL.Component>;
  zones: readonly ICAL.Component[];
};

const text = (event: ICAL.Component, name: string): string =>
  String(event.getFirstPropertyValue(name) ?? "");

/** A series as a calendar takes it in: it replaces what was known of its dates. */
function takeSeries(held: Map<string, Entry>, event: ICAL.Component, file: ICAL.Component): void {
  const uid = text(event, "uid");
  const before = held.get(uid)?.master;
  if (before)
    expect(Number(text(event, "sequence"))).toBeGreaterThan(Number(text(before, "sequence")));
  if (text(file, "method") === "CANCEL") held.delete(uid);
  else
    held.set(uid, {
      master: event,
      single: new Map(),
      zones: file.getAllSubcomponents("vtimezone"),
    });
}

function startsOf({ master, single, zones }: Entry): string[] {
  if (master === null) return [];
  for (const zone of zones) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const parts = [...zones, master, ...single.values()].map(String).join("\r\n");
  const whole = new ICAL.Component(ICAL.parse(`BEGIN:VCALENDAR\r\n${parts}\r\nEND:VCALENDAR`));
  const event = new ICAL.Event(whole.getFirstSubcomponent("vevent") ?? undefined);
  const starts: string[] = [];
  const steps = event.iterator();
  for (let next = steps.next(); next; next = steps.next()) {
    const { item, startDate } = event.getOccurrenceDetails(next);
    if (text(item.component, "status") !== "CANCELLED")
      starts.push(new Date(startDate.toUnixTime() * 1_000).toISOString().slice(0, 16));
  }
  ICAL.TimezoneService.reset();
  return starts.sort();
}

/**
 * What the calendar of somebody who was sent these files, one after the other, has in the end: by UID, the starts of
 * its dates, UTC to the minute. Read by another program than the one that wrote them; METHOD and SEQUENCE are checked
 * on the way.
 */
export function calendarOf(files: readonly File[]): ReadonlyMap<string, readonly string[]> {
  const held = new Map<string, Entry>();
  for (const { method, content } of files) {
    const file = new ICAL.Component(ICAL.parse(content));
    expect(text(file, "method")).toBe(method);
    for (const event of file.getAllSubcomponents("vevent")) {
      const id = text(event, "recurrence-id");
      if (id === "") takeSeries(held, event, file);
      else held.get(text(event, "uid"))?.single.set(id, event);
    }
  }
  return new Map([...held].map(([uid, entry]) => [uid, startsOf(entry)]));
}
