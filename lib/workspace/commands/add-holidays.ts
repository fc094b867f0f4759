import { appendAudit } from "@/lib/audit/append";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { WorkspaceGrant } from "../policy";
import { auditedAs } from "../policy";
import { insertHolidays } from "../writes";
import type { WorkspaceDeps } from "./change-workspace";
import { withdrawPages } from "./change-workspace";

type Asked = {
  readonly holidays: readonly { readonly date: CalendarDate; readonly name: string }[];
  /** The country they were taken from; undefined when somebody typed them. */
  readonly country?: string;
};

/** Adds holidays to everybody's calendar; those that are there already stay as they are. Refused when none is new. */
export async function addHolidays(
  { holidays, country }: Asked,
  grant: WorkspaceGrant<"workspace.holidays">,
  deps: WorkspaceDeps,
): Promise<Result<{ readonly added: number }, "holiday-exists">> {
  const { workspaceId } = grant.resource;
  const result = await deps.db.$transaction(async (tx) => {
    const added = await insertHolidays(tx, grant, holidays);
    if (added === 0) return refuse("holiday-exists");
    const [first] = holidays;
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: deps.now(),
      action: country === undefined ? "holiday.add" : "holiday.import",
      subject: workspaceId,
      details: country === undefined ? { ...first } : { country, added },
    });
    return ok({ added });
  });
  if (result.ok) await withdrawPages(grant, deps);
  return result;
}
