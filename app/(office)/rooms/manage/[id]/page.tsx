import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import classes from "@/components/rooms/manage.module.css";
import { RoomDisplays } from "@/components/rooms/room-displays";
import { RoomForm } from "@/components/rooms/room-form";
import { RoomPhoto } from "@/components/rooms/room-photo";
import { RoomService } from "@/components/rooms/room-service";
import { t } from "@/components/rooms/rooms-text";
import { PageHead } from "@/components/ui/page-head";
import { loadDisplays } from "@/lib/occupancy/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { loadManagedRoom } from "@/lib/rooms/loaders";

type Props = { readonly params: Promise<{ id: string }> };

export const metadata: Metadata = { title: t("manage.room") };

export default async function ManageRoomPage({ params }: Props) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/rooms/manage/${encodeURIComponent(id)}`));
  const { room, closures, ...choices } = await loadManagedRoom(id);
  return (
    <div className={classes.screen}>
      <PageHead
        title={room?.name ?? t("room.newTitle")}
        {...(room === undefined ? {} : { context: room.location })}
      />
      <RoomForm key={id} room={room} {...choices} />
      {room === undefined ? null : (
        <>
          <RoomPhoto roomId={room.id} photoId={room.photoId} />
          <RoomService room={room} closures={closures} reader={viewer} />
          <RoomDisplays roomId={room.id} displays={await loadDisplays(room.id)} reader={viewer} />
        </>
      )}
    </div>
  );
}
