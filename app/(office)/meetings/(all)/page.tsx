import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { Calendar } from "@/components/meetings/calendar";
import {
  calendarAddress,
  calendarAsked,
  PEOPLE_COOKIE,
  ZONE_COOKIE,
} from "@/components/meetings/calendar-address";
import type { ListAsked, SearchParams } from "@/components/meetings/list-address";
import { listAddress, listAsked } from "@/components/meetings/list-address";
import { MeetingList } from "@/components/meetings/meeting-list";
import { MeetingsFrame } from "@/components/meetings/meetings-frame";
import { t } from "@/components/ui/office-text";
import { loadMeeting, loadMeetingsList } from "@/lib/meetings/loaders";
import { loadCalendar } from "@/lib/meetings/loaders/calendar";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("places.meetings") };

type Viewer = NonNullable<Awaited<ReturnType<typeof loadViewer>>>;

async function CalendarPage({
  question,
  viewer,
}: {
  question: NonNullable<ReturnType<typeof calendarAsked>>;
  viewer: Viewer;
}) {
  const [calendar, opened] = await Promise.all([
    loadCalendar(question),
    question.open === undefined ? undefined : loadMeeting(question.open),
  ]);
  const { date, people, blocks, around, now } = calendar;
  const meeting = opened?.meeting;
  const asked = { ...question, date, people, open: meeting?.id };
  return (
    <MeetingsFrame
      open={meeting}
      closeHref={calendarAddress(asked, { open: undefined })}
      reader={viewer}
      now={now}
    >
      <Calendar
        asked={asked}
        blocks={blocks}
        around={around}
        people={people}
        reader={{ zone: viewer.zone, locale: viewer.locale, hourCycle: viewer.hourCycle }}
        viewerId={viewer.id}
        weekStart={viewer.weekStart}
        now={now}
      />
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
  const [viewer, params, jar] = await Promise.all([loadViewer(), searchParams, cookies()]);
  if (viewer === undefined) redirect(signInPath("/meetings"));
  const question = calendarAsked(params, {
    zone2: jar.get(ZONE_COOKIE)?.value ?? "",
    people: jar.get(PEOPLE_COOKIE)?.value ?? "",
  });
  return question === undefined ? (
    <ListPage params={params} viewer={viewer} />
  ) : (
    <CalendarPage question={question} viewer={viewer} />
  );
}
