import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { MeetingEditor } from "@/components/meetings/editor/meeting-editor";
import { words } from "@/components/meetings/editor/words";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadDealToMeet } from "@/lib/meetings/loaders/deal";
import { loadNewMeeting } from "@/lib/meetings/loaders/editor";
import { loadViewer } from "@/lib/people/loaders";
import { parseInstant } from "@/lib/time/instant";

export const metadata: Metadata = { title: words("new.title") };

export default async function NewMeetingPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/meetings/new"));
  const deal = await loadDealToMeet(one(params, "lead"));
  const view = await loadNewMeeting({
    start: parseInstant(one(params, "start") ?? ""),
    end: parseInstant(one(params, "end") ?? ""),
    subject: one(params, "subject")?.slice(0, 200) ?? deal?.name,
    guest: deal?.guest ?? undefined,
    rooms: one(params, "room")?.split(","),
    people: one(params, "people")?.split(",").slice(0, 20),
    like: one(params, "like"),
  });
  return (
    <MeetingEditor
      meeting={undefined}
      deal={deal}
      given={view.draft}
      viewerId={viewer.id}
      virtualRooms={view.virtualRooms}
      reader={viewer}
      now={view.now}
    />
  );
}
