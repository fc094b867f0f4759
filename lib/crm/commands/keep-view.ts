import { v7 as newId } from "uuid";
import type { Member } from "@/lib/access/actor";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { ViewAct, ViewRefusal } from "../core/view-input";
import { MOST_VIEWS } from "../core/view-input";
import { crmPolicy } from "../policy";
import { countViews, dropView, insertView, updateView } from "../writes/view";

/**
 * Keeps, changes or drops one of its asker's own views; nobody changes another's, shared or not. A default takes the
 * place of the one before. Throws AccessDenied for whoever has no part in sales.
 */
export async function keepView(
  { actor, asked }: { readonly actor: Member; readonly asked: ViewAct },
  { db, now }: Pick<Deps, "db" | "now">,
): Promise<Result<{ readonly id: string }, ViewRefusal>> {
  const grant = crmPolicy.authorize(actor, "crm.use", actor);
  const whose = { workspaceId: actor.workspaceId, userId: actor.userId };
  try {
    if (asked.act === "drop") {
      return (await dropView(db, grant, { ...whose, id: asked.id }))
        ? ok(asked)
        : refuse("not-here");
    }
    if (asked.act === "change") {
      const { act: _, ...change } = asked;
      return (await updateView(db, grant, { ...whose, ...change }))
        ? ok(asked)
        : refuse("not-here");
    }
    if ((await countViews(db, { ...whose, place: asked.place })) >= MOST_VIEWS)
      return refuse("too-many");
    const { act: _, ...view } = asked;
    const id = newId();
    await insertView(db, grant, { ...whose, ...view, id, at: now() });
    return ok({ id });
  } catch (error) {
    if (violates(error, "view_is_named_once")) return refuse("name-taken");
    throw error;
  }
}
