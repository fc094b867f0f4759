"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { MergePartiesRefusal } from "../commands/merge-parties";
import { mergeParties, undoPartyMerge } from "../commands/merge-parties";
import type { PlainAnswer } from "../core/deal-answer";
import { mergePartiesInput } from "../core/merge-party";
import type { MergeAnswer } from "../core/merge-view";

const refused = (message: string) => ({ status: "refused", message }) as const;

const INCOMPLETE = refused("This was not understood. Load the page again.");

const WORDS: Readonly<Record<MergePartiesRefusal, string>> = {
  gone: "One of them was deleted or merged meanwhile. Load the page again.",
  "nothing-to-merge": "Choose at least one to merge.",
  "picked-from-elsewhere": "This was not understood. Load the page again.",
  "not-here": "There is nothing here any more.",
  "too-many": "These are too many for one merge.",
  "changed-meanwhile": "Somebody changed one of them meanwhile. Load the page again and compare.",
};

const UNDO_WORDS = {
  "not-here": "This was taken back already.",
  "changed-since": "Somebody has worked on it since. It stays merged.",
} as const;

function shownAgain(): void {
  for (const place of ["/companies", "/contacts", "/leads"]) revalidatePath(place, "layout");
}

async function getAsker() {
  const actor = await getMember();
  return { actor, workspaceId: actor.workspaceId };
}

/** Merges the payload's companies or contacts into one: `{record, survivorId, mergedIds, picks, versions}`. */
export async function mergePartiesAction(form: FormData): Promise<MergeAnswer> {
  return withAction<MergeAnswer>(
    "merge-parties",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(mergePartiesInput, form);
      if (!input?.success) return INCOMPLETE;
      const merged = await mergeParties({ ...asker, ...input.data }, runtime());
      if (!merged.ok) return refused(WORDS[merged.refusal]);
      shownAgain();
      const { survivorId } = input.data;
      return { status: "done", survivorId, mergeId: merged.value.mergeId };
    },
    refused,
  );
}

const undoInput = z.strictObject({ mergeId: z.uuid() });

/** Takes such a merge back, whole, while nobody has worked on what was merged: `{mergeId}`. */
export async function undoPartyMergeAction(form: FormData): Promise<PlainAnswer> {
  return withAction<PlainAnswer>(
    "undo-party-merge",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(undoInput, form);
      if (!input?.success) return INCOMPLETE;
      const undone = await undoPartyMerge({ ...asker, ...input.data }, runtime());
      if (!undone.ok) return refused(UNDO_WORDS[undone.refusal]);
      shownAgain();
      return { status: "done", id: undone.value.survivorId };
    },
    refused,
  );
}
