import type { CrmScope } from "@/lib/crm/core/scope";
import type { MetricFilter } from "@/lib/metrics/core/question";
import type { NoForecast } from "./panel";

/** Whose forecast a reader is shown: all teams' (null), one team's, or none and why. */
export type Whose = { readonly team: string | null } | { readonly none: NoForecast };

/**
 * A forecast is of whole teams. Who sees everything is shown all teams, or the one they ask for; who sees their teams
 * one of these; who sees their own deals none, because every team's holds others' deals.
 */
export function whoseForecast(scope: CrmScope, filter: MetricFilter): Whose {
  if (scope.kind === "own") return { none: "not-for-this-scope" };
  if (filter.owner.length + filter.source.length + filter.product.length > 0)
    return { none: "not-for-this-filter" };
  const [asked, ...more] = filter.team;
  if (more.length > 0 || asked === "none") return { none: "not-for-this-filter" };
  if (scope.kind === "all") return { team: asked ?? null };
  const own = scope.teams.map(({ id }) => id);
  if (asked !== undefined)
    return own.includes(asked) ? { team: asked } : { none: "not-for-this-scope" };
  const [only] = own;
  return only === undefined || own.length > 1 ? { none: "not-for-this-scope" } : { team: only };
}
