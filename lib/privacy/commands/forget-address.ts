import type { PgBoss } from "pg-boss";
import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import type { Target } from "../core/target";
import { listMentioning, listUpcoming, lockTargetsOf } from "../reads/targets";
import { leaveMeetings } from "../writes/attendees";
import { removeSuppression, removeWaiting } from "../writes/elsewhere";
import { forgetInSales } from "../writes/sales";
import type { Forgotten } from "./forget-targets";
import { forgetTargets } from "./forget-targets";

export type ForgottenAddress = Forgotten & {
  readonly waiting: number;
  /** Contacts and leads they were in. */
  readonly sales: number;
  /** Meetings still to come that go on without them. */
  readonly left: readonly string[];
};

/** Somebody whom others wrote of: no row, no name, an address. */
const mentionedIn = (meetingId: string, email: string): Target => ({
  id: newId(),
  meetingId,
  kind: "extra_guest",
  name: "",
  email,
  own: false,
});

/**
 * Takes one address out of a workspace: every meeting it took part in as a guest, waiting lists, mails, kept answers.
 * What others still come to goes on without it. The caller holds the workspace's lock (`lockPrivacy`).
 */
export async function forgetAddress(
  tx: Transaction,
  about: { readonly workspaceId: string; readonly email: string; readonly at: Instant },
  queue: PgBoss,
): Promise<ForgottenAddress> {
  const { workspaceId, email, at } = about;
  const targets = await lockTargetsOf(tx, workspaceId, email);
  const upcoming = await listUpcoming(tx, { workspaceId, email, now: at });
  const left = upcoming.filter(({ own }) => !own);
  await leaveMeetings(tx, { workspaceId, ids: left.map(({ attendeeId }) => attendeeId) }, at);
  const mentions = await listMentioning(tx, workspaceId, email);
  const mentioned = mentions.map((meetingId) => mentionedIn(meetingId, email));
  const asked = { workspaceId, targets, mentioned, email, at };
  const forgotten = await forgetTargets(tx, asked, queue);
  const waiting = await removeWaiting(tx, { workspaceId, email });
  await removeSuppression(tx, { workspaceId, email });
  const sales = await forgetInSales(tx, { workspaceId, email }, at);
  return { ...forgotten, waiting, sales, left: left.map(({ meetingId }) => meetingId) };
}
