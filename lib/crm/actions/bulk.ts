"use server";

import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { changeLeads } from "../commands/change-leads";
import type { BulkAnswer } from "../core/bulk";
import { bulkInput } from "../core/bulk";
import { ACT_WORDS } from "../core/deal-answer";
import { getScope } from "../reads/scope";

const refused = (message: string): BulkAnswer => ({ status: "refused", message });

const wordsOf = (reason: string): string =>
  (ACT_WORDS as Readonly<Record<string, string>>)[reason] ?? "Somebody changed it meanwhile.";

/** Does the payload's act to at most 500 leads, `{ids, act, label, undoId?}`: those it cannot be done to stay, and are counted by reason. */
export async function changeManyAction(form: FormData): Promise<BulkAnswer> {
  return withAction<BulkAnswer>(
    "change-many",
    async () => {
      const actor = await getMember();
      const asked = payloadOf(bulkInput, form);
      if (!asked?.success) return refused("This was not understood. Load the page again.");
      const { ids, act, label, undoId: joins } = asked.data;
      const deps = runtime();
      const scope = await getScope(deps.db, actor);
      const leads = ids.map((id) => ({ id }));
      const { changed, skipped, undoId } = await changeLeads(
        { actor, scope, leads, act, via: "person", label, joins },
        deps,
      );
      const reasons = Map.groupBy(skipped, ({ reason }) => reason);
      return {
        status: "done",
        changed: changed.length,
        skipped: [...reasons].map(([reason, of]) => ({ why: wordsOf(reason), count: of.length })),
        undoId,
      };
    },
    refused,
  );
}
