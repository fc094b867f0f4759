import { enqueue } from "@/lib/jobs/queue";
import type { MeetingChange } from "@/lib/meetings/jobs";
import { writeCopy } from "../jobs";
import { listCalendarsOf } from "../reads/calendars";
import type { CalendarDeps } from "./calendar-deps";

/**
 * A meeting changed: every calendar in which it stands, or is to stand, is brought up to it. Told twice, it asks twice
 * for what is then already so.
 */
export async function followInCalendars(
  { workspaceId, meetingId }: Pick<MeetingChange, "workspaceId" | "meetingId">,
  { db, queue }: Pick<CalendarDeps, "db" | "queue">,
): Promise<void> {
  const calendars = await listCalendarsOf(db, { workspaceId, meetingId });
  if (calendars.length === 0) return;
  await db.$transaction((tx) =>
    enqueue(
      queue,
      tx,
      writeCopy,
      calendars.map((calendarId) => ({
        payload: { workspaceId, calendarId, meetingId, tries: 0 },
      })),
    ),
  );
}
