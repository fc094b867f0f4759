import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";

// What the pure rules say of one lead, said of many: `l` is the lead, `s` its stage (LEFT JOINed). Each fragment is
// tested against its pure twin.

/** Percent in force; the twin of `probabilityOf`. */
export const probabilityInForce: Prisma.Sql = Prisma.sql`(CASE l.status WHEN 'open' THEN coalesce(l.probability_manual, l.probability_model, s.probability, 0) WHEN 'won' THEN 100 ELSE 0 END)`;

/** Minor units of the workspace's currency, each deal weighted by its own percentage. Add them up, and round the total. */
export const weightedBase: Prisma.Sql = Prisma.sql`(l.base_minor * ${probabilityInForce} / 100)`;

/** The forecast category in force; the twin of `categoryOf`. */
export const categoryInForce: Prisma.Sql = Prisma.sql`(CASE l.status WHEN 'open' THEN coalesce(l.category, s.category, 'omitted'::forecast_category) WHEN 'won' THEN 'closed'::forecast_category ELSE 'omitted'::forecast_category END)`;

/** An amount that is in no sum because its currency has no rate: count these beside every total. */
export const withoutRate: Prisma.Sql = Prisma.sql`(l.amount_minor IS NOT NULL AND l.base_minor IS NULL)`;

/** When somebody last did something about it; the twin of `quietSince`. */
export const quietSince: Prisma.Sql = Prisma.sql`greatest(coalesce(l.stage_entered_at, l.created_at), l.last_touch_at)`;

/** Whether an open deal rots; the twin of `isRotting` in core. `today` is the workspace's day. */
export const isRotting = ({
  now,
  today,
}: {
  readonly now: Instant;
  readonly today: CalendarDate;
}): Prisma.Sql => Prisma.sql`coalesce(l.kind = 'opportunity' AND l.status = 'open' AND l.deleted_at IS NULL
    AND (l.parked_until IS NULL OR l.parked_until <= ${today}::date)
    AND (l.next_activity_at IS NULL OR l.next_activity_at < ${toIso(now)}::timestamptz)
    AND ${quietSince} < ${toIso(now)}::timestamptz - make_interval(hours => s.rot_days * 24), false)`;
