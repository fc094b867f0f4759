import type { Actor } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { openingHoursOf } from "@/lib/availability/core/conflicts";
import type { OwnerFacts, ScheduleHours } from "@/lib/availability/core/schedule";
import { availableSlots } from "@/lib/availability/core/slots";
import { availabilityPolicy } from "@/lib/availability/policy";
import { findSchedule, listAbsences, listBooked, listHolidays } from "@/lib/availability/reads";
import type { Deps } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { addDays, dateOfUtcMidnight, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { HoursPreview } from "../core/draft-hours";
import { withHours } from "../core/draft-hours";
import { listStarts } from "../core/offer";
import { atAnyPlace } from "../core/place-choice";
import { pageWindow, whyClosed } from "../core/snapshot";
import { findLinkSnapshot } from "../reads";

type Asked = {
  readonly actor: Actor;
  readonly scheduleId: string;
  readonly hours: ScheduleHours;
  /** Of the guest. */
  readonly zone: TimeZone;
  /** First of the seven days, on the guest's calendar. */
  readonly from: CalendarDate;
  /** The link looked through; plain hours, half an hour each, without one. */
  readonly token?: string | undefined;
};

type PreviewDeps = Pick<Deps, "db" | "now">;

const PLAIN_MINUTES = 30;

/** The hours alone: what is booked and when the person is away count, a link's rules do not. */
async function plainStarts(
  owner: OwnerFacts,
  hours: ScheduleHours,
  week: Interval,
  { db, now }: { readonly db: PreviewDeps["db"]; readonly now: Instant },
): Promise<readonly Instant[]> {
  const [booked, absences, holidays] = await Promise.all([
    listBooked(db, owner, now),
    listAbsences(db, owner, now),
    listHolidays(db, owner.workspaceId, dateOfUtcMidnight(week.from - 2 * DAY_MS)),
  ]);
  return availableSlots({
    window: week,
    now,
    durationMinutes: PLAIN_MINUTES,
    hosts: [
      {
        id: owner.userId,
        role: "fixed",
        ...openingHoursOf(hours, holidays),
        busy: [...booked.map(({ start, end }) => ({ from: start, to: end })), ...absences],
      },
    ],
  }).map(({ start }) => start);
}

/**
 * What guests would be offered in one week if these hours were saved, by the function that draws their calendar.
 * Changes nothing. Throws NotHere for a schedule or link the actor may not see.
 */
export async function previewHours(asked: Asked, deps: PreviewDeps): Promise<HoursPreview> {
  const { actor, scheduleId, hours, zone, from, token } = asked;
  if (actor.kind !== "member") throw new NotHere();
  const { db } = deps;
  const now = deps.now();
  const found = await findSchedule(db, { workspaceId: actor.workspaceId, id: scheduleId });
  if (found === undefined || !availabilityPolicy.can(actor, "availability.read", found.owner))
    throw new NotHere();
  const page = pageWindow(now);
  const start = Math.max(startOfDay(from, zone), now);
  const end = Math.min(startOfDay(addDays(from, 7), zone), page.to);
  const week = { from: instantOf(start), to: instantOf(Math.max(start, end)) };
  if (token === undefined) {
    const starts = await plainStarts(found.owner, hours, week, { db, now });
    return { status: "shown", starts, durationMinutes: PLAIN_MINUTES, closed: false };
  }
  if (!found.schedule.links.some((link) => link.token === token)) throw new NotHere();
  // Bookable days and limits are counted from now on, so everything up to the week's end is read.
  const kept = await findLinkSnapshot(db, { by: { token }, window: { from: now, to: week.to } });
  if (kept === undefined) throw new NotHere();
  const link = withHours(atAnyPlace(kept), found.owner.userId, hours);
  return {
    status: "shown",
    starts: listStarts(link, now, week),
    durationMinutes: link.durationMinutes,
    closed: whyClosed(link, now) !== undefined,
  };
}
