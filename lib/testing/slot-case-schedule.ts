import type {
  DateOverride,
  Horizon,
  HostAvailability,
  Limit,
  ZoneStay,
} from "@/lib/availability/core/query";
import { availableSlots } from "@/lib/availability/core/slots";
import type { HostId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";
import type { CaseHost, Comparison, PerPeriod, SlotCase } from "./slot-case-file";
import { at, intervalOf, iso, minuteOf, weeklyOf } from "./slot-case-file";

const overridesOf = (c: Pick<SlotCase, "dateOverrides" | "outOfOfficeDates">): DateOverride[] => [
  ...(c.dateOverrides ?? []).map(({ date, start, end }) => ({
    date: date as CalendarDate,
    ranges: [{ fromMinute: minuteOf(start), toMinute: minuteOf(end) }],
  })),
  ...(c.outOfOfficeDates ?? []).map((date) => ({ date: date as CalendarDate, ranges: [] })),
];

export const measuresOf = (c: SlotCase) => ({
  now: c.now ? at(c.now) : (0 as Instant),
  durationMinutes: c.eventLength ?? 60,
  ...(c.slotInterval ? { intervalMinutes: c.slotInterval } : {}),
  offsetMinutes: c.offsetStart ?? 0,
  bufferBeforeMinutes: c.bufferBefore ?? 0,
  bufferAfterMinutes: c.bufferAfter ?? 0,
  minimumNoticeMinutes: c.minimumNotice ?? 0,
});

export function caseHost(c: SlotCase, id: string, host: CaseHost): HostAvailability {
  // Buffers of our own meetings are inside their busy time; other calendars know none.
  const padded = host.busy.map((span) => {
    const own = span.source === "booking";
    const { from, to } = intervalOf(span);
    return {
      from: (from - (own ? (c.bufferBefore ?? 0) : 0) * MINUTE_MS) as Instant,
      to: (to + (own ? (c.bufferAfter ?? 0) : 0) * MINUTE_MS) as Instant,
    };
  });
  return {
    id: id as HostId,
    role: c.schedulingType === "ROUND_ROBIN" ? "one-of" : "fixed",
    zone: host.timezone as TimeZone,
    weekly: weeklyOf(host.availability),
    overrides: overridesOf({
      dateOverrides: host.dateOverrides,
      outOfOfficeDates: c.outOfOfficeDates ?? [],
    }),
    zoneDuring: (c.travelSchedules ?? []).map(
      ({ start, end, timezone }): ZoneStay => ({
        from: start.slice(0, 10) as CalendarDate,
        to: end.slice(0, 10) as CalendarDate,
        zone: timezone as TimeZone,
      }),
    ),
    busy: [...padded, ...holdsOf(c)],
    booked: host.busy.filter((span) => span.source === "booking").map(intervalOf),
  };
}

/** Holds of other guests that have not expired. */
const holdsOf = (c: SlotCase): Interval[] =>
  (c.reservedSlots ?? [])
    .filter((hold) => hold.uid !== c.bookerUid && at(hold.releaseAt) > at(c.now ?? ""))
    .map(intervalOf);

const PERIODS = { PER_DAY: "day", PER_WEEK: "week", PER_MONTH: "month", PER_YEAR: "year" } as const;

function limitsOf(c: SlotCase): Limit[] {
  const read = (per: PerPeriod | undefined, unit: "count" | "minutes"): Limit[] =>
    Object.entries(per ?? {}).map(([period, most]) => ({
      per: PERIODS[period as keyof typeof PERIODS],
      [unit]: most,
    }));
  return [
    ...read(c.bookingLimits, "count"),
    ...read(c.teamBookingLimits, "count"),
    ...read(c.durationLimits, "minutes"),
  ];
}

function horizonOf(c: SlotCase, zone: TimeZone): Horizon | undefined {
  if (!c.period) return undefined;
  const { type, days, countWeekends } = c.period;
  if (type === "ROLLING_WINDOW")
    return { kind: "bookable-days", days, businessDaysOnly: !countWeekends, zone };
  return { kind: countWeekends ? "days" : "business-days", days, zone };
}

function caseHosts(c: SlotCase, inviteeZone: string): HostAvailability[] {
  const own: CaseHost[] = c.hosts ?? [
    {
      timezone: c.availability?.timezone ?? "UTC",
      availability: c.availability?.workingHours ?? [],
      dateOverrides: c.dateOverrides ?? [],
      busy: c.busyTimes ?? [],
    },
  ];
  const hosts = own.map((host, index) => caseHost(c, `host-${index}`, host));
  const restriction = c.restrictionSchedule;
  // "Only while the front desk is open" is one more person who has to be there.
  if (restriction)
    hosts.push({
      id: "restriction" as HostId,
      role: "fixed",
      zone: (restriction.inBookerTimezone ? inviteeZone : restriction.timezone) as TimeZone,
      weekly: weeklyOf(restriction.availability),
      busy: [],
    });
  return hosts;
}

export function schedule(c: SlotCase): Comparison {
  const inviteeZone = (c.inviteeTimezone ?? "UTC") as TimeZone;
  const hosts = caseHosts(c, inviteeZone);
  const horizon = horizonOf(c, inviteeZone);
  const slots = availableSlots({
    ...measuresOf(c),
    window: { from: at(c.rangeStart ?? ""), to: at(c.rangeEnd ?? "") },
    hosts,
    limits: limitsOf(c),
    ...(horizon ? { horizon } : {}),
  });
  const startsOn = (zone: TimeZone, date: string) =>
    slots
      .filter(({ start }) => calendarDateAt(zone, start) === date)
      .map(({ start }) => iso(start));
  const hostZone = hosts[0]?.zone ?? UTC;
  const { slotStartsByInviteeDate = {}, noSlotsOnDates = [] } = c.expected;
  const { slotStartsByHostDate = {}, countByHostDate = {} } = c.expected;
  const empty = Object.fromEntries(noSlotsOnDates.map((date) => [date, [] as string[]]));
  const byInvitee = { ...slotStartsByInviteeDate, ...empty };
  const pick = <T>(dates: Record<string, unknown>, answer: (date: string) => T) =>
    Object.fromEntries(Object.keys(dates).map((date) => [date, answer(date)]));
  return {
    actual: {
      byInvitee: pick(byInvitee, (date) => startsOn(inviteeZone, date)),
      byHost: pick(slotStartsByHostDate, (date) => startsOn(hostZone, date)),
      count: pick(countByHostDate, (date) => startsOn(hostZone, date).length),
    },
    expected: { byInvitee, byHost: slotStartsByHostDate, count: countByHostDate },
  };
}
