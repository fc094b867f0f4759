import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import type { Deps } from "@/lib/runtime";
import type { OwnerFacts } from "../core/schedule";
import type { EditGrant } from "../policy";
import { availabilityPolicy, editsAsOverride } from "../policy";

export type AvailabilityDeps = Pick<Deps, "db" | "keys" | "now" | "invalidate">;

/** What the log says of a change somebody made in another person's place. */
export type Edit = {
  readonly what: string;
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Carries an answer that is no change out of a transaction, which its throw rolls back. */
class NotDone extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super("not done");
    this.answer = answer;
  }
}

/**
 * One change of somebody's hours in one transaction. `work` writes with the grant; an answer that is not `ok` undoes
 * everything. A manager's change of another person's hours is audited, last. Throws AccessDenied.
 */
export async function editWith<Owner extends OwnerFacts, Answer extends { readonly ok: boolean }>(
  { actor, owner, edit }: { readonly actor: Actor; readonly owner: Owner; readonly edit: Edit },
  deps: AvailabilityDeps,
  work: (tx: Transaction, grant: EditGrant<Owner>) => Promise<Answer>,
): Promise<Answer> {
  const grant = availabilityPolicy.authorize(actor, "availability.edit", owner);
  try {
    return await deps.db.$transaction(async (tx) => {
      const answer = await work(tx, grant);
      if (!answer.ok) throw new NotDone(answer);
      if (actor.kind === "member" && editsAsOverride(actor, owner)) {
        await appendAudit(tx, deps.keys, {
          workspaceId: owner.workspaceId,
          at: deps.now(),
          actor: "user",
          userId: actor.userId,
          actorName: actor.name,
          action: `${edit.what} (override)`,
          subject: edit.subject,
          details: { person: owner.userId, ...edit.details },
        });
      }
      return answer;
    });
  } catch (error) {
    if (error instanceof NotDone) return error.answer as Answer;
    throw error;
  }
}
