import { appendAudit } from "@/lib/audit/append";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { CalendarsGrant } from "../policy";
import { auditedAs } from "../policy";
import { removeFeed, replaceFeed } from "../writes/feed";

type FeedDeps = Pick<Deps, "db" | "now" | "keys" | "appUrl">;

/**
 * The secret address of a person's own calendar: 256 random bits, of which the hash is kept, so it is returned this
 * once. One that was made before ends.
 */
export async function renewFeed(grant: CalendarsGrant, deps: FeedDeps): Promise<{ url: string }> {
  const token = newToken();
  const { workspaceId, userId } = grant.resource;
  await deps.db.$transaction(async (tx) => {
    const at = deps.now();
    await replaceFeed(tx, grant, hashToken(token), at);
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at,
      action: "calendar-feed.renew",
      subject: userId,
      details: {},
    });
  });
  return { url: `${deps.appUrl}/api/v1/feeds/${token}/calendar.ics` };
}

/** Ends a person's feed: whoever subscribed to it finds nothing. */
export const endFeed = (
  grant: CalendarsGrant,
  deps: FeedDeps,
): Promise<Result<undefined, "no-feed">> =>
  deps.db.$transaction(async (tx) => {
    if (!(await removeFeed(tx, grant))) return refuse("no-feed");
    const { workspaceId, userId } = grant.resource;
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: deps.now(),
      action: "calendar-feed.end",
      subject: userId,
      details: {},
    });
    return ok(undefined);
  });
