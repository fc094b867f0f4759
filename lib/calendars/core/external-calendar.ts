import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";

export type CalendarKind = "ics" | "caldav";

/** What opens a calendar elsewhere. Kept sealed: the address of a feed is a secret like a password. */
export const calendarSecret = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ics"), url: z.string() }),
  z.strictObject({
    kind: z.literal("caldav"),
    url: z.string(),
    user: z.string(),
    password: z.string(),
  }),
]);

export type CalendarSecret = z.output<typeof calendarSecret>;

/** One calendar elsewhere, as its owner sees it. */
export type CalendarRow = {
  readonly id: string;
  readonly kind: CalendarKind;
  readonly name: string;
  readonly host: string;
  readonly blocks: boolean;
  readonly writes: boolean;
  readonly readAt: Instant | null;
  readonly triedAt: Instant | null;
  /** Why the last look failed, by key; null when it did not. */
  readonly cause: string | null;
  /** Of the meetings that are to stand there: how many do, how many wait, and why the last one waits. */
  readonly copies: {
    readonly made: number;
    readonly waiting: number;
    readonly cause: string | null;
  };
};

/** Busy times are known this far: behind that a link's horizon ends, too. */
const BEFORE_MS = DAY_MS;
const AFTER_MS = 400 * DAY_MS;

export const busyWindow = (now: Instant): Interval => ({
  from: instantOf(now - BEFORE_MS),
  to: instantOf(now + AFTER_MS),
});

const READ_EVERY_MS: Readonly<Record<CalendarKind, number>> = {
  // A state that did not change costs a CalDAV server one small answer; a feed is often sent whole.
  caldav: 5 * MINUTE_MS,
  ics: 10 * MINUTE_MS,
};

/** When a calendar that was read is read again. */
export const nextRead = (kind: CalendarKind, now: Instant): Instant =>
  instantOf(now + READ_EVERY_MS[kind]);

const LONGEST_PAUSE_MS = 6 * HOUR_MS;

/** When one that was not is tried again: each time twice as late, and never before its server wants to be asked. */
export function nextTry(
  { kind, failures }: { readonly kind: CalendarKind; readonly failures: number },
  now: Instant,
  retryAfterSeconds = 0,
): Instant {
  const pause = Math.min(READ_EVERY_MS[kind] * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_MS);
  return instantOf(now + Math.max(pause, retryAfterSeconds * 1000));
}

/** Tries of one copy, close together; afterwards it is tried whenever its calendar is read. */
export const MOST_TRIES = 8;

/** When a copy that could not be written is tried again: half a minute, then twice as late each time. */
export const nextCopyTry = (tries: number, now: Instant, retryAfterSeconds = 0): Instant =>
  instantOf(now + Math.max(30_000 * 2 ** Math.min(tries - 1, 7), retryAfterSeconds * 1000));

/** A busy time older than this is worth saying so, wherever it decides about offers. */
export const STALE_MS = HOUR_MS;

/** Whether what is known of a calendar is too old to be relied on. */
export const isStale = (row: Pick<CalendarRow, "readAt">, now: Instant): boolean =>
  row.readAt === null || now - row.readAt > STALE_MS;

/** `webcal://` is how browsers call `https://` when a calendar program should open it. */
export function feedAddress(text: string): URL | undefined {
  const address = text.trim().replace(/^webcals?:\/\//i, "https://");
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return ["https:", "http:"].includes(url.protocol) && url.username === "" ? url : undefined;
}
