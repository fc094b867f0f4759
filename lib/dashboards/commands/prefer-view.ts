import type { Member } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { PreferenceInput } from "../core/view-input";
import { dashboardPolicy } from "../policy";
import { keepPreference } from "../writes/views";

/**
 * Keeps how its sender reads a dashboard: how often it asks again, which view it begins with. No configuration: nobody
 * else sees anything of it. Throws AccessDenied for whoever may not see the dashboard.
 */
export async function preferView(
  { actor, asked }: { readonly actor: Member; readonly asked: PreferenceInput },
  { db }: Pick<Deps, "db">,
): Promise<Result<null, "not-here">> {
  const grant = dashboardPolicy.authorize(actor, `${asked.dashboard}.view`, actor);
  return (await keepPreference(db, grant, asked)) ? ok(null) : refuse("not-here");
}
