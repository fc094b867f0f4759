import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import {
  firstHourFor,
  isSearching,
  roomsAsked,
  wantedTime,
} from "@/components/rooms/rooms-address";
import { RoomsScreen } from "@/components/rooms/rooms-screen";
import { t } from "@/components/rooms/rooms-text";
import { loadRoomsDay } from "@/lib/occupancy/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";

export const metadata: Metadata = { title: t("rooms.title") };

export default async function RoomsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/rooms"));
  const asked = roomsAsked(params);
  const now = instantOf(Date.now());
  const wanted = wantedTime(asked, viewer.zone, now);
  const firstHour = firstHourFor(asked, wanted, viewer.zone);
  const { people, equipment, place: location } = asked;
  const day = await loadRoomsDay({
    date: asked.date ?? calendarDateAt(viewer.zone, now),
    firstHour,
    zone: viewer.zone,
    search: isSearching(asked) ? { time: wanted, people, equipment, location } : undefined,
  });
  return (
    <RoomsScreen asked={asked} firstHour={firstHour} wanted={wanted} reader={viewer} {...day} />
  );
}
