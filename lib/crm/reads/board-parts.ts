import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { BoardChip } from "../core/board";
import { monthAhead } from "../core/board";
import type { CrmScope } from "../core/scope";
import { isRotting, quietSince } from "./figures";
import { inScope } from "./scope";

/** What a board is asked with; the conditions see lead `l` and its stage `s`. */
export type BoardAsked = {
  readonly scope: CrmScope;
  readonly pipelineId: string;
  readonly chip: BoardChip;
  /** Shows the parked ones too. */
  readonly parked: boolean;
  /** Whether its reader manages others' deals. */
  readonly manages: boolean;
  /** What else was asked for. */
  readonly where: Prisma.Sql;
  readonly now: Instant;
  /** In the workspace's zone. */
  readonly today: CalendarDate;
};

/** Whole days since the last touch of a rotting deal, else null. */
export const rotDays = (moment: Pick<BoardAsked, "now" | "today">): Prisma.Sql =>
  Prisma.sql`CASE WHEN ${isRotting(moment)} THEN floor(extract(epoch FROM ${toIso(moment.now)}::timestamptz - ${quietSince}) / 86400)::int END`;

/** The condition of each chip. */
export function chipConditions({
  scope,
  now,
  today,
}: Pick<BoardAsked, "scope" | "now" | "today">): Readonly<Record<BoardChip, Prisma.Sql>> {
  return {
    everyone: Prisma.sql`true`,
    mine: Prisma.sql`l.owner_id = ${scope.userId}::uuid`,
    rotting: isRotting({ now, today }),
    "no-step": Prisma.sql`l.next_activity_at IS NULL`,
    overdue: Prisma.sql`l.expected_close < ${today}::date`,
    closing: Prisma.sql`(l.expected_close >= ${monthAhead(today, 0)}::date AND l.expected_close < ${monthAhead(today, 1)}::date)`,
  };
}

/** Not parked, or parked until a day that has come. */
export const onTheBoard = ({ parked, today }: Pick<BoardAsked, "parked" | "today">): Prisma.Sql =>
  parked
    ? Prisma.sql`true`
    : Prisma.sql`(l.parked_until IS NULL OR l.parked_until <= ${today}::date)`;

/**
 * The open deals of the pipeline its reader may see, joined with their stages, parked ones too. `s.parts` is a stage's
 * probability in hundredths of a percent, found once for each stage and not for each deal.
 */
export const openDeals = ({ scope, pipelineId, where }: BoardAsked): Prisma.Sql => Prisma.sql`
  lead l JOIN (SELECT st.*, (st.probability * 100)::bigint AS parts FROM stage st
                WHERE st.workspace_id = ${scope.workspaceId}::uuid AND st.pipeline_id = ${pipelineId}::uuid OFFSET 0) s ON s.id = l.stage_id
   WHERE ${inScope(scope, Prisma.sql`l`)} AND l.pipeline_id = ${pipelineId}::uuid
     AND l.status = 'open' AND l.kind = 'opportunity' AND l.deleted_at IS NULL AND ${where}`;
