import { insertImage, removeImage } from "@/lib/images/image-rows";
import type { ImageRefusal } from "@/lib/images/reencode";
import { reencodeImage } from "@/lib/images/reencode";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { RoomsGrant } from "../policy";
import { findRoomZone } from "../reads";
import { replacePhoto } from "../writes";
import { auditRooms } from "./audit-rooms";

/** Twice the 480 by 270 pixels a photo is shown in at most. */
const BOX = { width: 960, height: 540, fit: "cover" } as const;

/**
 * Shows the picture in these bytes as a room's photo, or none for undefined. It is decoded and encoded again before
 * anything is stored; the picture before it is gone. Takes up to 10 s for a large one.
 */
export async function setRoomPhoto(
  roomId: string,
  bytes: Uint8Array | undefined,
  grant: RoomsGrant,
  deps: Deps,
): Promise<Result<{ readonly photoId: string | null }, ImageRefusal | "no-room">> {
  const { workspaceId } = grant.resource;
  if ((await findRoomZone(deps.db, workspaceId, roomId)) === undefined) return refuse("no-room");
  const image = bytes === undefined ? undefined : await reencodeImage(bytes, BOX);
  if (image?.ok === false) return image;
  const photoId = await deps.db.$transaction(async (tx) => {
    const id = image === undefined ? null : await insertImage(tx, workspaceId, image.value);
    const before = await replacePhoto(tx, grant, roomId, id);
    if (before !== null) await removeImage(tx, workspaceId, before);
    await auditRooms(tx, grant, deps, {
      action: id === null ? "room.photo-removed" : "room.photo",
      subject: roomId,
      details: id === null ? {} : { image: id },
    });
    return id;
  });
  return ok({ photoId });
}
