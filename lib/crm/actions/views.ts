"use server";

import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { keepView } from "../commands/keep-view";
import type { ViewAnswer, ViewRefusal } from "../core/view-input";
import { MOST_VIEWS, viewAct } from "../core/view-input";

const WORDS: Readonly<Record<ViewRefusal, string>> = {
  "name-taken": "You have a view of this name already.",
  "too-many": `You have ${MOST_VIEWS} views here already. Drop one first.`,
  "not-here": "This view is not there any more. Load the page again.",
};

const refused = (message: string): ViewAnswer => ({ status: "refused", message });

/** Keeps, changes or drops a saved view of its sender, as the payload says. */
export async function keepViewAction(form: FormData): Promise<ViewAnswer> {
  return withAction<ViewAnswer>(
    "keep-view",
    async () => {
      const actor = await getMember();
      const asked = payloadOf(viewAct, form);
      if (!asked?.success) return refused("Give the view a name of at most 60 characters.");
      const kept = await keepView({ actor, asked: asked.data }, runtime());
      return kept.ok ? { status: "done", id: kept.value.id } : refused(WORDS[kept.refusal]);
    },
    refused,
  );
}
