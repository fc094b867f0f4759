import { appendAudit } from "@/lib/audit/append";
import { insertImage, removeImage } from "@/lib/images/image-rows";
import type { ImageRefusal } from "@/lib/images/reencode";
import { reencodeImage } from "@/lib/images/reencode";
import type { Result } from "@/lib/result";
import { ok } from "@/lib/result";
import type { WorkspaceGrant } from "../policy";
import { auditedAs } from "../policy";
import { replaceLogo } from "../writes";
import type { WorkspaceDeps } from "./change-workspace";
import { withdrawPages } from "./change-workspace";

/** The largest logo: twice the 240 by 80 pixels it is shown in. PNG, because mail programs draw no WebP. */
const BOX = { width: 480, height: 160, fit: "inside", format: "png" } as const;

/**
 * Shows the picture in these bytes as the workspace's logo, or none for undefined. It is decoded and encoded again
 * before anything is stored; the picture before it is gone. Takes up to 10 s for a large one.
 */
export async function setLogo(
  bytes: Uint8Array | undefined,
  grant: WorkspaceGrant<"workspace.change">,
  deps: WorkspaceDeps,
): Promise<Result<{ readonly logoId: string | null }, ImageRefusal>> {
  const { workspaceId } = grant.resource;
  const image = bytes === undefined ? undefined : await reencodeImage(bytes, BOX);
  if (image?.ok === false) return image;
  const logoId = await deps.db.$transaction(async (tx) => {
    const id = image === undefined ? null : await insertImage(tx, workspaceId, image.value);
    const before = await replaceLogo(tx, grant, id);
    if (before !== null) await removeImage(tx, workspaceId, before);
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: deps.now(),
      action: id === null ? "workspace.logo-removed" : "workspace.logo",
      subject: workspaceId,
      details: id === null ? {} : { image: id },
    });
    return id;
  });
  await withdrawPages(grant, deps);
  return ok({ logoId });
}
