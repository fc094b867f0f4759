import { enqueue } from "@/lib/jobs/queue";
import type { RunReport } from "@/lib/jobs/runs";
import { readCalendar } from "../jobs";
import { takeDue } from "../writes/calendars";
import type { CalendarDeps } from "./calendar-deps";

/** Asks for every calendar that is due to be read. Several nodes may do so at once: each takes its own. */
export async function handleReadCalendars({
  db,
  queue,
  now,
}: Pick<CalendarDeps, "db" | "queue" | "now">): Promise<RunReport> {
  const asked = await db.$transaction(async (tx) => {
    const due = await takeDue(tx, now());
    await enqueue(
      queue,
      tx,
      readCalendar,
      due.map((payload) => ({ payload })),
    );
    return due.length;
  });
  return { summary: `Asked for ${asked} calendars`, counts: { asked } };
}
