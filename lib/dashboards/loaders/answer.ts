import "server-only";
import { createHash } from "node:crypto";
import type { Member } from "@/lib/access/actor";
import { getScope } from "@/lib/crm/reads/scope";
import type { Database } from "@/lib/db/client";
import { getPlace } from "@/lib/metrics/reads/place";
import { dataVersion } from "@/lib/metrics/reads/version";
import { runtime } from "@/lib/runtime";
import type { Batch } from "../core/batch";
import { answerKey, isWhole } from "../core/etag";
import type { DashboardName, ViewState } from "../core/view-state";
import { dashboardPolicy } from "../policy";
import type { Asked } from "../reads/run-blocks";

export type DashboardAnswer<Blocks extends Readonly<Record<string, unknown>>> = {
  /** Null where a block failed: who asks again must get it made again, though the data is the same. */
  readonly etag: string | null;
  /** Undefined: the asker has it already. */
  readonly batch: Batch<Blocks> | undefined;
};

type Read<Blocks extends Readonly<Record<string, unknown>>> = (
  deps: { readonly db: Database },
  asked: Asked,
) => Promise<Batch<Blocks>>;

/** A weak tag: equal ones stand for answers that say the same, though they may not be the same bytes. */
export const tagOf = (key: string): string =>
  `W/"${createHash("sha256").update(key).digest("base64url").slice(0, 27)}"`;

/** Whether an If-None-Match header names the tag. */
export const holds = (known: string | null, etag: string): boolean =>
  known?.split(",").some((one) => one.trim() === etag) ?? false;

/**
 * A dashboard for whoever asks, in their scope; nothing is computed for somebody who holds the answer to the same
 * question about the same data (`known`: their If-None-Match). Throws NotHere and AccessDenied.
 */
export async function answerDashboard<Blocks extends Readonly<Record<string, unknown>>>(
  actor: Member,
  asked: {
    readonly dashboard: DashboardName;
    readonly state: ViewState;
    readonly known: string | null;
  },
  read: Read<Blocks>,
): Promise<DashboardAnswer<Blocks>> {
  const { dashboard, state, known } = asked;
  dashboardPolicy.authorize(actor, `${dashboard}.view`, actor);
  const { db, now } = runtime();
  const { workspaceId } = actor;
  const [scope, place, version] = await Promise.all([
    getScope(db, actor),
    getPlace(db, workspaceId, now()),
    dataVersion(db, workspaceId),
  ]);
  const etagOf = (at: string): string =>
    tagOf(answerKey(dashboard, { version: at, today: place.today, state, scope }));
  if (holds(known, etagOf(version))) return { etag: etagOf(version), batch: undefined };
  const batch = await read(
    { db },
    {
      reader: { scope, place },
      state,
      versionOf: (tx) => dataVersion(tx, workspaceId),
      forPage: true,
    },
  );
  // Of the data the answer was computed from, which may be newer than what was asked for first.
  return { etag: isWhole(batch.blocks) ? etagOf(batch.version) : null, batch };
}
