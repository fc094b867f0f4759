import type { Db } from "@/lib/db/client";
import { toIso } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { MetricReader } from "../core/answer";
import type { Days, MetricFilter } from "../core/question";
import { ALL_DAYS } from "../core/question";
import { factConditions } from "./scan";

export const MEETING_COUNTS = ["0", "1", "2", "3+"] as const;

/** Deals that closed, by how many meetings with them were held before. Their share is a win rate of that row. */
export type MeetingsRow = {
  readonly meetings: (typeof MEETING_COUNTS)[number];
  readonly won: number;
  readonly closed: number;
};

/** What a booking link brought. Money is minor units of the workspace's currency. */
export type LinkRow = {
  readonly linkId: string;
  readonly name: string;
  /** Meetings guests booked by it in the days, whatever became of them; of deals the reader may see. */
  readonly bookings: number;
  /** The deals they belong to, each once. */
  readonly leads: number;
  /** Of these, the ones that are, or were, opportunities. */
  readonly opportunities: number;
  /** Amounts of those still open; an amount without a rate is left out. */
  readonly openBase: number;
  readonly won: number;
  readonly wonBase: number;
};

/**
 * Of the deals that closed in the days: how many meetings had been held with each before it closed, and how many of
 * them were won. All four rows are there, in order; their sums are the closed win rate's own numbers. A meeting counts
 * when it took place and somebody came; which deal it belongs to is said by sales, not guessed.
 */
export async function meetingsToWins(
  db: Db,
  reader: MetricReader,
  days: Days,
  filter: MetricFilter,
): Promise<readonly MeetingsRow[]> {
  const where = factConditions(reader, { fact: "closed", days, filter });
  const rows = await db.$queryRaw<{ held: number; won: number; closed: number }[]>`
    SELECT least(h.held, 3)::int AS held, (count(*) FILTER (WHERE l.status = 'won'))::int AS won, count(*)::int AS closed
      FROM lead l
      CROSS JOIN LATERAL (
        SELECT count(*) AS held FROM lead_meeting lm
          JOIN meeting m ON m.workspace_id = lm.workspace_id AND m.id = lm.meeting_id
         WHERE lm.workspace_id = l.workspace_id AND lm.lead_id = l.id AND m.state = 'done' AND m.starts_at <= l.closed_at) h
     WHERE ${where}
     GROUP BY 1`;
  return MEETING_COUNTS.map((meetings, held) => {
    const found = rows.find((row) => row.held === held);
    return { meetings, won: found?.won ?? 0, closed: found?.closed ?? 0 };
  });
}

/** Columns of a deal as it stands: `created` without days asks for every deal in scope. */
const dealConditions = (reader: MetricReader, filter: MetricFilter): Prisma.Sql =>
  factConditions(reader, { fact: "created", days: ALL_DAYS, filter });

/**
 * What the booking links brought: of the bookings made in the days, the deals they belong to, and how these stand now.
 * A deal booked twice by one link is counted once for it, one booked by two links once for each. Teams and owners are
 * whose the deal was first, as with every count of what came in. The most open money first.
 */
export async function linksToPipeline(
  db: Db,
  reader: MetricReader,
  { from, to }: Days,
  filter: MetricFilter,
): Promise<readonly LinkRow[]> {
  const { workspaceId, zone } = reader.place;
  const booked = [
    Prisma.sql`b.workspace_id = ${workspaceId}::uuid`,
    ...(from === null
      ? []
      : [Prisma.sql`m.created_at >= ${toIso(startOfDay(from, zone))}::timestamptz`]),
    ...(to === null
      ? []
      : [Prisma.sql`m.created_at < ${toIso(startOfDay(to, zone))}::timestamptz`]),
  ];
  return db.$queryRaw<LinkRow[]>`
    WITH brought AS (
      SELECT b.id AS link_id, b.name, l.id AS lead_id, count(*) AS bookings, l.opportunity_at IS NOT NULL AS opportunity,
             l.status, l.kind, l.base_minor
        FROM booking_link b
        JOIN meeting m ON m.workspace_id = b.workspace_id AND m.link_id = b.id
        JOIN lead_meeting lm ON lm.workspace_id = m.workspace_id AND lm.meeting_id = m.id
        JOIN lead l ON l.workspace_id = lm.workspace_id AND l.id = lm.lead_id
       WHERE ${Prisma.join(booked, " AND ")} AND ${dealConditions(reader, filter)}
       GROUP BY b.workspace_id, b.id, b.name, l.workspace_id, l.id)
    SELECT link_id AS "linkId", name, sum(bookings)::int AS bookings, count(*)::int AS leads,
           (count(*) FILTER (WHERE opportunity))::int AS opportunities,
           coalesce(sum(base_minor) FILTER (WHERE kind = 'opportunity' AND status = 'open'), 0)::float8 AS "openBase",
           (count(*) FILTER (WHERE status = 'won'))::int AS won,
           coalesce(sum(base_minor) FILTER (WHERE status = 'won'), 0)::float8 AS "wonBase"
      FROM brought GROUP BY link_id, name ORDER BY "openBase" DESC, leads DESC, name`;
}
