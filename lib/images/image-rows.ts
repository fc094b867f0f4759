import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import type { StoredImage } from "./reencode";

/** Keeps a picture, and returns its id: new for each one, so that its address may be cached for ever. */
export async function insertImage(
  db: Db,
  workspaceId: string,
  { mediaType, bytes, width, height }: StoredImage,
): Promise<string> {
  const id = randomUUID();
  await db.image.create({
    data: { workspaceId, id, mediaType, bytes: new Uint8Array(bytes), width, height },
  });
  return id;
}

/** Removes a picture nobody shows any more. A picture that is still named somewhere makes the caller's commit fail. */
export async function removeImage(db: Db, workspaceId: string, id: string): Promise<void> {
  await db.image.deleteMany({ where: { workspaceId, id } });
}

/** What is served under an image's address: its id is the only thing a page knows of it. Undefined when it is gone. */
export async function findImage(
  db: Db,
  id: string,
): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined> {
  const [row] = await db.image.findMany({
    where: { id },
    take: 1,
    select: { mediaType: true, bytes: true },
  });
  return row;
}
