import type { Actor } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import { claimSpans } from "../core/meeting";
import type { Series } from "../core/series";
import type { SeriesRefused } from "../core/series-answer";
import { refusedSeries } from "../core/series-answer";
import { timeFreed } from "../jobs";
import { listAwaitedLinks, listLinksOn } from "../reads/meeting";
import { claimRows, lockResources } from "../writes";
import { meetingRows } from "../writes/new-meeting";
import type { ChangedDate } from "../writes/series";
import {
  closeTasksOf,
  freeOriginalStarts,
  mergeRows,
  removeClaimsOf,
  replaceParts,
  seriesRows,
  updateDates,
  updateSeries,
} from "../writes/series";
import type { SeriesConsequences } from "./series-consequences";
import { followDatesOnline, writeSeriesConsequences } from "./series-consequences";
import { DatesClash, listClashes, resourcesOf, settleDates } from "./series-dates";

/** A change of several dates of one series, decided and not yet written. */
export type SeriesChange = {
  readonly before: Series;
  /** The series as it goes on, or as it ends when `continued` takes over. */
  readonly after: Series;
  readonly continued: Series | null;
  /** Dates whose state, time, people or things change. */
  readonly changed: readonly ChangedDate[];
  /** Dates that nobody holds and that only change the series they are of. */
  readonly silent: readonly ChangedDate[];
  readonly added: readonly Meeting[];
  /** Whether anything may be claimed otherwise than before. */
  readonly takes: boolean;
};

/** The dates as they were written, and what that brings with it. */
export type WrittenChange = {
  readonly changed: readonly ChangedDate[];
  readonly added: readonly Meeting[];
};

class ChangedMeanwhile extends Error {}

const isHeld = ({ state }: Meeting): boolean => state === "confirmed";

const sameSeries = ({ before, after }: ChangedDate): boolean =>
  before.series?.id === after.series?.id &&
  before.series?.recurrenceStart === after.series?.recurrenceStart;

/** Rows of the series and of its dates. Throws ChangedMeanwhile when somebody was faster. */
async function writeRows(
  tx: Transaction,
  change: SeriesChange,
  settled: ReadonlyMap<string, Meeting>,
  at: Instant,
): Promise<WrittenChange> {
  const { before, after, continued, silent, takes } = change;
  const now = (meeting: Meeting): Meeting => settled.get(meeting.id) ?? meeting;
  const changed = change.changed.map((one) => ({ before: one.before, after: now(one.after) }));
  const added = change.added.map(now);
  const all = [...changed, ...silent];
  if (!(await updateSeries(tx, before, after, at))) throw new ChangedMeanwhile();
  if (continued !== null) await insertRows(tx, [seriesRows(continued, at)]);
  const ids = (some: readonly ChangedDate[]) => some.map((one) => one.after.id as string);
  const leaving = all.filter((one) => !sameSeries(one));
  if (leaving.length > 0) await freeOriginalStarts(tx, before.workspaceId, ids(leaving));
  if ((await updateDates(tx, before.workspaceId, all, at)) !== all.length)
    throw new ChangedMeanwhile();
  if (takes) await removeClaimsOf(tx, before.workspaceId, ids(changed));
  await insertRows(
    tx,
    mergeRows([
      ...added.flatMap((meeting) => meetingRows(meeting)),
      ...(takes ? changed.map((one) => one.after) : [])
        .concat(added)
        .filter(isHeld)
        .map((meeting) => claimRows(meeting, claimSpans(meeting))),
    ]),
  );
  await replaceParts(tx, before.workspaceId, changed, at);
  await closeTasksOf(tx, before.workspaceId, ids(changed), at);
  return {
    changed: changed.map((one) => ({
      before: one.before,
      after: { ...one.after, version: one.before.version + 1 },
    })),
    added,
  };
}

async function writeUnderLock(
  tx: Transaction,
  change: SeriesChange,
  asked: {
    readonly actor: Actor;
    readonly resources: readonly string[];
    readonly consequences: (written: WrittenChange) => SeriesConsequences;
    readonly deps: Deps;
  },
): Promise<WrittenChange> {
  const { actor, resources, deps } = asked;
  const at = deps.now();
  await lockResources(tx, change.before.workspaceId, resources);
  const wanted = [...change.changed.map(({ after }) => after), ...change.added].filter(isHeld);
  const except = change.changed.map(({ before }) => before.id);
  const settled = change.takes ? await settleDates(tx, actor, wanted, except) : [];
  const byId = new Map(settled.map((meeting) => [meeting.id as string, meeting]));
  const rows = await writeRows(tx, change, byId, at);
  const joined = await followDatesOnline(
    tx,
    [...rows.changed, ...rows.added.map((after) => ({ after }))],
    { deps, at },
  );
  const online = new Map(joined.map((meeting) => [meeting.id as string, meeting]));
  const now = (meeting: Meeting): Meeting => online.get(meeting.id) ?? meeting;
  const written = {
    changed: rows.changed.map((one) => ({ before: one.before, after: now(one.after) })),
    added: rows.added.map(now),
  };
  if (change.takes) {
    const { workspaceId } = change.before;
    const awaited = await listAwaitedLinks(tx, workspaceId, resources);
    await enqueue(
      deps.queue,
      tx,
      timeFreed,
      awaited.map((linkId) => ({ payload: { workspaceId, linkId } })),
    );
  }
  await writeSeriesConsequences(
    tx,
    [...written.changed.map(({ after }) => after), ...written.added],
    asked.consequences(written),
    { deps, at },
  );
  return written;
}

/** A date that was withdrawn keeps its place in the series, because calendars know it by its original start. */
const CANCELLED_DATE =
  "By this rule the series would meet on a date that was cancelled. Change this and following dates instead.";

/**
 * Writes a change of several dates of a series, all of it or nothing: the series, its dates, their claims (taken anew
 * under the locks of old and new), histories, tasks and jobs, and one mail for each reader. The one path of editing,
 * confirming and withdrawing a series.
 */
export async function changeSeries(
  change: SeriesChange,
  asked: {
    readonly actor: Actor;
    readonly consequences: (written: WrittenChange) => SeriesConsequences;
  },
  deps: Deps,
): Promise<Result<WrittenChange, SeriesRefused>> {
  const { workspaceId } = change.before;
  const wanted = [...change.changed.map(({ after }) => after), ...change.added];
  const resources = resourcesOf([...change.changed.map(({ before }) => before), ...wanted]);
  try {
    const written = await inTurn(resources, () =>
      withRetry(() =>
        deps.db.$transaction((tx) => writeUnderLock(tx, change, { ...asked, resources, deps })),
      ),
    );
    await deps.invalidate(await listLinksOn(deps.db, workspaceId, resources));
    return ok(written);
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return refuse(refusedSeries("changed-meanwhile"));
    if (error instanceof DatesClash)
      return refuse(refusedSeries("conflict", { dates: error.dates }));
    if (violates(error, "occurrence_is_one_per_start")) {
      return refuse(refusedSeries("invalid", { fields: { "repeat.rule": CANCELLED_DATE } }));
    }
    if (!violates(error, "resource_is_claimed_once_at_a_time")) throw error;
    const except = change.changed.map(({ before }) => before.id);
    const dates = await listClashes(deps.db, asked.actor, wanted.filter(isHeld), except);
    return refuse(refusedSeries("conflict", { dates }));
  }
}
