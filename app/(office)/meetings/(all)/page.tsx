import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import type { ListAsked, SearchParams } from "@/components/meetings/list-address";
import { listAddress, listAsked, one } from "@/components/meetings/list-address";
import { MeetingList } from "@/components/meetings/meeting-list";
import { MeetingsFrame } from "@/components/meetings/meetings-frame";
import { Week } from "@/components/meetings/week";
import { weekAddress } from "@/components/meetings/week-address";
import { t } from "@/components/ui/office-text";
import { loadMeeting, loadMeetingsList, loadWeek } from "@/lib/meetings/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { calendarDateAt } from "@/lib/time/offset";
import { parseTimeZone } from "@/lib/time/zone";

export const metadata: Metadata = { title: t("places.meetings") };

type Viewer = NonNullable<Awaited<ReturnType<typeof loadViewer>>>;

async function WeekPage({ params, viewer }: { params: SearchParams; viewer: Viewer }) {
  const open = one(params, "open");
  const date = parseCalendarDate(one(params, "date") ?? "");
  const [{ rows, now }, opened] = await Promise.all([
    loadWeek({ date }),
    open === undefined ? undefined : loadMeeting(open),
  ]);
  const meeting = opened?.meeting;
  const asked = {
    date: date ?? calendarDateAt(viewer.zone, now),
    beside: parseTimeZone(one(params, "beside") ?? ""),
    open: meeting?.id,
  };
  return (
    <MeetingsFrame
      open={meeting}
      closeHref={weekAddress(asked, { open: undefined })}
      reader={viewer}
      now={now}
    >
      <Week asked={asked} rows={rows} reader={viewer} weekStart={viewer.weekStart} now={now} />
    </MeetingsFrame>
  );
}

/** The pages asked for, under each other. A cursor belongs to the page before it, so they are read in turn. */
async function loadPages(asked: ListAsked) {
  const { pages: _pages, open: _open, ...question } = asked;
  const first = await loadMeetingsList({ ...question, cursor: undefined });
  const rows = [...first.rows];
  let cursor = first.nextCursor;
  for (let page = 1; page < asked.pages && cursor !== undefined; page++) {
    const next = await loadMeetingsList({ ...question, cursor });
    rows.push(...next.rows);
    cursor = next.nextCursor;
  }
  return { rows, now: first.now, hasMore: cursor !== undefined };
}

async function ListPage({ params, viewer }: { params: SearchParams; viewer: Viewer }) {
  const asked = listAsked(params);
  const [list, opened] = await Promise.all([
    loadPages(asked),
    asked.open === undefined ? undefined : loadMeeting(asked.open),
  ]);
  return (
    <MeetingsFrame
      open={opened?.meeting}
      closeHref={listAddress(asked, { open: undefined })}
      reader={viewer}
      now={list.now}
    >
      <MeetingList
        asked={asked}
        rows={list.rows}
        hasMore={list.hasMore}
        waiting={viewer.waiting}
        reader={viewer}
        viewerId={viewer.id}
        now={list.now}
      />
    </MeetingsFrame>
  );
}

export default async function MeetingsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/meetings"));
  return one(params, "view") === "week" ? (
    <WeekPage params={params} viewer={viewer} />
  ) : (
    <ListPage params={params} viewer={viewer} />
  );
}
