import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import { insertRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { OwnerFacts, ScheduleHours } from "./core/schedule";
import type { EditGrant } from "./policy";
import type { AbsenceInput } from "./schema";

/** Which schedule, and whose: what a grant to change it is asked for. */
export type ScheduleFacts = OwnerFacts & { readonly scheduleId: string };

function partRows({ workspaceId, scheduleId }: ScheduleFacts, hours: ScheduleHours): TableRows[] {
  const of = () => ({ workspace_id: workspaceId, schedule_id: scheduleId, id: newId() });
  return [
    {
      table: "schedule_hours",
      rows: hours.weekly.map(({ day, fromMinute, toMinute }) => ({
        ...of(),
        day,
        from_minute: fromMinute,
        to_minute: toMinute,
      })),
    },
    {
      table: "schedule_override",
      rows: hours.overrides.flatMap(({ date, ranges, note }) => {
        // A row without times closes the day.
        const closed = { fromMinute: null, toMinute: null };
        return (ranges.length === 0 ? [closed] : ranges).map(({ fromMinute, toMinute }) => ({
          ...of(),
          on_date: date,
          note,
          from_minute: fromMinute,
          to_minute: toMinute,
        }));
      }),
    },
    {
      table: "schedule_travel",
      rows: hours.travel.map(({ from, to, zone }) => ({
        ...of(),
        from_date: from,
        to_date: to,
        zone,
      })),
    },
  ];
}

/** The person's row orders whoever makes schedules for them, or a default of one. */
export async function lockOwner(tx: Transaction, owner: OwnerFacts): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM app_user
     WHERE workspace_id = ${owner.workspaceId}::uuid AND id = ${owner.userId}::uuid FOR NO KEY UPDATE`;
}

/** A new schedule with its hours. The person's first is their default. */
export async function insertSchedule(
  tx: Transaction,
  { resource }: EditGrant<ScheduleFacts>,
  { name, isDefault, hours }: { name: string; isDefault: boolean; hours: ScheduleHours },
): Promise<void> {
  await insertRows(tx, [
    {
      table: "schedule",
      rows: [
        {
          workspace_id: resource.workspaceId,
          id: resource.scheduleId,
          user_id: resource.userId,
          name,
          zone: hours.zone,
          is_default: isDefault,
          observes_holidays: hours.observesHolidays,
          version: 1,
        },
      ],
    },
    ...partRows(resource, hours),
  ]);
}

/** Exchanges the hours of a schedule as seen at `version`; false when it was changed since. */
export async function updateHours(
  tx: Transaction,
  { resource }: EditGrant<ScheduleFacts>,
  version: number,
  hours: ScheduleHours,
): Promise<boolean> {
  const { workspaceId, scheduleId } = resource;
  const changed = await tx.$executeRaw`
    UPDATE schedule SET zone = ${hours.zone}, observes_holidays = ${hours.observesHolidays}, version = version + 1
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${scheduleId}::uuid AND version = ${version}`;
  if (changed === 0) return false;
  const own = { where: { workspaceId, scheduleId } };
  await tx.scheduleHours.deleteMany(own);
  await tx.scheduleOverride.deleteMany(own);
  await tx.scheduleTravel.deleteMany(own);
  await insertRows(tx, partRows(resource, hours));
  return true;
}

/** Renames a schedule as seen at `version`; false when it was changed since. */
export const updateName = async (
  tx: Transaction,
  { resource }: EditGrant<ScheduleFacts>,
  version: number,
  name: string,
): Promise<boolean> =>
  (await tx.$executeRaw`
    UPDATE schedule SET name = ${name}, version = version + 1
     WHERE workspace_id = ${resource.workspaceId}::uuid AND id = ${resource.scheduleId}::uuid
       AND version = ${version}`) > 0;

/** Makes this the person's only default, as seen at `version`; false when it was changed since. */
export async function markDefault(
  tx: Transaction,
  { resource }: EditGrant<ScheduleFacts>,
  version: number,
): Promise<boolean> {
  const { workspaceId, userId, scheduleId } = resource;
  // Between the statements nobody may have two defaults.
  await lockOwner(tx, resource);
  await tx.$executeRaw`
    UPDATE schedule SET is_default = false, version = version + 1
     WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid AND is_default
       AND id <> ${scheduleId}::uuid
       AND EXISTS (SELECT 1 FROM schedule s WHERE s.workspace_id = ${workspaceId}::uuid
         AND s.id = ${scheduleId}::uuid AND s.version = ${version})`;
  return (
    (await tx.$executeRaw`
      UPDATE schedule SET is_default = true, version = version + 1
       WHERE workspace_id = ${workspaceId}::uuid AND id = ${scheduleId}::uuid AND version = ${version}`) >
    0
  );
}

/** Removes a schedule as seen at `version`, its hours with it; false when it was changed since or is the default. */
export const removeSchedule = async (
  tx: Transaction,
  { resource }: EditGrant<ScheduleFacts>,
  version: number,
): Promise<boolean> =>
  (await tx.$executeRaw`
    DELETE FROM schedule
     WHERE workspace_id = ${resource.workspaceId}::uuid AND id = ${resource.scheduleId}::uuid
       AND version = ${version} AND NOT is_default`) > 0;

export async function insertAbsence(
  tx: Transaction,
  { resource }: EditGrant,
  id: string,
  absence: Pick<AbsenceInput, "reason" | "note" | "redirectLinkId"> & {
    readonly span: Interval;
    readonly at: Instant;
  },
): Promise<void> {
  await insertRows(tx, [
    {
      table: "out_of_office",
      rows: [
        {
          workspace_id: resource.workspaceId,
          id,
          user_id: resource.userId,
          from_at: toIso(absence.span.from),
          to_at: toIso(absence.span.to),
          reason: absence.reason,
          note: absence.note,
          redirect_link_id: absence.redirectLinkId,
          created_at: toIso(absence.at),
        },
      ],
    },
  ]);
}

/** False when it is no longer there. */
export const deleteAbsence = async (
  tx: Transaction,
  { resource }: EditGrant,
  id: string,
): Promise<boolean> =>
  (await tx.$executeRaw`
    DELETE FROM out_of_office
     WHERE workspace_id = ${resource.workspaceId}::uuid AND user_id = ${resource.userId}::uuid
       AND id = ${id}::uuid`) > 0;
