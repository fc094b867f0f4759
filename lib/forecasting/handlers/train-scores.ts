import type { Database } from "@/lib/db/client";
import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import { calendarDateAt, daysBetween } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { ScoreModel } from "../core/score-model";
import { scorerOf } from "../core/score-model";
import { listPlaces } from "../reads/places";
import type { KeptScore } from "../reads/score-model";
import { findModel, findScore } from "../reads/score-model";
import { countEnded, MOST_ENDED, readEnded, readOpen } from "../reads/scored-leads";
import { clearProbabilities, insertScore, setProbabilities } from "../writes/score";
import type { ThreadStart } from "./in-thread";
import { scoreInThread } from "./in-thread";

/** The same leads give the same model. */
const SEED = 20_260_707;
/** So many more have ended than at the last training, and it is not yesterday's news. */
const GREW = 1.05;
/** Open leads of one statement: few enough that nobody waits for one of them for long. */
const AT_ONCE = 2_000;
/** Percent by which a probability moves before it is worth a write. */
const WORTH_WRITING = 1;
const TIMEOUT_MS = 60_000;
const FIRST = "00000000-0000-0000-0000-000000000000";
const EPOCH = "1970-01-01" as CalendarDate;

type Place = { readonly workspaceId: string; readonly zone: TimeZone };

/** Whether there is reason to learn anew: a day has passed and something ended, or much has. */
function isDue(kept: KeptScore | undefined, ended: number, now: Instant): boolean {
  if (kept === undefined) return true;
  // Of very many only the last are learned from, and their number stays.
  const usable = Math.min(ended, MOST_ENDED);
  if (usable > kept.closed && usable >= kept.closed * GREW) return true;
  return now - kept.trainedAt >= DAY_MS && (usable !== kept.closed || usable === MOST_ENDED);
}

/** Scores open leads by the model, all of them or those that have none yet, and writes those that moved. */
async function scoreOpen(
  db: Database,
  place: Place,
  { model, onlyNew }: { readonly model: ScoreModel; readonly onlyNew: boolean },
): Promise<number> {
  const scoreOf = scorerOf(model);
  let written = 0;
  let after = FIRST;
  for (;;) {
    const open = await readOpen(db, place, { after, limit: AT_ONCE, onlyNew });
    const moved = open.flatMap(({ lead, before }) => {
      // Whole percents: the rest would be a precision it does not have.
      const percent = Math.round(scoreOf(lead).score * 100);
      const isWorth = before === null || Math.abs(before - percent) >= WORTH_WRITING;
      return isWorth ? [{ id: lead.id, percent }] : [];
    });
    if (moved.length > 0)
      written += await db.$transaction((tx) => setProbabilities(tx, place.workspaceId, moved), {
        timeout: TIMEOUT_MS,
      });
    after = open.at(-1)?.lead.id ?? after;
    if (open.length < AT_ONCE) return written;
  }
}

async function clearAll(db: Database, { workspaceId }: Place): Promise<number> {
  let cleared = 0;
  for (;;) {
    const some = await db.$transaction((tx) => clearProbabilities(tx, workspaceId, AT_ONCE), {
      timeout: TIMEOUT_MS,
    });
    cleared += some;
    if (some < AT_ONCE) return cleared;
  }
}

/** Learns from everything that has ended, and keeps what came of it. */
async function train(
  { db, now }: Pick<Deps, "db" | "now">,
  place: Place,
  start: ThreadStart,
): Promise<void> {
  const leads = await readEnded(db, place);
  const today = daysBetween(EPOCH, calendarDateAt(place.zone, now()));
  const made = await scoreInThread({ leads, now: today, seed: SEED }, start);
  await db.$transaction((tx) => insertScore(tx, place.workspaceId, made, now()), {
    timeout: TIMEOUT_MS,
  });
}

/**
 * Trains the score of each workspace where that is due, and gives open leads their probabilities if the model was
 * accepted; one that is refused takes them away. Leads that came since are scored by the model that is there.
 */
export async function trainScores(
  { db, now }: Pick<Deps, "db" | "now">,
  asked: { readonly workspaceId?: string; readonly always?: boolean } = {},
  start: ThreadStart = {},
): Promise<RunReport> {
  const counts = { trained: 0, accepted: 0, written: 0 };
  for (const place of await listPlaces(db, asked.workspaceId)) {
    const before = await findScore(db, place.workspaceId);
    const ended = await countEnded(db, place.workspaceId);
    const due = asked.always === true || isDue(before, ended, now());
    if (due) await train({ db, now }, place, start);
    const kept = due ? await findScore(db, place.workspaceId) : before;
    const model = kept && (await findModel(db, place.workspaceId, kept));
    counts.trained += due ? 1 : 0;
    counts.accepted += model === undefined ? 0 : 1;
    if (model !== undefined) counts.written += await scoreOpen(db, place, { model, onlyNew: !due });
    else if (due) counts.written += await clearAll(db, place);
  }
  return {
    summary: `Trained ${counts.trained} scores; ${counts.accepted} accepted; ${counts.written} probabilities written`,
    counts,
  };
}
