import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { MeetingEditor } from "@/components/meetings/editor/meeting-editor";
import { words } from "@/components/meetings/editor/words";
import { loadEditedMeeting } from "@/lib/meetings/loaders/editor";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: words("edit.title") };

export default async function EditMeetingPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/meetings/${encodeURIComponent(id)}/edit`));
  const view = await loadEditedMeeting(id);
  return (
    <MeetingEditor
      key={id}
      meeting={view.meeting}
      given={view.draft}
      viewerId={viewer.id}
      virtualRooms={view.virtualRooms}
      reader={viewer}
      now={view.now}
    />
  );
}
