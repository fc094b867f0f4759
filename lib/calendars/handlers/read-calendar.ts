import { runInNewContext } from "node:vm";
import { listTokensOfHost } from "@/lib/availability/reads";
import { CalendarTrouble, troubleFrom } from "@/lib/http/calendar-trouble";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { enqueue } from "@/lib/jobs/queue";
import { log } from "@/lib/log";
import { timeFreed } from "@/lib/meetings/jobs";
import { listAwaitedLinks } from "@/lib/meetings/reads/meeting";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt } from "@/lib/time/offset";
import { busyTimes } from "../core/busy";
import type { Expanded, ExpandQuery } from "../core/expand";
import { CalendarUnreadable, expandCalendars } from "../core/expand";
import { busyWindow, MOST_TRIES, nextRead, nextTry } from "../core/external-calendar";
import { readStateTag, writeStateTag } from "../core/state-tag";
import { writeCopy } from "../jobs";
import type { CalendarAtWork } from "../reads/calendars";
import { findCalendar, listBehind, listBusy, listOurUids } from "../reads/calendars";
import { markRead, markUnread, removeGivenUp, replaceBusy } from "../writes/calendars";
import type { CalendarDeps } from "./calendar-deps";
import { openSecret } from "./calendar-deps";
import { fetchCalendar } from "./fetch-calendar";

/** Strangers' files are worked on for this long and no longer: the thread has other jobs. */
const EXPAND_MS = 8_000;
/** Copies that are asked for after one reading; the rest after the next. */
const MOST_BEHIND = 200;

/** The only way to interrupt what is busy without end: the engine's own clock. */
function expandInTime(texts: readonly string[], query: ExpandQuery): Expanded {
  try {
    const work = () => expandCalendars(texts, query);
    return runInNewContext("work()", { work }, { timeout: EXPAND_MS }) as Expanded;
  } catch (error) {
    if (error instanceof CalendarUnreadable) throw new CalendarTrouble(error.why, { cause: error });
    const isLate = (error as { code?: unknown }).code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    throw new CalendarTrouble(isLate ? "too-slow" : "malformed", { cause: error });
  }
}

const sameSpans = (before: readonly Interval[], after: readonly Interval[]): boolean =>
  before.length === after.length &&
  before.every(({ from, to }, index) => from === after[index]?.from && to === after[index]?.to);

/** Keeps the new busy times, tells those who wait for time that came free, and withdraws the pages that showed it. */
async function keepBusy(
  calendar: CalendarAtWork,
  spans: readonly Interval[],
  { db, queue, invalidate }: CalendarDeps,
): Promise<void> {
  const { workspaceId, userId, resourceId } = calendar;
  if (sameSpans(await listBusy(db, calendar), spans)) return;
  await db.$transaction(async (tx) => {
    await replaceBusy(tx, calendar, spans);
    const awaited = await listAwaitedLinks(tx, workspaceId as WorkspaceId, [resourceId]);
    await enqueue(
      queue,
      tx,
      timeFreed,
      awaited.map((linkId) => ({ payload: { workspaceId, linkId } })),
    );
  });
  const owner = { workspaceId: workspaceId as WorkspaceId, userId: userId as UserId };
  await invalidate(await listTokensOfHost(db, owner));
}

async function readBusy(calendar: CalendarAtWork, deps: CalendarDeps): Promise<void> {
  const { db, now, keys, fetch } = deps;
  const at = now();
  const today = { zone: calendar.zone, day: calendarDateAt(calendar.zone, at) };
  const nextAt = nextRead(calendar.kind, at);
  const window = busyWindow(at);
  try {
    const before = readStateTag(calendar.stateTag, today);
    const fetched = await fetchCalendar(openSecret(keys, calendar), { window, before, fetch });
    if (!fetched.changed) {
      const { stateTag, cause } = calendar;
      return await markRead(db, calendar, { at, nextAt, stateTag, cause: keptCause(cause) });
    }
    const query = { window, zone: calendar.zone, addresses: [calendar.email.toLowerCase()] };
    const { events, unread } = expandInTime(fetched.texts, query);
    const uids = events.map(({ uid }) => uid);
    const ours = await listOurUids(db, calendar.workspaceId, uids);
    await keepBusy(calendar, busyTimes(events, { window, ours }), deps);
    const stateTag = writeStateTag({ ...fetched.state, ...today });
    const cause = unread === 0 ? null : SOME_UNREAD;
    return await markRead(db, calendar, { at, nextAt, stateTag, cause });
  } catch (error) {
    if (!(error instanceof CalendarTrouble)) throw error;
    const { why, retryAfterSeconds } = troubleFrom(error);
    log.warn({ calendarId: calendar.id, why }, "a calendar could not be read");
    const failures = calendar.failures + 1;
    const tryAt = nextTry({ kind: calendar.kind, failures }, at, retryAfterSeconds);
    return await markUnread(db, calendar, { at, nextAt: tryAt, cause: why });
  }
}

/** Said beside a calendar of which some events are beyond understanding: it is read, and not whole. */
const SOME_UNREAD = "some-unread";
const keptCause = (cause: string | null): string | null => (cause === SOME_UNREAD ? cause : null);

/** Asks for every copy that is behind: what a mail would be sent again for, a calendar is written again for. */
async function catchUp(calendar: CalendarAtWork, { db, queue, now }: CalendarDeps): Promise<void> {
  const { workspaceId, id: calendarId } = calendar;
  const behind = await listBehind(db, calendar, now(), MOST_BEHIND);
  await db.$transaction((tx) =>
    enqueue(
      queue,
      tx,
      writeCopy,
      // Tried once each: the next reading asks again.
      behind.map((meetingId) => ({
        payload: { workspaceId, calendarId, meetingId, tries: MOST_TRIES - 1 },
      })),
    ),
  );
}

/**
 * Reads one calendar: its busy times when it blocks, and whether what we wrote there is as it should be. A calendar that
 * cannot be read keeps what was known of it, and says why.
 */
export async function handleReadCalendar(
  about: { readonly workspaceId: string; readonly calendarId: string },
  deps: CalendarDeps,
): Promise<void> {
  const calendar = await findCalendar(deps.db, about);
  if (calendar === undefined) return;
  if (calendar.blocks && !calendar.removed) await readBusy(calendar, deps);
  if (calendar.kind === "caldav") await catchUp(calendar, deps);
  if (calendar.removed) await removeGivenUp(deps.db, calendar.workspaceId, calendar.id);
}
