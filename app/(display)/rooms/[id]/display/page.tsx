import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DoorDisplay } from "@/components/rooms/door-display";
import { t } from "@/components/rooms/rooms-text";

export const metadata: Metadata = { title: t("door.title") };

type Props = { readonly params: Promise<{ id: string }> };

/** The same page for every tablet: which room it shows is decided by what the tablet holds. */
export default async function DisplayPage({ params }: Props) {
  const { id } = await params;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) notFound();
  return <DoorDisplay roomId={id} />;
}
