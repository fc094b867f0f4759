import { randomUUID } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { WorkspaceGrant } from "./policy";
import type { WorkspaceSettings } from "./schema";

type MayChange = WorkspaceGrant<"workspace.change">;
type MayHolidays = WorkspaceGrant<"workspace.holidays">;

/** Writes the settings if nobody changed them since `version`; the answer tells. */
export async function updateWorkspace(
  tx: Transaction,
  grant: MayChange,
  settings: WorkspaceSettings,
  version: number,
): Promise<boolean> {
  const { count } = await tx.workspace.updateMany({
    where: { id: grant.resource.workspaceId, version },
    data: { ...settings, version: { increment: 1 } },
  });
  return count === 1;
}

/** Shows another logo, or none; returns the one that was shown. */
export async function replaceLogo(
  tx: Transaction,
  grant: MayChange,
  logoId: string | null,
): Promise<string | null> {
  const { workspaceId } = grant.resource;
  const [before] = await tx.$queryRaw<{ logo_id: string | null }[]>`
    SELECT logo_id FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  await tx.workspace.update({
    where: { id: workspaceId },
    data: { logoId, version: { increment: 1 } },
  });
  return before?.logo_id ?? null;
}

type NewHoliday = { readonly date: CalendarDate; readonly name: string };

const asColumn = (date: CalendarDate): Date => new Date(`${date}T00:00:00Z`);

/** Adds holidays; those that are there already are left alone. Returns how many are new. */
export async function insertHolidays(
  tx: Transaction,
  grant: MayHolidays,
  holidays: readonly NewHoliday[],
): Promise<number> {
  const { count } = await tx.holiday.createMany({
    data: holidays.map(({ date, name }) => ({
      workspaceId: grant.resource.workspaceId,
      id: randomUUID(),
      onDate: asColumn(date),
      name,
    })),
    skipDuplicates: true,
  });
  return count;
}

/** False when it is gone. Violates holiday_is_named_once_a_day when the day has one of that name. */
export async function updateHoliday(
  tx: Transaction,
  grant: MayHolidays,
  { id, date, name }: NewHoliday & { readonly id: string },
): Promise<boolean> {
  const { count } = await tx.holiday.updateMany({
    where: { workspaceId: grant.resource.workspaceId, id },
    data: { onDate: asColumn(date), name },
  });
  return count === 1;
}

/** What was removed; undefined when it was gone already. */
export async function removeHoliday(
  tx: Transaction,
  grant: MayHolidays,
  id: string,
): Promise<{ readonly date: string; readonly name: string } | undefined> {
  const rows = await tx.$queryRaw<{ date: string; name: string }[]>`
    DELETE FROM holiday WHERE workspace_id = ${grant.resource.workspaceId}::uuid AND id = ${id}::uuid
    RETURNING to_char(on_date, 'YYYY-MM-DD') AS date, name`;
  return rows[0];
}
