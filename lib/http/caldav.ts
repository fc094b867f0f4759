import { calendarQuery, createAccount, fetchCalendars, propfind } from "tsdav";
import { toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { CalendarTrouble, troubleFrom, troubleOf } from "./calendar-trouble";
import type { OutboundAnswer, OutboundFetch, OutboundInit } from "./outbound";

/** One call may take this long; servers look through years of events for some of them. */
const CALL_MS = 20_000;
const MOST_BYTES = 20_000_000;

/** How a CalDAV server knows us: with a password made for programs, where it has such. */
export type DavLogin = { readonly user: string; readonly password: string };

export type DavCalendar = { readonly name: string; readonly url: string };

type Headers = Readonly<Record<string, string>>;

const authorization = ({ user, password }: DavLogin): string =>
  `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;

const KEPT_HEADERS = ["content-type", "location", "etag", "retry-after"];

/** The library asks for a `fetch`; this one leads over the house's own way out, and remembers what went wrong. */
function davFetch(outbound: OutboundFetch, login: DavLogin) {
  const seen: { trouble?: CalendarTrouble } = {};
  const call = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const options: OutboundInit = {
      method: init.method ?? "GET",
      headers: { ...(init.headers as Headers), authorization: authorization(login) },
      redirects: init.redirect === "manual" ? "return" : "follow",
      timeoutMs: CALL_MS,
      mostBytes: MOST_BYTES,
      ...(typeof init.body === "string" ? { body: init.body } : {}),
    };
    try {
      const answer = await outbound(String(input), options);
      if (answer.status >= 400) seen.trouble = troubleOf(answer, Date.now());
      const headers = KEPT_HEADERS.flatMap((name) => {
        const value = answer.headers.get(name);
        return value === null ? [] : [[name, value] as [string, string]];
      });
      const empty = [204, 205, 304].includes(answer.status);
      return new Response(empty ? null : await answer.text(), { status: answer.status, headers });
    } catch (error) {
      seen.trouble = troubleFrom(error);
      throw error;
    }
  };
  return { fetch: call as typeof globalThis.fetch, seen };
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value === "string" || typeof value === "number") return String(value);
  const inner = (value as { _cdata?: unknown } | undefined)?._cdata;
  return typeof inner === "string" ? inner : undefined;
};

/**
 * The calendars of an account, found from its server's address alone, or from a calendar's own. Throws CalendarTrouble.
 */
export async function findDavCalendars(
  server: string,
  login: DavLogin,
  outbound: OutboundFetch,
): Promise<DavCalendar[]> {
  const { fetch, seen } = davFetch(outbound, login);
  try {
    const account = await createAccount({
      account: { serverUrl: server, accountType: "caldav" },
      fetch,
    });
    const calendars = await fetchCalendars({ account, fetch });
    return calendars
      .filter(({ components }) => !components?.length || components.includes("VEVENT"))
      .slice(0, 100)
      .map(({ url, displayName }) => ({ url, name: textOf(displayName)?.slice(0, 120) ?? "" }));
  } catch (error) {
    throw seen.trouble ?? new CalendarTrouble("not-a-calendar", { cause: error });
  }
}

/** What a calendar's server calls its present state, or undefined where it has no name for it. Throws CalendarTrouble. */
export async function readDavState(
  calendar: string,
  login: DavLogin,
  outbound: OutboundFetch,
): Promise<string | undefined> {
  const { fetch, seen } = davFetch(outbound, login);
  try {
    const props = { "cs:getctag": {}, "d:sync-token": {}, "d:resourcetype": {} };
    const [found] = await propfind({ url: calendar, props, depth: "0", fetch });
    if (!found?.ok) throw new Error("no properties");
    if (!Object.keys(found.props?.resourcetype ?? {}).includes("calendar")) {
      throw new CalendarTrouble("not-a-calendar");
    }
    return textOf(found.props?.getctag) ?? textOf(found.props?.syncToken);
  } catch (error) {
    throw seen.trouble ?? troubleUnless(error);
  }
}

const troubleUnless = (error: unknown): CalendarTrouble =>
  error instanceof CalendarTrouble
    ? error
    : new CalendarTrouble("not-a-calendar", { cause: error });

const stamp = (iso: string): string => `${iso.slice(0, 19).replace(/[-:]/g, "")}Z`;

/** The calendar files of all events that touch a span. Throws CalendarTrouble. */
export async function listDavEvents(
  calendar: string,
  window: Interval,
  login: DavLogin,
  outbound: OutboundFetch,
): Promise<string[]> {
  const { fetch, seen } = davFetch(outbound, login);
  const range = { start: stamp(toIso(window.from)), end: stamp(toIso(window.to)) };
  try {
    const found = await calendarQuery({
      url: calendar,
      props: { "d:getetag": {}, "c:calendar-data": {} },
      filters: {
        "comp-filter": {
          _attributes: { name: "VCALENDAR" },
          "comp-filter": { _attributes: { name: "VEVENT" }, "time-range": { _attributes: range } },
        },
      },
      depth: "1",
      fetch,
    });
    if (seen.trouble) throw seen.trouble;
    return found.flatMap(({ props }) => textOf(props?.calendarData) ?? []);
  } catch (error) {
    throw seen.trouble ?? troubleUnless(error);
  }
}

/** What a server said to a change of one event: its status, and the event's new tag where it told. */
export type DavChange = { readonly status: number; readonly etag: string | null };

async function change(
  href: string,
  init: OutboundInit,
  login: DavLogin,
  outbound: OutboundFetch,
): Promise<DavChange & { readonly text: string }> {
  let answer: OutboundAnswer;
  try {
    answer = await outbound(href, {
      ...init,
      headers: { ...init.headers, authorization: authorization(login) },
      timeoutMs: CALL_MS,
    });
  } catch (error) {
    throw troubleFrom(error);
  }
  const { status } = answer;
  // Absent, and changed by somebody else meanwhile, are answers to go on with; anything else is trouble.
  const useful = (status >= 200 && status < 300) || [404, 409, 410, 412].includes(status);
  if (!useful) throw troubleOf(answer, Date.now());
  return { status, etag: answer.headers.get("etag"), text: await answer.text() };
}

/**
 * Writes one event: anew (`etag` null), only where there is none; else only over what is known. 412 says that this was
 * not so, and nothing was written. Throws CalendarTrouble.
 */
export const putDavEvent = (
  event: { readonly href: string; readonly file: string; readonly etag: string | null },
  login: DavLogin,
  outbound: OutboundFetch,
): Promise<DavChange> =>
  change(
    event.href,
    {
      method: "PUT",
      body: event.file,
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        ...(event.etag === null ? { "if-none-match": "*" } : { "if-match": event.etag }),
      },
    },
    login,
    outbound,
  );

/** One event as it stands at the server; 404 where it does not. Throws CalendarTrouble. */
export const getDavEvent = (href: string, login: DavLogin, outbound: OutboundFetch) =>
  change(href, { method: "GET" }, login, outbound);

/** Removes one event, whatever it says by now; 404 where it is gone. Throws CalendarTrouble. */
export const deleteDavEvent = (
  href: string,
  login: DavLogin,
  outbound: OutboundFetch,
): Promise<DavChange> => change(href, { method: "DELETE" }, login, outbound);
