import type { ScreenReader } from "@/components/shell/viewer";
import { causeWords } from "@/lib/calendars/core/calendar-answer";
import type { CalendarRow } from "@/lib/calendars/core/external-calendar";
import { isStale } from "@/lib/calendars/core/external-calendar";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/time/instant";
import { t } from "./calendars-text";

/** "Tue 24 Nov 14:00" on the reader's own clock. */
export const whenWords = (moment: Instant, reader: ScreenReader): string =>
  `${formatDateShort(moment, reader)} ${formatTime(moment, reader)}`;

/** "3 minutes ago"; from a day on the moment itself. */
export function agoWords(moment: Instant, now: Instant, reader: ScreenReader): string {
  const passed = Math.max(0, now - moment);
  if (passed < MINUTE_MS) return t("ago.now");
  if (passed < HOUR_MS) return t("ago.minutes", { count: Math.floor(passed / MINUTE_MS) });
  if (passed < DAY_MS) return t("ago.hours", { count: Math.floor(passed / HOUR_MS) });
  return whenWords(moment, reader);
}

/** What is known of a calendar, as of when, and why not more. `warn` where that is not enough to rely on. */
export function readWords(
  row: Pick<CalendarRow, "readAt" | "triedAt" | "cause">,
  now: Instant,
  reader: ScreenReader,
): { readonly words: string; readonly warn: boolean } {
  const { readAt, triedAt } = row;
  // A sentence inside a sentence ends where that does.
  const cause = row.cause === null ? null : causeWords(row.cause).replace(/\.$/, "");
  if (readAt === null) {
    return cause === null
      ? { words: t("list.reading"), warn: false }
      : { words: t("list.notYet", { cause }), warn: true };
  }
  const ago = agoWords(readAt, now, reader);
  if (cause === null) return { words: t("list.readAgo", { ago }), warn: isStale(row, now) };
  // Tried since then, and in vain; otherwise it was read, and something was left out.
  return triedAt !== null && triedAt > readAt
    ? { words: t("list.notSince", { when: whenWords(readAt, reader), cause }), warn: true }
    : { words: t("list.partly", { ago, cause }), warn: true };
}
