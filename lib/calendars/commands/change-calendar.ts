import { appendAudit } from "@/lib/audit/append";
import { listTokensOfHost } from "@/lib/availability/reads";
import type { Transaction } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { readCalendar } from "../jobs";
import type { CalendarsGrant } from "../policy";
import { auditedAs } from "../policy";
import {
  endWriting,
  forgetCopies,
  giveUpCalendar,
  lockCalendar,
  removeGivenUp,
  updateCalendar,
} from "../writes/calendars";

type ChangeDeps = Pick<Deps, "db" | "queue" | "now" | "keys" | "invalidate">;

/** What becomes of the meetings that were written to a calendar: deleted there, or left as they are. */
export type CopiesFate = "delete" | "leave";

type Change = {
  readonly id: string;
  readonly blocks: boolean;
  readonly writes: boolean;
  readonly copies: CopiesFate;
};

async function withdrawPages({ resource }: CalendarsGrant, deps: ChangeDeps): Promise<void> {
  const owner = {
    workspaceId: resource.workspaceId as WorkspaceId,
    userId: resource.userId as UserId,
  };
  await deps.invalidate(await listTokensOfHost(deps.db, owner));
}

const askReading = (tx: Transaction, { queue }: ChangeDeps, workspaceId: string, ids: string[]) =>
  enqueue(
    queue,
    tx,
    readCalendar,
    ids.map((calendarId) => ({ payload: { workspaceId, calendarId } })),
  );

/**
 * Says what a calendar is for. One person's meetings are written to one calendar: choosing another takes them out of
 * the one before. Guests' pages show what that changes when this returns; the reading and writing follow.
 */
export async function changeCalendar(
  { id, blocks, writes, copies }: Change,
  grant: CalendarsGrant,
  deps: ChangeDeps,
): Promise<Result<undefined, "no-calendar" | "not-writable">> {
  const { workspaceId } = grant.resource;
  const result = await deps.db.$transaction(async (tx) => {
    const at = deps.now();
    const before = await lockCalendar(tx, grant, id);
    if (before === undefined) return refuse("no-calendar");
    if (writes && before.kind !== "caldav") return refuse("not-writable");
    const ends = before.writes && !writes;
    const others = writes && !before.writes ? await endWriting(tx, grant) : [];
    if (ends && copies === "leave") await forgetCopies(tx, workspaceId, id);
    await updateCalendar(tx, grant, { id, blocks, writes }, at);
    await askReading(tx, deps, workspaceId, [id, ...others]);
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at,
      action: "calendar.change",
      subject: id,
      details: ends ? { blocks, writes, copies } : { blocks, writes },
    });
    return ok(undefined);
  });
  if (result.ok) await withdrawPages(grant, deps);
  return result;
}

/**
 * Gives a calendar up: it blocks nothing any more. What was written there is deleted first, or left; then what opened
 * it is forgotten. Days later it is forgotten in any case, also when its server never answered.
 */
export async function removeCalendar(
  { id, copies }: Pick<Change, "id" | "copies">,
  grant: CalendarsGrant,
  deps: ChangeDeps,
): Promise<Result<undefined, "no-calendar">> {
  const { workspaceId } = grant.resource;
  const result = await deps.db.$transaction(async (tx) => {
    const at = deps.now();
    if ((await lockCalendar(tx, grant, id)) === undefined) return refuse("no-calendar");
    if (copies === "leave") await forgetCopies(tx, workspaceId, id);
    await giveUpCalendar(tx, grant, id, at);
    await removeGivenUp(tx, workspaceId, id);
    await askReading(tx, deps, workspaceId, [id]);
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at,
      action: "calendar.remove",
      subject: id,
      details: { copies },
    });
    return ok(undefined);
  });
  if (result.ok) await withdrawPages(grant, deps);
  return result;
}

/** Has a calendar read now instead of when it is due. */
export const readCalendarNow = (
  id: string,
  grant: CalendarsGrant,
  deps: ChangeDeps,
): Promise<Result<undefined, "no-calendar">> =>
  deps.db.$transaction(async (tx) => {
    if ((await lockCalendar(tx, grant, id)) === undefined) return refuse("no-calendar");
    await askReading(tx, deps, grant.resource.workspaceId, [id]);
    return ok(undefined);
  });
