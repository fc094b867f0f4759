import "server-only";
import { notFound } from "next/navigation";
import { getMember } from "@/lib/auth/session";
import type { UserId } from "@/lib/ids";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { addDays, calendarDateAt } from "@/lib/time/offset";
import type { Absence, BookedMeeting, Holiday, Schedule } from "./core/schedule";
import { availabilityPolicy, editsAsOverride, hasAvailability, seesEverybody } from "./policy";
import type { HourOwner } from "./reads";
import {
  findHourOwner,
  listAbsences,
  listBooked,
  listHolidays,
  listHourOwners,
  listRedirectChoices,
  listSchedules,
} from "./reads";

const IS_UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Absences are listed this long after they are over. */
const LOOK_BACK_MS = 30 * DAY_MS;

export type AvailabilityView = {
  readonly now: Instant;
  readonly person: HourOwner;
  /** True when the reader looks at somebody else's hours: a change is logged as an override. */
  readonly override: boolean;
  /** Whose hours the reader may look at; empty for whoever only has their own. */
  readonly people: readonly HourOwner[];
  readonly schedules: readonly Schedule[];
  readonly absences: readonly Absence[];
  readonly holidays: readonly Holiday[];
  readonly booked: readonly BookedMeeting[];
  readonly redirects: readonly {
    readonly id: string;
    readonly name: string;
    readonly hosts: string;
  }[];
};

/**
 * One person's hours with all they depend on: the reader's own, or somebody else's for whoever manages meetings.
 * Absent and foreign look the same: not found.
 */
export async function loadAvailability(personId?: string): Promise<AvailabilityView> {
  const member = await getMember();
  if (!hasAvailability(member)) notFound();
  const { db, now: clock } = runtime();
  const now = clock();
  if (personId !== undefined && !IS_UUID.test(personId)) notFound();
  const owner = {
    workspaceId: member.workspaceId,
    userId: (personId ?? member.userId) as UserId,
  };
  if (!availabilityPolicy.can(member, "availability.read", owner)) notFound();
  const person = await findHourOwner(db, owner);
  if (person === undefined) notFound();
  const since = addDays(calendarDateAt(person.zone, now), -7);
  const [people, schedules, absences, holidays, booked, redirects] = await Promise.all([
    seesEverybody(member) ? listHourOwners(db, member.workspaceId) : [],
    listSchedules(db, owner),
    listAbsences(db, owner, instantOf(now - LOOK_BACK_MS)),
    listHolidays(db, member.workspaceId, since),
    listBooked(db, owner, now),
    listRedirectChoices(db, owner, now),
  ]);
  const override = editsAsOverride(member, owner);
  return { now, person, override, people, schedules, absences, holidays, booked, redirects };
}
