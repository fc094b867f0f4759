import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";

/** What is counted of a link: its page was looked at, its form was opened. */
export type VisitKind = "view" | "start";

/** Visits of one link within one minute. */
export type VisitCount = {
  readonly token: string;
  readonly minute: Instant;
  readonly views: number;
  readonly starts: number;
};

/** Counts kept before they are written; more would be somebody making up tokens. */
const MOST_COUNTS = 10_000;

/**
 * Visits not yet written down. Kept by minute, because the day a visit belongs to depends on the workspace's zone,
 * which only the database knows, and every day of every zone begins on a whole minute. Nothing about the visitor is
 * kept.
 */
export class VisitCounts {
  private counts = new Map<string, VisitCount>();

  /** Counts a visit. False when there is no room for another link. */
  add(token: string, kind: VisitKind, now: Instant): boolean {
    const views = kind === "view" ? 1 : 0;
    const minute = instantOf(now - (now % MINUTE_MS));
    return this.put({ token, minute, views, starts: 1 - views });
  }

  /** All counts, which are forgotten here. */
  take(): readonly VisitCount[] {
    const taken = [...this.counts.values()];
    this.counts = new Map();
    return taken;
  }

  /** Takes back what could not be written, as far as there is room. */
  giveBack(counts: readonly VisitCount[]): void {
    for (const count of counts) this.put(count);
  }

  isEmpty(): boolean {
    return this.counts.size === 0;
  }

  private put({ token, minute, views, starts }: VisitCount): boolean {
    const key = `${minute} ${token}`;
    const before = this.counts.get(key);
    if (before === undefined && this.counts.size >= MOST_COUNTS) return false;
    this.counts.set(key, {
      token,
      minute,
      views: (before?.views ?? 0) + views,
      starts: (before?.starts ?? 0) + starts,
    });
    return true;
  }
}
