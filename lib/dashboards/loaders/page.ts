import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { scopeWords } from "@/lib/crm/core/scope";
import { listSellers } from "@/lib/crm/reads/deal-choices";
import { getScope } from "@/lib/crm/reads/scope";
import { getPlace } from "@/lib/metrics/reads/place";
import { runtime } from "@/lib/runtime";
import type { DashboardPageData, DashboardRights } from "../core/page";
import type { DashboardName } from "../core/view-state";
import { parseViewState, usualState, viewStateQuery } from "../core/view-state";
import { dashboardPolicy } from "../policy";
import { listFilterChoices } from "../reads/choices";
import { listSchedules } from "../reads/schedules";
import { findRefreshMinutes, listDashboardViews } from "../reads/views";

const rightsOf = (member: Member): DashboardRights => ({
  configure: dashboardPolicy.can(member, "dashboard.configure", member),
  schedule: dashboardPolicy.can(member, "dashboard.schedule", member),
  exportFiles: dashboardPolicy.can(member, "dashboard.export", member),
  strategic: dashboardPolicy.can(member, "strategic.view", member),
});

/** Whoever may see this dashboard; to others it does not exist. */
export async function getDashboardReader(dashboard: DashboardName): Promise<Member> {
  const member = await getMember();
  if (!dashboardPolicy.can(member, `${dashboard}.view`, member)) notFound();
  return member;
}

/** Everything the frame of a dashboard is drawn from. `reader` is the viewer's own clock and language. */
export async function loadDashboardPage(
  dashboard: DashboardName,
  reader: DashboardPageData["reader"],
): Promise<DashboardPageData> {
  const member = await getDashboardReader(dashboard);
  const { db, now: clock } = runtime();
  const now = clock();
  const { workspaceId, userId } = member;
  const asker = { workspaceId, userId, dashboard };
  const rights = rightsOf(member);
  const [scope, place, views, refreshMinutes, schedules, people] = await Promise.all([
    getScope(db, member),
    getPlace(db, workspaceId, now),
    listDashboardViews(db, asker),
    findRefreshMinutes(db, asker),
    rights.schedule ? listSchedules(db, { workspaceId, dashboard }) : [],
    rights.schedule ? listSellers(db, workspaceId) : [],
  ]);
  return {
    dashboard,
    choices: await listFilterChoices(db, scope),
    views,
    rights,
    mailing: rights.schedule
      ? { schedules, people: people.map(({ id, name }) => ({ id, name })) }
      : null,
    refreshMinutes,
    currency: place.currency,
    zone: place.zone,
    fiscalStart: place.fiscalStart,
    today: place.today,
    scope: scopeWords(scope),
    reader,
    now,
  };
}

/**
 * Where an address that asks for nothing leads: to the view its reader begins with, else to the workspace's; undefined
 * when there is neither, and the usual state is shown.
 */
export async function findStartAddress(dashboard: DashboardName): Promise<string | undefined> {
  const member = await getDashboardReader(dashboard);
  const { workspaceId, userId } = member;
  const views = await listDashboardViews(runtime().db, { workspaceId, userId, dashboard });
  const start = views.find(({ isStart }) => isStart) ?? views.find(({ isDefault }) => isDefault);
  if (start === undefined) return undefined;
  const usual = usualState(dashboard);
  const query = viewStateQuery(parseViewState(new URLSearchParams(start.query), usual), usual);
  query.set("view", start.id);
  return `/dashboards/${dashboard}?${query}`;
}

/** The dashboard somebody looked at last, as long as they may see it; else the executive one. Not found for others. */
export async function findDashboardToOpen(last: string | undefined): Promise<DashboardName> {
  const member = await getDashboardReader("executive");
  const mayBoth = dashboardPolicy.can(member, "strategic.view", member);
  return last === "strategic" && mayBoth ? "strategic" : "executive";
}
