import { appendAudit } from "@/lib/audit/append";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { WorkspaceGrant } from "../policy";
import { auditedAs } from "../policy";
import { updateHoliday } from "../writes";
import type { WorkspaceDeps } from "./change-workspace";
import { withdrawPages } from "./change-workspace";

type Changed = { readonly id: string; readonly date: CalendarDate; readonly name: string };

/** Gives a holiday another day or name. */
export async function changeHoliday(
  holiday: Changed,
  grant: WorkspaceGrant<"workspace.holidays">,
  deps: WorkspaceDeps,
): Promise<Result<undefined, "no-holiday" | "holiday-exists">> {
  const { workspaceId } = grant.resource;
  try {
    const result = await deps.db.$transaction(async (tx) => {
      if (!(await updateHoliday(tx, grant, holiday))) return refuse("no-holiday");
      await appendAudit(tx, deps.keys, {
        ...auditedAs(grant),
        workspaceId,
        at: deps.now(),
        action: "holiday.change",
        subject: holiday.id,
        details: { date: holiday.date, name: holiday.name },
      });
      return ok(undefined);
    });
    if (result.ok) await withdrawPages(grant, deps);
    return result;
  } catch (error) {
    if (violates(error, "holiday_is_named_once_a_day")) return refuse("holiday-exists");
    throw error;
  }
}
