import "server-only";
import type { Member } from "@/lib/access/actor";
import { getScope } from "@/lib/crm/reads/scope";
import type { Database } from "@/lib/db/client";
import { jsonAnswer } from "@/lib/http/answer";
import type { MetricReader } from "@/lib/metrics/core/answer";
import { hangsOnTheClock } from "@/lib/metrics/core/measure";
import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import { getPlace } from "@/lib/metrics/reads/place";
import { dataVersion } from "@/lib/metrics/reads/version";
import { runtime } from "@/lib/runtime";
import { MINUTE_MS } from "@/lib/time/instant";
import { dashboardPolicy } from "../policy";
import { holds, tagOf } from "./answer";

/**
 * What a machine is told of one metric, in the caller's scope; 304 and nothing read for whoever holds the answer to the
 * same question (`asked`, any plain value) about the same data. Throws AccessDenied and what `read` throws.
 */
export async function answerMetric(
  {
    actor,
    request,
    id,
    asked,
  }: {
    readonly actor: Member;
    readonly request: Request;
    readonly id: MetricId;
    readonly asked: unknown;
  },
  read: (db: Database, reader: MetricReader) => Promise<unknown>,
): Promise<Response> {
  dashboardPolicy.authorize(actor, "metric.view", actor);
  const { db, now } = runtime();
  const { workspaceId } = actor;
  const [scope, place, version] = await Promise.all([
    getScope(db, actor),
    getPlace(db, workspaceId, now()),
    dataVersion(db, workspaceId),
  ]);
  // Settings and names of teams are no data of a figure; they are in the key, or change nothing that is counted.
  const { now: at, ...settled } = place;
  const minute = metricOf(id).measures.some(hangsOnTheClock) ? Math.floor(at / MINUTE_MS) : null;
  // Read before the answer is: what is written meanwhile makes it newer than its tag, never older.
  const etag = tagOf(JSON.stringify([id, asked, version, scope, settled, minute]));
  const headers = { etag, "cache-control": "private, no-cache" };
  if (holds(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  return jsonAnswer(200, await read(db, { scope, place }), headers);
}
