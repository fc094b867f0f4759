import type { DavLogin } from "@/lib/http/caldav";
import { deleteDavEvent, getDavEvent, putDavEvent } from "@/lib/http/caldav";
import { CalendarTrouble } from "@/lib/http/calendar-trouble";
import type { OutboundFetch } from "@/lib/http/outbound";
import { enqueue } from "@/lib/jobs/queue";
import { log } from "@/lib/log";
import { MOST_TRIES, nextCopyTry } from "../core/external-calendar";
import { buildOwnCalendar } from "../core/own-calendar";
import { writeCopy } from "../jobs";
import type { CalendarAtWork, Copy } from "../reads/calendars";
import { findCalendar, findCopy } from "../reads/calendars";
import { findHostedMeeting } from "../reads/own-meetings";
import { removeGivenUp } from "../writes/calendars";
import { insertCopy, markCopyTrouble, removeCopy, updateCopy } from "../writes/copies";
import type { CalendarDeps } from "./calendar-deps";
import { openSecret } from "./calendar-deps";

export type CopyOrder = {
  readonly workspaceId: string;
  readonly calendarId: string;
  readonly meetingId: string;
  readonly tries: number;
};

/** Rounds of one job: a conflict takes two, and the meeting may change meanwhile. */
const MOST_ROUNDS = 6;

type At = {
  readonly calendar: CalendarAtWork;
  readonly login: DavLogin & { readonly url: string };
  readonly about: Omit<CopyOrder, "tries">;
  readonly deps: CalendarDeps;
};

/** A file of our own name inside the calendar: the same whoever writes, and however often. */
const hrefOf = (calendar: string, meetingId: string): string =>
  new URL(`${meetingId}.ics`, calendar.endsWith("/") ? calendar : `${calendar}/`).href;

/** What stands at the address decides how it is written over next time: by its tag, or as something new. */
async function learnTag({ about, login, deps }: At, href: string): Promise<void> {
  const stands = await getDavEvent(href, login, deps.fetch);
  const etag = stands.status === 404 || stands.status === 410 ? null : stands.etag;
  await updateCopy(deps.db, about, { etag }, deps.now());
}

async function tagAfter(
  made: { readonly etag: string | null },
  href: string,
  login: DavLogin,
  fetch: OutboundFetch,
): Promise<string | null> {
  // Servers that change what they are given do not say its tag.
  return made.etag ?? (await getDavEvent(href, login, fetch)).etag;
}

/** One step towards what is wanted. True when nothing is left to do. */
async function step(at: At, copy: Copy | undefined): Promise<boolean> {
  const { calendar, login, about, deps } = at;
  const { db, now, fetch, appUrl } = deps;
  const wanted =
    calendar.writes && !calendar.removed
      ? await findHostedMeeting(db, calendar, about.meetingId)
      : undefined;
  if (wanted === undefined) {
    if (copy === undefined) return true;
    await deleteDavEvent(copy.href, login, fetch);
    await removeCopy(db, about);
    return true;
  }
  if (copy === undefined) {
    await insertCopy(db, about, hrefOf(login.url, about.meetingId), now());
    return false;
  }
  if (copy.made >= wanted.version) return true;
  const file = buildOwnCalendar([wanted.event], { appUrl });
  const { href, etag } = copy;
  const made = await putDavEvent({ href, file, etag }, login, fetch);
  if (made.status === 409) throw new CalendarTrouble("forbidden");
  if (made.status >= 300) await learnTag(at, href);
  else {
    const tag = await tagAfter(made, href, login, fetch);
    await updateCopy(db, about, { etag: tag, made: wanted.version }, now());
  }
  return false;
}

async function bringAbout(at: At): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (await step(at, await findCopy(at.deps.db, at.about))) return;
  }
  throw new CalendarTrouble("server-error");
}

async function tryLater(
  order: CopyOrder,
  trouble: CalendarTrouble,
  { db, queue, now }: CalendarDeps,
): Promise<void> {
  const { tries, ...about } = order;
  log.warn({ calendarId: about.calendarId, why: trouble.why, tries }, "a copy has to wait");
  await markCopyTrouble(db, about, trouble.why, now());
  if (tries + 1 >= MOST_TRIES) return;
  const notBefore = nextCopyTry(tries + 1, now(), trouble.retryAfterSeconds);
  await db.$transaction((tx) =>
    enqueue(queue, tx, writeCopy, [{ payload: { ...about, tries: tries + 1 }, notBefore }]),
  );
}

/**
 * Brings one meeting's copy in one calendar to what the meeting is: written once, changed in place, deleted when it is
 * cancelled or somebody else's. The server's tags are the lock: whoever writes second is told, looks, and writes what
 * is true by then. Trouble waits and is told beside the calendar.
 */
export async function handleWriteCopy(order: CopyOrder, deps: CalendarDeps): Promise<void> {
  const { tries: _tries, ...about } = order;
  const calendar = await findCalendar(deps.db, about);
  if (calendar?.kind !== "caldav") return;
  const secret = openSecret(deps.keys, calendar);
  if (secret.kind !== "caldav") return;
  try {
    await bringAbout({ calendar, login: secret, about, deps });
    if (calendar.removed) await removeGivenUp(deps.db, calendar.workspaceId, calendar.id);
  } catch (error) {
    if (!(error instanceof CalendarTrouble)) throw error;
    await tryLater(order, error, deps);
  }
}
