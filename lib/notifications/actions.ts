"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { markRead } from "./writes";

const which = z.union([z.uuid(), z.literal("all")]);

/** Marks the form's `id` (or `all`) as read in the reader's own inbox. */
export async function markReadAction(form: FormData): Promise<void> {
  await withAction(
    "mark-read",
    async () => {
      const member = await getMember();
      const id = which.safeParse(form.get("id"));
      if (!id.success) return;
      const { db, now } = runtime();
      const reader = { workspaceId: member.workspaceId, userId: member.userId };
      await markRead(db, reader, id.data, now());
      revalidatePath("/", "layout");
    },
    () => undefined,
  );
}
