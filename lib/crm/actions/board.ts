"use server";

import { z } from "zod";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { calendarDateOnWire } from "@/lib/time/wire";
import { makeLead } from "../commands/make-lead";
import { dealFields, dealName } from "../core/deal-input";
import type { QuickAnswer } from "../core/quick-answer";
import { getScope } from "../reads/scope";

const refused = (message: string): QuickAnswer => ({ status: "refused", message });

const input = z.strictObject({
  name: dealName,
  amountMinor: dealFields.shape.amountMinor,
  stageId: z.uuid(),
  expectedClose: calendarDateOnWire.exactOptional(),
});

/** Makes the payload's deal, `{name, amountMinor?, stageId, expectedClose?}`: its sender's own, in the workspace's currency. */
export async function quickDealAction(form: FormData): Promise<QuickAnswer> {
  return withAction<QuickAnswer>(
    "quick-deal",
    async () => {
      const actor = await getMember();
      const asked = payloadOf(input, form);
      if (!asked?.success)
        return refused(
          asked?.error.issues[0]?.path[0] === "name"
            ? "Say what it is called, in at most 200 characters."
            : "This was not understood. Load the page again.",
        );
      const { stageId, name, ...fields } = asked.data;
      const deps = runtime();
      const scope = await getScope(deps.db, actor);
      // What somebody types into a column is whom they sell to; the deal is called the same until it has a better name.
      const about = { ...fields, name, companyName: name };
      const [team] = scope.teams;
      const made = await makeLead(
        {
          actor,
          scope,
          via: "person",
          input: {
            kind: "opportunity",
            stageId,
            ownerId: actor.userId,
            teamId: team?.id,
            fields: about,
          },
        },
        deps,
      );
      return made.ok
        ? { status: "done", id: made.value.id, number: made.value.number }
        : refused("This stage is not there any more. Load the page again.");
    },
    refused,
  );
}
