import "server-only";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { CalendarRow } from "./core/external-calendar";
import type { FeedFacts } from "./core/feed-facts";
import { listCalendars } from "./reads/calendars";
import { findFeed } from "./reads/feed";

export type OwnCalendars = {
  readonly now: Instant;
  readonly feed: FeedFacts | undefined;
  readonly calendars: readonly CalendarRow[];
};

/** The reader's own feed and calendars elsewhere. Throws NotSignedIn. */
export async function loadOwnCalendars(): Promise<OwnCalendars> {
  const { workspaceId, userId } = await getMember();
  const { db, now } = runtime();
  const owner = { workspaceId, userId };
  const [feed, calendars] = await Promise.all([findFeed(db, owner), listCalendars(db, owner)]);
  return { now: now(), feed, calendars };
}
