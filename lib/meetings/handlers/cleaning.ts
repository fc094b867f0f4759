import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import { addMinutes, DAY_MS, instantOf } from "@/lib/time/instant";
import { addDays, calendarDateAt } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import {
  BATCH,
  forgetMessages,
  forgetRecords,
  inBatches,
  listLapsedHolds,
  markEnded,
  removeStaleTasks,
} from "../writes/cleaning";
import { handleExpireHold } from "./expire-hold";

/** A task for a meeting is stale this many days after its day, wherever its owner lives. */
const STALE_DAYS = 3;
/** Messages and calendar files are kept this long; a mail sent again after that is rendered anew. */
const MESSAGE_DAYS = 90;
const RECORD_DAYS = 90;
/** A meeting nobody closed is done this long after its end. */
const CLOSE_AFTER_MINUTES = 24 * 60;

type Clock = Pick<Deps, "db" | "now">;

export async function cleanTasks({ db, now }: Clock): Promise<RunReport> {
  const before = addDays(calendarDateAt(UTC, now()), -STALE_DAYS);
  const removed = await inBatches((limit) => removeStaleTasks(db, before, limit));
  return { summary: `Deleted ${removed} stale activities`, counts: { removed } };
}

export async function forgetMails({ db, now }: Clock): Promise<RunReport> {
  const before = instantOf(now() - MESSAGE_DAYS * DAY_MS);
  const forgotten = await inBatches((limit) => forgetMessages(db, before, limit));
  return {
    summary: `Deleted ${forgotten} messages and calendar files older than ${MESSAGE_DAYS} days`,
    counts: { forgotten },
  };
}

/** Releases holds whose own job never came; a hold that was answered meanwhile is left alone. */
export async function sweepHolds(deps: Deps): Promise<RunReport> {
  const late = await listLapsedHolds(deps.db, addMinutes(deps.now(), -5), BATCH);
  for (const about of late) await handleExpireHold(about, deps);
  return { summary: `Released ${late.length} lapsed requests`, counts: { released: late.length } };
}

export async function closeEnded({ db, now }: Clock): Promise<RunReport> {
  const at = now();
  const before = addMinutes(at, -CLOSE_AFTER_MINUTES);
  const closed = await inBatches((limit) => markEnded(db, before, at, limit));
  return { summary: `Closed ${closed} meetings that were held`, counts: { closed } };
}

export async function forgetOldRecords({ db, now }: Clock): Promise<RunReport> {
  const before = instantOf(now() - RECORD_DAYS * DAY_MS);
  const removed = await inBatches((limit) => forgetRecords(db, before, limit));
  return { summary: `Deleted records older than ${RECORD_DAYS} days`, counts: { removed } };
}
