import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import { listAddress, listAsked, one } from "@/components/meetings/list-address";
import { MeetingList } from "@/components/meetings/meeting-list";
import { MeetingsFrame } from "@/components/meetings/meetings-frame";
import { Week } from "@/components/meetings/week";
import { weekAddress } from "@/components/meetings/week-address";
import { dateFrom } from "@/components/meetings/week-layout";
import { t } from "@/components/ui/office-text";
import { findOpenMeeting, loadMeetingsList, loadWeek } from "@/lib/meetings/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { parseTimeZone } from "@/lib/time/zone";

export const metadata: Metadata = { title: t("places.meetings") };

type Viewer = NonNullable<Awaited<ReturnType<typeof loadViewer>>>;

async function WeekPage({ params, viewer }: { params: SearchParams; viewer: Viewer }) {
  const open = one(params, "open");
  const [{ rows, now, date }, meeting] = await Promise.all([
    loadWeek({ date: one(params, "date") }),
    open === undefined ? undefined : findOpenMeeting(open),
  ]);
  const asked = {
    date: dateFrom(date, now, viewer.zone),
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
      <Week
        asked={asked}
        rows={rows}
        reader={viewer}
        viewerId={viewer.id}
        weekStart={viewer.weekStart}
        now={now}
      />
    </MeetingsFrame>
  );
}

async function ListPage({ params, viewer }: { params: SearchParams; viewer: Viewer }) {
  const asked = listAsked(params);
  const [list, meeting] = await Promise.all([
    loadMeetingsList(asked),
    asked.open === undefined ? undefined : findOpenMeeting(asked.open),
  ]);
  return (
    <MeetingsFrame
      open={meeting}
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
