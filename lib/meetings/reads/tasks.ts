import type { Db } from "@/lib/db/client";
import type { MeetingId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { instantOf } from "@/lib/time/instant";
import type { OpenTask } from "../core/home-view";
import type { MeetingScope } from "./rows";

/** A person's open tasks due within a week, the oldest first; at most 20. */
export async function listOpenTasks(
  db: Db,
  { workspaceId, userId }: MeetingScope,
  today: CalendarDate,
): Promise<OpenTask[]> {
  const rows = await db.$queryRaw<
    {
      id: string;
      title: string;
      detail: string | null;
      due: string;
      meetingId: MeetingId | null;
      start: number | null;
      joinUrl: string | null;
    }[]
  >`
    SELECT t.id, t.title, m.place_label AS detail, t.due_on::text AS due, t.meeting_id AS "meetingId",
      CASE WHEN t.kind = 'meeting' THEN extract(epoch FROM m.starts_at)::float8 * 1000 END AS start,
      CASE WHEN t.kind = 'meeting' THEN m.join_url END AS "joinUrl"
    FROM task t LEFT JOIN meeting m ON m.workspace_id = t.workspace_id AND m.id = t.meeting_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.user_id = ${userId}::uuid AND t.done_at IS NULL
      AND t.due_on <= ${today}::date + 7
    ORDER BY t.due_on, m.starts_at, t.created_at LIMIT 20`;
  return rows.map(({ due, start, ...task }) => ({
    ...task,
    start: start === null ? null : instantOf(start),
    dueDate: parseCalendarDate(due) ?? today,
    overdue: due < today,
  }));
}
