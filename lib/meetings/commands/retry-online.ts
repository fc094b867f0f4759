import type { Actor } from "@/lib/access/actor";
import { wishOnline } from "@/lib/conferencing/writes";
import { insertRows } from "@/lib/db/rows";
import { withRetry } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { eventRows } from "../writes";

/**
 * Asks for the online meeting of a meeting again, after somebody mended what kept it from being made. Refused where
 * nothing failed or waits. Throws AccessDenied.
 */
export async function retryOnline(
  { actor, meeting }: { readonly actor: Actor; readonly meeting: Meeting },
  deps: Deps,
): Promise<Result<null, "nothing-to-retry">> {
  const facts = factsOf(meeting);
  meetingPolicy.authorize(actor, "meeting.edit", facts);
  const state = meeting.online?.state;
  if (state !== "failed" && state !== "wanted") return refuse("nothing-to-retry");
  const at = deps.now();
  const by = actedBy(actor, actsAsOverride(actor, facts));
  await withRetry(() =>
    deps.db.$transaction(async (tx) => {
      await wishOnline(tx, meeting, { queue: deps.queue, at });
      await insertRows(tx, [eventRows(meeting, by, { kind: "online-retried", at })]);
    }),
  );
  return ok(null);
}
