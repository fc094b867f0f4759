import type { Member } from "@/lib/access/actor";
import type { Deps } from "@/lib/runtime";
import type { DashboardFileFormat } from "../core/file-about";
import { fileFacts, fileName } from "../core/file-about";
import type { DashboardName, ViewState } from "../core/view-state";
import { usualState, viewStateQuery } from "../core/view-state";
import { dashboardPolicy } from "../policy";
import { listFilterChoices } from "../reads/choices";
import { getWorkspaceName } from "../reads/schedules";
import { auditDashboards } from "./audit-dashboards";
import type { ComputedDashboard } from "./compute-dashboard";
import { computeDashboard } from "./compute-dashboard";
import type { DashboardFileText } from "./write-dashboard-file";
import { FILE_TYPES, writeDashboardFile } from "./write-dashboard-file";

export type DashboardFile = {
  readonly body: ReadableStream<Uint8Array>;
  readonly type: string;
  readonly name: string;
};

const TITLES: Readonly<Record<DashboardName, string>> = {
  executive: "Executive dashboard",
  strategic: "Strategic dashboard",
};

/** What a file of these figures says of itself. */
export async function fileText(
  {
    actor,
    computed,
    state,
  }: {
    readonly actor: Member;
    readonly computed: ComputedDashboard;
    readonly state: ViewState;
  },
  { db }: Pick<Deps, "db">,
): Promise<DashboardFileText> {
  const { dashboard, batch, scope } = computed;
  const [choices, workspaceName] = await Promise.all([
    listFilterChoices(db, scope),
    getWorkspaceName(db, actor.workspaceId),
  ]);
  const title = TITLES[dashboard];
  const ownOnly = !dashboardPolicy.can(actor, "dashboard.configure", actor);
  const told = { title, batch, state, choices, workspaceName, readerName: actor.name, ownOnly };
  return { title, facts: fileFacts(told) };
}

/**
 * A dashboard as a file: the same answer as on its page, for what this person may take out of the house. Written down
 * in the audit log, with what was asked for and how many rows it holds, before the first byte leaves. Throws
 * AccessDenied.
 */
export async function exportDashboard(
  asked: {
    readonly actor: Member;
    readonly dashboard: DashboardName;
    readonly state: ViewState;
    readonly format: DashboardFileFormat;
  },
  deps: Pick<Deps, "db" | "keys" | "now">,
): Promise<DashboardFile> {
  const { actor, dashboard, state, format } = asked;
  dashboardPolicy.authorize(actor, "dashboard.export", actor);
  const computed = await computeDashboard(asked, deps);
  const text = await fileText({ actor, computed, state }, deps);
  const rows = computed.sections
    .flatMap(({ tables }) => tables)
    .reduce((sum, table) => sum + table.rows.length, 0);
  await deps.db.$transaction((tx) =>
    auditDashboards(tx, actor, deps, {
      action: "dashboard.export",
      subject: dashboard,
      details: {
        format,
        query: viewStateQuery(state, usualState(dashboard)).toString(),
        scope: computed.scope.kind,
        version: computed.batch.version,
        rows,
      },
    }),
  );
  return {
    body: writeDashboardFile(computed, text, format),
    type: FILE_TYPES[format],
    name: fileName(dashboard, computed.batch, format),
  };
}
