import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import type { Board } from "../core/board";
import type { Stage } from "../core/lead";
import { listStages } from "./lead";

export type BoardPlace = {
  readonly pipelines: readonly { readonly id: string; readonly name: string }[];
  readonly pipelineId: string;
  readonly zone: Board["zone"];
  readonly currency: string;
  readonly ratesOf: CalendarDate | null;
  readonly today: CalendarDate;
  readonly stages: readonly Stage[];
};

/** The pipelines there are, the one that is meant, and the workspace's day and money; undefined without a pipeline. */
export async function findBoardPlace(
  db: Db,
  {
    workspaceId,
    pipelineId,
    now,
  }: {
    readonly workspaceId: string;
    readonly pipelineId: string | undefined;
    readonly now: Instant;
  },
): Promise<BoardPlace | undefined> {
  const [[about], stages] = await Promise.all([
    db.$queryRaw<
      {
        zone: string;
        currency: string;
        ratesOf: string | null;
        pipelines: { id: string; name: string; isDefault: boolean }[];
      }[]
    >`
      SELECT w.zone, w.base_currency AS currency,
             (SELECT max(r.on_date)::text FROM fx_rate r WHERE r.workspace_id = w.id AND r.on_date <= current_date) AS "ratesOf",
             (SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'isDefault', p.is_default)
                       ORDER BY p.position, p.name), '[]'::json)
                FROM pipeline p WHERE p.workspace_id = w.id AND p.archived_at IS NULL) AS pipelines
        FROM workspace w WHERE w.id = ${workspaceId}::uuid`,
    listStages(db, workspaceId),
  ]);
  const pipelines = about?.pipelines ?? [];
  const meant =
    pipelines.find(({ id }) => id === pipelineId) ??
    pipelines.find(({ isDefault }) => isDefault) ??
    pipelines[0];
  if (about === undefined || meant === undefined) return undefined;
  const zone = parseTimeZone(about.zone) ?? UTC;
  return {
    pipelines: pipelines.map(({ id, name }) => ({ id, name })),
    pipelineId: meant.id,
    zone,
    currency: about.currency,
    ratesOf: parseCalendarDate(about.ratesOf ?? "") ?? null,
    today: calendarDateAt(zone, now),
    stages: stages.filter((stage) => stage.pipelineId === meant.id),
  };
}

/** Why a deal may be lost; archived reasons are left out. */
export const listReasons = (
  db: Db,
  workspaceId: string,
): Promise<{ id: string; name: string }[]> => db.$queryRaw`
  SELECT r.id, r.name FROM lost_reason r
   WHERE r.workspace_id = ${workspaceId}::uuid AND r.kind = 'lost' AND r.archived_at IS NULL
   ORDER BY r.position, r.name LIMIT 200`;
