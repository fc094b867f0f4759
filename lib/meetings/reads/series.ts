import type { Db } from "@/lib/db/client";
import type { MeetingId, ResourceId, WorkspaceId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { storedRule } from "../core/rrule";
import type { Series } from "../core/series";

type Raw = {
  readonly id: string;
  readonly rule: string;
  readonly zone: TimeZone;
  readonly date: CalendarDate;
  readonly minute: number;
  readonly durationMinutes: number;
  readonly excluded: readonly number[];
  readonly uid: string;
  readonly sequence: number;
  readonly continuesId: string | null;
  readonly version: number;
};

/** A series by its id; undefined when there is none here. */
export async function findSeries(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Series | undefined> {
  const [raw] = await db.$queryRaw<Raw[]>`
    SELECT s.id, s.rule, s.zone, to_char(s.starts_local, 'YYYY-MM-DD') AS date,
      extract(hour FROM s.starts_local)::int * 60 + extract(minute FROM s.starts_local)::int AS minute,
      s.duration_minutes AS "durationMinutes", s.uid, s.sequence, s.continues_id AS "continuesId", s.version,
      ARRAY(SELECT extract(epoch FROM e)::float8 * 1000 FROM unnest(s.excluded) e ORDER BY e) AS excluded
    FROM meeting_series s
    WHERE s.workspace_id = ${workspaceId}::uuid AND s.id = ${id}::uuid`;
  if (raw === undefined) return undefined;
  const { date, minute, rule, excluded, ...rest } = raw;
  return {
    ...rest,
    workspaceId,
    rule: storedRule(rule, raw.zone),
    startsLocal: { date, minute: minuteOfDayOf(minute) },
    excluded: excluded.map(instantOf),
  };
}

export type HeldSeat = {
  readonly resourceId: ResourceId;
  readonly from: number;
  readonly to: number;
};

/** When seats of a virtual room are held within a span, by meetings other than these. */
export const listHeldSeats = (
  db: Db,
  workspaceId: WorkspaceId,
  {
    seats,
    from,
    to,
    except,
  }: {
    readonly seats: readonly ResourceId[];
    readonly from: Instant;
    readonly to: Instant;
    readonly except: readonly MeetingId[];
  },
): Promise<HeldSeat[]> =>
  db.$queryRaw<HeldSeat[]>`
    SELECT c.resource_id AS "resourceId", extract(epoch FROM lower(c.during))::float8 * 1000 AS "from",
      extract(epoch FROM upper(c.during))::float8 * 1000 AS "to"
    FROM meeting_claim c
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.resource_id = ANY(${[...seats]}::uuid[]) AND c.live
      AND c.meeting_id <> ALL (${[...except]}::uuid[])
      AND c.during && tstzrange(${toIso(from)}::timestamptz, ${toIso(to)}::timestamptz, '[)')`;
