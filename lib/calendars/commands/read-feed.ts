import { createHash } from "node:crypto";
import { hashToken } from "@/lib/crypto/token";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import { buildOwnCalendar } from "../core/own-calendar";
import { findFeedOwner } from "../reads/feed";
import { listOwnMeetings } from "../reads/own-meetings";
import { markFeedRead } from "../writes/feed";

const BEFORE_MS = 90 * DAY_MS;
const AFTER_MS = 365 * DAY_MS;
/** Programs ask every few minutes; its owner need not know to the minute. */
const NOTED_EVERY_MS = 5 * MINUTE_MS;

export type Feed = {
  readonly text: string;
  /** Strong: of the bytes. */
  readonly etag: string;
  readonly changedAt: Instant;
};

/** The calendar a feed's token opens, as it stands; undefined for a token of nobody. */
export async function readFeed(
  token: string,
  { db, now, appUrl }: Pick<Deps, "db" | "now" | "appUrl">,
): Promise<Feed | undefined> {
  const owner = await findFeedOwner(db, hashToken(token));
  if (owner === undefined) return undefined;
  const at = now();
  const today = Math.floor(at / DAY_MS) * DAY_MS;
  const events = await listOwnMeetings(db, owner, {
    from: instantOf(today - BEFORE_MS),
    to: instantOf(today + AFTER_MS),
  });
  if (owner.readAt === null || at - owner.readAt > NOTED_EVERY_MS)
    await markFeedRead(db, owner, at);
  const text = buildOwnCalendar(events, { appUrl, name: `Meridian, ${owner.name}` });
  const digest = createHash("sha256").update(text).digest("base64url");
  return { text, etag: `"${digest.slice(0, 32)}"`, changedAt: latest(events, owner.createdAt) };
}

const latest = (events: readonly { readonly changedAt: Instant }[], first: Instant): Instant =>
  events.reduce((last, { changedAt }) => instantOf(Math.max(changedAt, last)), first);
