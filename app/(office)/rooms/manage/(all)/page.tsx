import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { ManageScreen } from "@/components/rooms/manage-screen";
import { t } from "@/components/rooms/rooms-text";
import { loadViewer } from "@/lib/people/loaders";
import { loadManagedRooms } from "@/lib/rooms/loaders";

export const metadata: Metadata = { title: t("manage.title") };

export default async function ManageRoomsPage() {
  if ((await loadViewer()) === undefined) redirect(signInPath("/rooms/manage"));
  return <ManageScreen {...(await loadManagedRooms())} />;
}
