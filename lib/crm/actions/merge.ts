"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { MergeLeadsRefusal } from "../commands/merge-leads";
import { mergeLeads, undoMerge } from "../commands/merge-leads";
import type { PlainAnswer } from "../core/deal-answer";
import type { MergeAnswer } from "../core/merge-view";
import { mergeInput } from "../core/merge-view";
import { getScope } from "../reads/scope";

const refused = (message: string) => ({ status: "refused", message }) as const;

const INCOMPLETE = refused("This was not understood. Load the page again.");

const WORDS: Readonly<Record<MergeLeadsRefusal, string>> = {
  deleted: "One of them was deleted meanwhile. Load the page again.",
  merged: "One of them was merged meanwhile. Load the page again.",
  "nothing-to-merge": "Choose at least one to merge.",
  "picked-from-elsewhere": "This was not understood. Load the page again.",
  "opportunity-survives":
    "A deal cannot be merged into a lead. Open the deal and merge the lead into it.",
  "closed-survives":
    "A deal that was won or lost stays counted: open it and merge the others into it.",
  "not-here": "There is nothing here any more.",
  denied: "Only their owner or a sales manager can merge these.",
  "too-many": "These are too many for one merge.",
  "changed-meanwhile": "Somebody changed one of them meanwhile. Load the page again and compare.",
};

async function getAsker() {
  const actor = await getMember();
  return { actor, scope: await getScope(runtime().db, actor) };
}

/** Merges the payload's leads into one: `{survivorId, mergedIds, picks, versions}`. */
export async function mergeLeadsAction(form: FormData): Promise<MergeAnswer> {
  return withAction<MergeAnswer>(
    "merge-leads",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(mergeInput, form);
      if (!input?.success) return INCOMPLETE;
      const merged = await mergeLeads({ ...asker, ...input.data }, runtime());
      if (!merged.ok) return refused(WORDS[merged.refusal]);
      const { survivor, mergeId } = merged.value;
      return { status: "done", survivorId: survivor.id, mergeId };
    },
    refused,
  );
}

const undoInput = z.strictObject({ mergeId: z.uuid() });

/** Takes a merge back, whole, while nobody has worked on what was merged: `{mergeId}`. */
export async function undoMergeAction(form: FormData): Promise<PlainAnswer> {
  return withAction<PlainAnswer>(
    "undo-merge",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(undoInput, form);
      if (!input?.success) return INCOMPLETE;
      const undone = await undoMerge({ ...asker, ...input.data }, runtime());
      if (undone.ok) {
        revalidatePath("/leads", "layout");
        return { status: "done", id: undone.value.survivorId };
      }
      return refused(
        undone.refusal.reason === "changed-since"
          ? "Somebody has worked on it since. It stays merged."
          : WORDS[undone.refusal.reason],
      );
    },
    refused,
  );
}
