import { expect, test } from "vitest";
import type { ScreenReader } from "@/components/shell/viewer";
import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { readWords } from "./read-words";

const reader: ScreenReader = { zone: "Asia/Tokyo" as TimeZone, locale: "en", hourCycle: 24 };
const now = instantOf(Date.UTC(2026, 10, 23, 8));
const ago = (ms: number) => instantOf(now - ms);

test.each([
  ["not asked yet", { readAt: null, triedAt: null, cause: null }, "being read", false],
  ["just read", { readAt: now, triedAt: now, cause: null }, "read just now", false],
  [
    "read a while ago",
    { readAt: ago(3 * MINUTE_MS), triedAt: ago(3 * MINUTE_MS), cause: null },
    "read 3 minutes ago",
    false,
  ],
  [
    "not read for hours, whatever the reason",
    { readAt: ago(2 * HOUR_MS), triedAt: ago(2 * HOUR_MS), cause: null },
    "read 2 hours ago",
    true,
  ],
  [
    "tried in vain since",
    { readAt: ago(DAY_MS), triedAt: now, cause: "no-answer" },
    "not read since Sun 22 Nov 17:00: The server did not answer",
    true,
  ],
  [
    "never read",
    { readAt: null, triedAt: now, cause: "not-found" },
    "not read yet: There is no calendar at this address any more",
    true,
  ],
  [
    "read but for some of it",
    { readAt: now, triedAt: now, cause: "some-unread" },
    "read just now. Some events could not be understood and are left out",
    true,
  ],
])("a calendar that was %s says so", (_name, row, words, warn) => {
  expect(readWords(row, now, reader)).toEqual({ words, warn });
});
