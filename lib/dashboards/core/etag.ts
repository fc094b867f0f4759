import type { CrmScope } from "@/lib/crm/core/scope";
import type { Block } from "./batch";
import type { DashboardName, ViewState } from "./view-state";
import { usualState, viewStateQuery } from "./view-state";

/**
 * Everything one answer depends on besides the code: the data, the day, what was asked, and what its reader may see.
 * Two equal texts are two equal answers but for their time.
 */
export const answerKey = (
  dashboard: DashboardName,
  of: {
    readonly version: string;
    readonly today: string;
    readonly state: ViewState;
    readonly scope: CrmScope;
  },
): string =>
  JSON.stringify([
    dashboard,
    of.version,
    of.today,
    viewStateQuery(of.state, usualState(dashboard)).toString(),
    of.scope.workspaceId,
    of.scope.kind === "all" ? "all" : [of.scope.kind, of.scope.userId, of.scope.teams],
  ]);

/** Whether every block came, of the same moment. An answer that lacks one is no answer to keep. */
export const isWhole = (blocks: Readonly<Record<string, Block<unknown>>>): boolean =>
  Object.values(blocks).every((block) => block.status === "ready" && block.asOf === undefined);
