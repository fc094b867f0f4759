import type { Member } from "@/lib/access/actor";
import { insertImage } from "@/lib/images/image-rows";
import type { ImageRefusal } from "@/lib/images/reencode";
import { reencodeImage } from "@/lib/images/reencode";
import type { Result } from "@/lib/result";
import { ok } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { linkPolicy } from "../policy";
import { getVisibleLink } from "./get-link";

const LOGO = { width: 480, height: 160, fit: "inside", format: "png" } as const;

/** Keeps a picture somebody chose as a link's logo; it is shown once the link is saved with it. Throws NotHere. */
export async function keepLogo(
  asked: { readonly actor: Member; readonly linkId: string; readonly bytes: Uint8Array },
  { db }: Pick<Deps, "db">,
): Promise<Result<{ readonly logoId: string }, ImageRefusal>> {
  const link = await getVisibleLink(db, asked.actor, asked.linkId);
  linkPolicy.authorize(asked.actor, "link.edit", link);
  const picture = await reencodeImage(asked.bytes, LOGO);
  if (!picture.ok) return picture;
  return ok({ logoId: await insertImage(db, link.workspaceId, picture.value) });
}
