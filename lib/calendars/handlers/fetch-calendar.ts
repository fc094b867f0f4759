import { listDavEvents, readDavState } from "@/lib/http/caldav";
import { troubleFrom, troubleOf } from "@/lib/http/calendar-trouble";
import type { OutboundAnswer, OutboundFetch } from "@/lib/http/outbound";
import type { Interval } from "@/lib/time/interval";
import type { CalendarSecret } from "../core/external-calendar";
import type { StateTag } from "../core/state-tag";

const FEED_MS = 30_000;
const MOST_BYTES = 20_000_000;

/** What a server has: nothing new, or the files of all events, with the names of that state. */
export type Fetched =
  | { readonly changed: false }
  | { readonly changed: true; readonly texts: readonly string[]; readonly state: Tags };

type Tags = Pick<StateTag, "tag" | "modified">;

type Asked = {
  readonly window: Interval;
  /** The state of the last whole reading, if it still tells anything. */
  readonly before: StateTag | undefined;
  readonly fetch: OutboundFetch;
};

async function getFeed(url: string, { before, fetch: outbound }: Asked): Promise<OutboundAnswer> {
  const headers: Record<string, string> = { accept: "text/calendar, */*;q=0.1" };
  if (before?.tag !== undefined) headers["if-none-match"] = before.tag;
  else if (before?.modified !== undefined) headers["if-modified-since"] = before.modified;
  try {
    return await outbound(url, {
      headers,
      redirects: "follow",
      timeoutMs: FEED_MS,
      mostBytes: MOST_BYTES,
    });
  } catch (error) {
    throw troubleFrom(error);
  }
}

async function fetchFeed(url: string, asked: Asked): Promise<Fetched> {
  const answer = await getFeed(url, asked);
  if (answer.status === 304) return { changed: false };
  if (answer.status < 200 || answer.status > 299) throw troubleOf(answer, Date.now());
  const tag = answer.headers.get("etag");
  const modified = answer.headers.get("last-modified");
  const state = { ...(tag === null ? {} : { tag }), ...(modified === null ? {} : { modified }) };
  return { changed: true, texts: [await answer.text()], state };
}

async function fetchDav(
  { url, ...login }: Extract<CalendarSecret, { kind: "caldav" }>,
  { window, before, fetch }: Asked,
): Promise<Fetched> {
  const tag = await readDavState(url, login, fetch);
  if (tag !== undefined && tag === before?.tag) return { changed: false };
  // Asked for before the events: what changes in between is read again next time.
  const texts = await listDavEvents(url, window, login, fetch);
  return { changed: true, texts, state: tag === undefined ? {} : { tag } };
}

/** Asks a server for a calendar, cheaply when it has not changed. Throws CalendarTrouble. */
export const fetchCalendar = (secret: CalendarSecret, asked: Asked): Promise<Fetched> =>
  secret.kind === "ics" ? fetchFeed(secret.url, asked) : fetchDav(secret, asked);
