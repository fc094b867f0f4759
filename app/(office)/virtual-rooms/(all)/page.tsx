import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { RoomList } from "@/components/virtual-rooms/room-list";
import { t } from "@/components/virtual-rooms/virtual-room-text";
import { loadVirtualRooms } from "@/lib/conferencing/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function VirtualRoomsPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/virtual-rooms"));
  const { rooms } = await loadVirtualRooms();
  return <RoomList rooms={rooms} reader={viewer} />;
}
