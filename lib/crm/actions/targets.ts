"use server";

import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { TargetRefusal } from "../commands/set-targets";
import { setTargets } from "../commands/set-targets";
import { targetCells } from "../core/target";
import type { TargetAnswer } from "../core/target-answer";
import { crmPolicy } from "../policy";

const WORDS: Readonly<Record<TargetRefusal, string>> = {
  "changed-meanwhile":
    "Somebody else changed one of these targets meanwhile. Load the page again to see theirs; yours are not saved.",
  "no-such-holder": "This team or person is gone. Load the page again.",
};

const refused = (message: string): TargetAnswer => ({ status: "refused", message });

/** Sets the targets of the payload's cells, all or none. */
export async function setTargetsAction(form: FormData): Promise<TargetAnswer> {
  return withAction<TargetAnswer>(
    "set-targets",
    async () => {
      const { workspaceId, ...member } = await getMember();
      const grant = crmPolicy.authorize({ workspaceId, ...member }, "crm.target", { workspaceId });
      const asked = payloadOf(targetCells, form);
      if (!asked?.success) return refused("This was not understood. Load the page again.");
      const set = await setTargets(asked.data.cells, grant, runtime());
      return set.ok ? { status: "done", ...set.value } : refused(WORDS[set.refusal]);
    },
    refused,
  );
}
