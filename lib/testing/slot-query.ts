import type { HostAvailability, SlotQuery, WeeklyRange } from "@/lib/availability/core/query";
import { availableSlots, explainSlot } from "@/lib/availability/core/slots";
import type { HostId } from "@/lib/ids";
import type { MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";

export const at = (iso: string): Instant => Date.parse(iso) as Instant;
export const span = (from: string, to: string): Interval => ({ from: at(from), to: at(to) });
export const zoneOf = (name: string) => name as TimeZone;
export const range = (fromHour: number, toHour: number) => ({
  fromMinute: (fromHour * 60) as MinuteOfDay,
  toMinute: (toHour * 60) as MinuteOfDay,
});
export const daily = (fromHour: number, toHour: number): WeeklyRange[] =>
  ([0, 1, 2, 3, 4, 5, 6] as const).map((day) => ({ day, ...range(fromHour, toHour) }));

export const hostOf = (changes: Partial<HostAvailability> = {}): HostAvailability => ({
  id: "ana" as HostId,
  role: "fixed",
  zone: zoneOf("Europe/Berlin"),
  weekly: daily(9, 17),
  busy: [],
  ...changes,
});

/** Monday 2 to Tuesday 10 November 2026, hourly; Berlin is an hour ahead of UTC. */
export const queryOf = (changes: Partial<SlotQuery> = {}): SlotQuery => ({
  window: span("2026-11-02T00:00Z", "2026-11-10T00:00Z"),
  now: at("2026-11-01T12:00Z"),
  durationMinutes: 60,
  hosts: [hostOf()],
  ...changes,
});

export const startsOf = (query: SlotQuery) =>
  availableSlots(query).map((slot) => new Date(slot.start).toISOString().slice(0, 16));
export const datesOf = (query: SlotQuery) => [
  ...new Set(startsOf(query).map((start) => start.slice(5, 10))),
];
export const why = (query: SlotQuery, iso: string) => {
  const answer = explainSlot(query, at(iso));
  return answer.ok ? "on offer" : answer.reason;
};
