import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { RoomScreen } from "@/components/virtual-rooms/room-screen";
import { t } from "@/components/virtual-rooms/virtual-room-text";
import { loadVirtualRoom } from "@/lib/conferencing/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function VirtualRoomPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/virtual-rooms/${encodeURIComponent(id)}`));
  const { room, configured, appUrl } = await loadVirtualRoom(id);
  return <RoomScreen room={room} configured={configured} appUrl={appUrl} reader={viewer} />;
}
