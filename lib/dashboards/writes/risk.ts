import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Risk } from "../core/risk";
import type { ThresholdsInput } from "../core/risk-input";

type Place = { readonly workspaceId: string };
export type ThresholdGrant = Grant<"dashboard.configure", Place>;
export type SnoozeGrant = Grant<"strategic.view", Place>;

/** What stands for all teams, or for one, locked. */
export async function lockThresholds(
  tx: Transaction,
  { resource: { workspaceId } }: ThresholdGrant,
  teamId: string | null,
): Promise<{ readonly id: string; readonly version: number } | undefined> {
  const [found] = await tx.$queryRaw<{ id: string; version: number }[]>`
    SELECT id::text, version FROM risk_threshold
     WHERE workspace_id = ${workspaceId}::uuid AND team_id IS NOT DISTINCT FROM ${teamId}::uuid FOR UPDATE`;
  return found;
}

/** Says everything anew; what says nothing at all is removed. The version it stands at afterwards, 0 when removed. */
export async function writeThresholds(
  tx: Transaction,
  { resource: { workspaceId } }: ThresholdGrant,
  said: ThresholdsInput,
  found: { readonly id: string; readonly version: number } | undefined,
): Promise<{ readonly id: string; readonly version: number }> {
  const { teamId, version: _, highValues, ...numbers } = said;
  const id = found?.id ?? newId();
  const empty = highValues.length === 0 && Object.values(numbers).every((value) => value === null);
  if (empty) {
    await tx.$executeRaw`DELETE FROM risk_threshold WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`;
    return { id, version: 0 };
  }
  const version = (found?.version ?? 0) + 1;
  await tx.$executeRaw`
    INSERT INTO risk_threshold (workspace_id, id, team_id, overdue_days, quiet_days, slips, coverage_percent,
                                concentration_percent, medium_from_minor, large_from_minor, version)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${teamId}::uuid, ${said.overdueDays}, ${said.quietDays}, ${said.slips}, ${said.coveragePercent},
            ${said.concentrationPercent}, ${said.mediumFromMinor}::bigint, ${said.largeFromMinor}::bigint, ${version})
    ON CONFLICT (workspace_id, id) DO UPDATE
      SET overdue_days = excluded.overdue_days, quiet_days = excluded.quiet_days, slips = excluded.slips,
          coverage_percent = excluded.coverage_percent, concentration_percent = excluded.concentration_percent,
          medium_from_minor = excluded.medium_from_minor, large_from_minor = excluded.large_from_minor, version = excluded.version`;
  await tx.$executeRaw`
    DELETE FROM risk_high_value WHERE workspace_id = ${workspaceId}::uuid AND threshold_id = ${id}::uuid`;
  for (const { currency, fromMinor } of highValues) {
    await tx.$executeRaw`
      INSERT INTO risk_high_value (workspace_id, threshold_id, currency, from_minor)
      VALUES (${workspaceId}::uuid, ${id}::uuid, ${currency}, ${fromMinor}::bigint)`;
  }
  return { id, version };
}

/** Lets a risk rest. One whose day has come is closed first, as it wakes by itself. */
export async function insertSnooze(
  tx: Transaction,
  { actor, resource: { workspaceId } }: SnoozeGrant,
  snooze: {
    readonly risk: Risk;
    readonly reason: string;
    readonly until: CalendarDate;
    readonly today: CalendarDate;
    readonly at: Instant;
  },
): Promise<string> {
  const { risk, reason, until, today, at } = snooze;
  const id = newId();
  await tx.$executeRaw`
    UPDATE risk_snooze SET woken_at = ${toIso(at)}::timestamptz
     WHERE workspace_id = ${workspaceId}::uuid AND risk = ${risk} AND woken_at IS NULL AND until_day <= ${today}::date`;
  await tx.$executeRaw`
    INSERT INTO risk_snooze (workspace_id, id, risk, reason, until_day, set_by, set_at)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${risk}, ${reason}, ${until}::date,
            ${actor.kind === "member" ? actor.userId : null}::uuid, ${toIso(at)}::timestamptz)`;
  return id;
}

/** Wakes a risk before its day; which one it was, undefined when it rests no more. */
export async function markWoken(
  tx: Transaction,
  { actor, resource: { workspaceId } }: SnoozeGrant,
  { id, at }: { readonly id: string; readonly at: Instant },
): Promise<Risk | undefined> {
  const [woken] = await tx.$queryRaw<{ risk: Risk }[]>`
    UPDATE risk_snooze SET woken_at = ${toIso(at)}::timestamptz, woken_by = ${actor.kind === "member" ? actor.userId : null}::uuid
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND woken_at IS NULL RETURNING risk`;
  return woken?.risk;
}
