import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { addDays, calendarDateAt } from "@/lib/time/offset";
import { newlyOutside, openingHoursOf } from "../core/conflicts";
import type { BookedMeeting, OwnerFacts, Schedule, ScheduleHours } from "../core/schedule";
import { listBooked, listHolidays, listTokensOfSchedule } from "../reads";
import { updateHours } from "../writes";
import type { AvailabilityDeps } from "./edit-with";
import { editWith } from "./edit-with";

type Asked = {
  readonly actor: Actor;
  readonly owner: OwnerFacts;
  /** The schedule as it is kept. */
  readonly schedule: Schedule;
  /** The version the person saw. */
  readonly version: number;
  readonly hours: ScheduleHours;
};

/**
 * Exchanges a schedule's hours. No meeting is touched: those that lie outside now, and did not before, are answered.
 * When it returns, no guest's page anywhere shows the old hours. Throws AccessDenied.
 */
export async function saveSchedule(
  { actor, owner, schedule, version, hours }: Asked,
  deps: AvailabilityDeps,
): Promise<
  Result<
    { readonly version: number; readonly outside: readonly BookedMeeting[] },
    "changed-meanwhile"
  >
> {
  const { workspaceId } = owner;
  const facts = { ...owner, scheduleId: schedule.id };
  const edit = {
    what: "availability.hours",
    subject: schedule.id,
    details: { name: schedule.name },
  };
  const saved = await editWith({ actor, owner: facts, edit }, deps, async (tx, grant) =>
    (await updateHours(tx, grant, version, hours)) ? ok(undefined) : refuse("changed-meanwhile"),
  );
  if (!saved.ok) return saved;
  const now = deps.now();
  const today = calendarDateAt(hours.zone, now);
  const [tokens, booked, holidays] = await Promise.all([
    listTokensOfSchedule(deps.db, workspaceId, schedule.id),
    listBooked(deps.db, owner, now),
    listHolidays(deps.db, workspaceId, addDays(today, -7)),
  ]);
  await deps.invalidate(tokens);
  return ok({
    version: version + 1,
    outside: newlyOutside(
      openingHoursOf(schedule, holidays),
      openingHoursOf(hours, holidays),
      booked.filter(({ scheduleId }) => scheduleId === schedule.id),
    ),
  });
}
