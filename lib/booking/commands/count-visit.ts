import type { VisitKind } from "@/lib/booking/core/visit-counts";
import { VisitCounts } from "@/lib/booking/core/visit-counts";
import { addVisits } from "@/lib/booking/writes/visits";
import type { Db } from "@/lib/db/client";
import { onDrained } from "@/lib/http/draining";
import { log } from "@/lib/log";
import type { Instant } from "@/lib/time/instant";

/** How long a visit is only remembered, milliseconds: what a process that is killed may lose. */
const WRITE_EVERY_MS = 2_000;

type Counting = { readonly counts: VisitCounts; timer: NodeJS.Timeout | undefined; begun: boolean };

// One per process, however many bundles hold a copy of this module.
const PLACE = Symbol.for("meridian.visits");
const shared = globalThis as typeof globalThis & { [PLACE]?: Counting };

function counting(): Counting {
  shared[PLACE] ??= { counts: new VisitCounts(), timer: undefined, begun: false };
  return shared[PLACE];
}

/** Writes down what was counted since; what the database does not take now is kept for the next time. */
export async function writeVisits(db: Db): Promise<void> {
  const state = counting();
  clearTimeout(state.timer);
  state.timer = undefined;
  const taken = state.counts.take();
  if (taken.length === 0) return;
  try {
    await addVisits(db, taken);
  } catch (err) {
    log.warn({ err }, "visits could not be written down");
    state.counts.giveBack(taken);
    writeSoon(db);
  }
}

function writeSoon(db: Db): void {
  const state = counting();
  if (state.timer !== undefined || state.counts.isEmpty()) return;
  state.timer = setTimeout(() => void writeVisits(db), WRITE_EVERY_MS);
  state.timer.unref();
}

/**
 * Counts that a link's page was looked at or its form opened. Remembered here and written within two seconds, and
 * when the server ends: a page that is read thousands of times a second must not write as often.
 */
export function countVisit(
  { token, kind }: { readonly token: string; readonly kind: VisitKind },
  { db, now }: { readonly db: Db; readonly now: () => Instant },
): void {
  const state = counting();
  if (!state.begun) {
    state.begun = true;
    onDrained(() => writeVisits(db));
  }
  state.counts.add(token, kind, now());
  writeSoon(db);
}
