import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { getScope } from "@/lib/crm/reads/scope";
import { isMetricId } from "@/lib/metrics/core/registry";
import { getPlace } from "@/lib/metrics/reads/place";
import { runtime } from "@/lib/runtime";
import { dashboardOf, drillUsual } from "../core/drill-href";
import type { DrillTab, MetricPageData } from "../core/metric-page";
import { loneOf, sortOf } from "../core/metric-page";
import { parseViewState } from "../core/view-state";
import { dashboardPolicy } from "../policy";
import { listFilterChoices } from "../reads/choices";
import { readMetricPage } from "../reads/metric-page";

/** Whoever may see figures; to others they do not exist. */
export async function getMetricReader(): Promise<Member> {
  const member = await getMember();
  if (!dashboardPolicy.can(member, "metric.view", member)) notFound();
  return member;
}

/** One figure with its records, as the address asks for it. A name nobody knows is a page that is not there. */
export async function loadMetricPage(id: string, query: URLSearchParams): Promise<MetricPageData> {
  const member = await getMetricReader();
  if (!isMetricId(id)) notFound();
  const { db, now } = runtime();
  const [scope, place] = await Promise.all([
    getScope(db, member),
    getPlace(db, member.workspaceId, now()),
  ]);
  const state = parseViewState(query, drillUsual);
  const by = query.get("by") as DrillTab | null;
  const [choices, page] = await Promise.all([
    listFilterChoices(db, scope),
    readMetricPage(
      { db },
      { scope, place },
      { id, state, lone: loneOf(query), by, sort: sortOf(id, query.get("sort")) },
    ),
  ]);
  return {
    ...page,
    from: dashboardOf(query.get("from")),
    choices,
    mayExport: dashboardPolicy.can(member, "dashboard.export", member),
    exportsOwn: !dashboardPolicy.can(member, "dashboard.configure", member),
  };
}
