import "server-only";
import { notFound } from "next/navigation";
import { getMember } from "@/lib/auth/session";
import type { UserId } from "@/lib/ids";
import type { Viewer } from "@/lib/people/core/viewer";
import { getViewer } from "@/lib/people/loaders";
import { runtime } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt, endOfDay, startOfDay } from "@/lib/time/offset";
import type { CalendarBlock, CalendarSurroundings, CalendarView } from "../core/calendar";
import { daysShown, MOST_PEOPLE } from "../core/calendar";
import { mayHost } from "../policy";
import { findSurroundings, listBlocks } from "../reads/calendar";

export type CalendarData = {
  readonly viewer: Viewer;
  readonly now: Instant;
  /** The day asked for; without one, the reader's today. */
  readonly date: CalendarDate;
  /** Whose calendars are shown, the reader's alone or those asked for. */
  readonly people: readonly UserId[];
  readonly blocks: readonly CalendarBlock[];
  readonly around: CalendarSurroundings;
};

/**
 * What one view of the calendar shows, in the reader's days: two statements. Of colleagues' meetings only what the
 * reader may know leaves the server. To people who hold no meetings the page does not exist.
 */
export async function loadCalendar({
  view,
  date: asked,
  people: askedPeople,
}: {
  readonly view: CalendarView;
  readonly date: CalendarDate | undefined;
  readonly people: readonly UserId[];
}): Promise<CalendarData> {
  const member = await getMember();
  if (!mayHost(member)) notFound();
  const viewer = await getViewer();
  const { db, now: clock } = runtime();
  const now = clock();
  const date = asked ?? calendarDateAt(viewer.zone, now);
  const days = daysShown(view, date, viewer.weekStart);
  const lastDay = days.at(-1) ?? date;
  const span = {
    firstDay: days[0] ?? date,
    lastDay,
    from: startOfDay(days[0] ?? date, viewer.zone),
    to: endOfDay(lastDay, viewer.zone),
  };
  const read = async (people: readonly UserId[]) => {
    const [blocks, around] = await Promise.all([
      listBlocks(db, member, people, span),
      findSurroundings(db, member, people, span),
    ]);
    // Who has left, or never was here, has no column.
    return { people: around.people.map(({ id }) => id), blocks, around };
  };
  const chosen = view === "people" ? askedPeople.slice(0, MOST_PEOPLE) : [];
  const found = chosen.length > 0 ? await read(chosen) : undefined;
  const shown = found?.people.length ? found : await read([member.userId]);
  return { viewer, now, date, ...shown };
}
