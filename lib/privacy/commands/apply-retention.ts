import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { RetentionPlan } from "../core/retention-plan";
import { retentionCutoff } from "../core/retention-plan";
import type { PrivacyAuthority } from "../policy";
import { auditedAs, workspaceOf } from "../policy";
import { countOld, findRetentionDays, lockOldTargets } from "../reads/targets";
import {
  insertErasure,
  lockPrivacy,
  removeOldRequests,
  removeOldWaiting,
} from "../writes/elsewhere";
import { forgetTargets } from "./forget-targets";

export type RetentionDeps = Pick<Deps, "db" | "queue" | "keys" | "now">;

/** Guests of one transaction. */
const BATCH_GUESTS = 1_000;
const BATCH_TIMEOUT_MS = 120_000;

/** What a removal would remove now; undefined when the workspace keeps everything. Changes nothing. */
export async function planRetention(
  workspaceId: string,
  deps: Pick<RetentionDeps, "db" | "now">,
): Promise<RetentionPlan | undefined> {
  const days = await findRetentionDays(deps.db, workspaceId);
  if (days === null) return undefined;
  const before = retentionCutoff(deps.now(), days);
  return { days, before, ...(await countOld(deps.db, workspaceId, before)) };
}

type Removed = {
  guests: number;
  meetings: number;
  waiting: number;
  mails: number;
  answers: number;
};

const NOTHING: Removed = { guests: 0, meetings: 0, waiting: 0, mails: 0, answers: 0 };

async function removeBatch(
  tx: Transaction,
  workspaceId: string,
  before: Instant,
  deps: RetentionDeps,
): Promise<Removed> {
  await lockPrivacy(tx, workspaceId);
  const targets = await lockOldTargets(tx, { workspaceId, before, limit: BATCH_GUESTS });
  if (targets.length === 0) {
    await removeOldRequests(tx, workspaceId, before);
    return { ...NOTHING, waiting: await removeOldWaiting(tx, workspaceId, before) };
  }
  const asked = { workspaceId, targets, everyMail: true, at: deps.now() };
  const { guests, meetings, mails, answers } = await forgetTargets(tx, asked, deps.queue);
  return { guests, meetings, mails, answers, waiting: 0 };
}

async function record(
  removed: Removed,
  before: Instant,
  authority: PrivacyAuthority<"privacy.retain">,
  deps: RetentionDeps,
): Promise<void> {
  const workspaceId = workspaceOf(authority);
  const at = deps.now();
  const by = auditedAs(authority);
  await deps.db.$transaction(async (tx) => {
    const id = await insertErasure(tx, {
      workspaceId,
      emailHash: null,
      reason: "retention",
      counts: removed,
      byUserId: by.userId,
      at,
    });
    await appendAudit(tx, deps.keys, {
      ...by,
      workspaceId,
      at,
      action: "privacy.retention",
      subject: id,
      details: { before: toIso(before), ...removed },
    });
  });
}

/**
 * Removes guests' details from meetings that ended longer ago than the workspace keeps them, a thousand guests per
 * transaction, so that a run that is ended goes on where it was. Never touches a meeting that is not over. Undefined
 * when the workspace keeps everything; a run that found something is recorded and audited.
 */
export async function applyRetention(
  authority: PrivacyAuthority<"privacy.retain">,
  deps: RetentionDeps,
  onBatch: (guests: number) => void = () => undefined,
): Promise<Removed | undefined> {
  const workspaceId = workspaceOf(authority);
  const days = await findRetentionDays(deps.db, workspaceId);
  if (days === null) return undefined;
  const before = retentionCutoff(deps.now(), days);
  let total = NOTHING;
  for (;;) {
    const batch = await withRetry(() =>
      deps.db.$transaction((tx) => removeBatch(tx, workspaceId, before, deps), {
        timeout: BATCH_TIMEOUT_MS,
      }),
    );
    total = {
      guests: total.guests + batch.guests,
      meetings: total.meetings + batch.meetings,
      waiting: total.waiting + batch.waiting,
      mails: total.mails + batch.mails,
      answers: total.answers + batch.answers,
    };
    if (batch.guests === 0) break;
    onBatch(total.guests);
  }
  if (total.guests + total.waiting > 0) await record(total, before, authority, deps);
  return total;
}
