"use server";

import { z } from "zod";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { UndoRefusal } from "../commands/undo-change";
import { undoChange } from "../commands/undo-change";
import type { UndoAnswer } from "../core/undo-answer";

const WORDS: Readonly<Record<UndoRefusal, string>> = {
  "not-here": "This was taken back already.",
  "too-late": "This can no longer be taken back. Change it again instead.",
  "changed-meanwhile": "Somebody changed it since. It is left as it is now.",
};

const refused = (message: string): UndoAnswer => ({ status: "refused", message });

const input = z.strictObject({ undoId: z.uuid() });

/** Takes back what the payload's `{undoId}` names, whole or not at all; only by who did it, within a minute. */
export async function undoChangeAction(form: FormData): Promise<UndoAnswer> {
  return withAction<UndoAnswer>(
    "undo-change",
    async () => {
      const actor = await getMember();
      const asked = payloadOf(input, form);
      if (!asked?.success) return refused("This was not understood. Load the page again.");
      const undone = await undoChange({ actor, undoId: asked.data.undoId }, runtime());
      return undone.ok ? { status: "done", ...undone.value } : refused(WORDS[undone.refusal]);
    },
    refused,
  );
}
