import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { MinuteOfDay } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import type { OwnerFacts, Schedule, ScheduleHours } from "../core/schedule";
import { listSchedules } from "../reads";
import { insertSchedule, lockOwner } from "../writes";
import type { AvailabilityDeps } from "./edit-with";
import { editWith } from "./edit-with";

const MAX_SCHEDULES = 50;

const officeHours = (zone: TimeZone): ScheduleHours => ({
  zone,
  weekly: ([1, 2, 3, 4, 5] as const).map((day) => ({
    day,
    fromMinute: (9 * 60) as MinuteOfDay,
    toMinute: (17 * 60) as MinuteOfDay,
  })),
  overrides: [],
  travel: [],
  observesHolidays: true,
});

/** A further schedule: Monday to Friday, 9 to 17 in the person's zone, or a copy. Throws AccessDenied. */
export async function makeSchedule(
  asked: {
    readonly actor: Actor;
    readonly owner: OwnerFacts;
    readonly zone: TimeZone;
    readonly name: string;
    readonly copyOf?: Schedule;
  },
  deps: AvailabilityDeps,
): Promise<Result<{ readonly id: string }, "too-many">> {
  const { actor, owner, zone, name, copyOf } = asked;
  const scheduleId = newId();
  const edit = { what: "availability.make", subject: scheduleId, details: { name } };
  return editWith({ actor, owner: { ...owner, scheduleId }, edit }, deps, async (tx, grant) => {
    // Two first schedules at once would both be the default.
    await lockOwner(tx, owner);
    const existing = await listSchedules(tx, owner);
    if (existing.length >= MAX_SCHEDULES) return refuse("too-many");
    const isDefault = !existing.some((schedule) => schedule.isDefault);
    await insertSchedule(tx, grant, { name, isDefault, hours: copyOf ?? officeHours(zone) });
    return ok({ id: scheduleId });
  });
}
