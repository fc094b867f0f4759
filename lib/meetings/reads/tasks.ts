import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { OpenTask } from "../core/home-view";
import type { MeetingScope } from "./rows";

/** A person's open tasks due within a week, the oldest first; at most 20. */
export async function listOpenTasks(
  db: Db,
  { workspaceId, userId }: MeetingScope,
  today: CalendarDate,
): Promise<OpenTask[]> {
  const rows = await db.$queryRaw<
    { id: string; title: string; detail: string | null; due: string }[]
  >`
    SELECT t.id, t.title, m.place_label AS detail, t.due_on::text AS due
    FROM task t LEFT JOIN meeting m ON m.workspace_id = t.workspace_id AND m.id = t.meeting_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.user_id = ${userId}::uuid AND t.done_at IS NULL
      AND t.due_on <= ${today}::date + 7
    ORDER BY t.due_on, t.created_at LIMIT 20`;
  return rows.map(({ due, ...task }) => ({
    ...task,
    dueDate: parseCalendarDate(due) ?? today,
    overdue: due < today,
  }));
}
