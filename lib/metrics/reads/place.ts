import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { MetricPlace } from "../core/answer";

/** The workspace's settings figures are read by. */
export async function getPlace(db: Db, workspaceId: string, now: Instant): Promise<MetricPlace> {
  const [found] = await db.$queryRaw<{ zone: TimeZone; currency: string; fiscalStart: number }[]>`
    SELECT zone, base_currency AS currency, fiscal_year_start::int AS "fiscalStart" FROM workspace WHERE id = ${workspaceId}::uuid`;
  if (found === undefined) throw new Error("the workspace is not there");
  return { workspaceId, ...found, now, today: calendarDateAt(found.zone, now) };
}
