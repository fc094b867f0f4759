import type { JobResult, Job as QueuedJob } from "pg-boss";
import { PgBoss } from "pg-boss";
import { askAccountLink } from "@/lib/auth/account-jobs";
import { renderAccountMail } from "@/lib/auth/account-letter";
import { handleLinkAsked } from "@/lib/auth/account-links";
import { ACCOUNT_MAIL } from "@/lib/auth/account-mail";
import { WAITING_MAIL } from "@/lib/booking/core/waiting";
import { handleTellWaiting } from "@/lib/booking/handlers/tell-waiting";
import { renderWaitingMail } from "@/lib/booking/mails/render-waiting-mail";
import { invalidateLinks } from "@/lib/cache/invalidate";
import { loadKeyRing } from "@/lib/crypto/keys";
import { openDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { fetchOutbound } from "@/lib/http/outbound";
import { log } from "@/lib/log";
import { parseMailbox } from "@/lib/mail/address";
import { chooseTransport } from "@/lib/mail/choose-transport";
import { sendMail } from "@/lib/mail/outbox";
import { handleExpireHold } from "@/lib/meetings/handlers/expire-hold";
import type { Follower } from "@/lib/meetings/handlers/follow-change";
import { handleMeetingChanged } from "@/lib/meetings/handlers/follow-change";
import { handleRemindMeeting } from "@/lib/meetings/handlers/remind-meeting";
import { handleSendMail, MailDeferred } from "@/lib/meetings/handlers/send-mail";
import { expireHold, meetingChanged, remindMeeting, timeFreed } from "@/lib/meetings/jobs";
import { handleApplyRetention } from "@/lib/privacy/handlers/apply-retention";
import { handleForgetCaptured } from "@/lib/privacy/handlers/forget-captured";
import { applyRetention, forgetCaptured } from "@/lib/privacy/jobs";
import { instantOf } from "@/lib/time/instant";
import { paceOf } from "./pace";
import type { Job } from "./queue";

export type Worker = { readonly stop: () => Promise<void> };

/** Jobs of one fetch that run at once. Rendering is CPU, sending is waiting: a few overlap, many only compete. */
const AT_ONCE = 5;

/** Of one core: guests who are booking come first. */
const pace = paceOf(0.15);

async function runOne<Payload extends object>(
  job: Job<Payload>,
  queued: QueuedJob<object>,
  handle: (payload: Payload) => Promise<void>,
): Promise<JobResult> {
  try {
    await handle(job.payload.parse(queued.data));
    return { id: queued.id, status: "completed" };
  } catch (error) {
    if (error instanceof MailDeferred) {
      log.warn({ job: job.name, jobId: queued.id, reason: error.message }, "a mail has to wait");
    } else {
      log.error(
        { err: error, job: job.name, jobId: queued.id },
        "a job failed and will be tried again",
      );
    }
    const message = error instanceof Error ? error.message : String(error);
    return { id: queued.id, status: "failed", output: { message } };
  }
}

async function work<Payload extends object>(
  queue: PgBoss,
  job: Job<Payload>,
  handle: (payload: Payload) => Promise<void>,
): Promise<void> {
  const options = {
    batchSize: 40,
    pollingIntervalSeconds: 0.5,
    burstWhenBatchFull: true,
    perJobResults: true as const,
  };
  await queue.work<object, unknown, typeof options>(job.name, options, async (batch) => {
    const results: JobResult[] = [];
    const waiting = [...batch];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        results.push(await runOne(job, next, handle));
        await pace();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return results;
  });
}

/** Runs every kind of job until stopped. Stopping lets what has begun finish; what has not stays queued. */
export async function startWorker({
  databaseUrl,
}: {
  readonly databaseUrl: string;
}): Promise<Worker> {
  const db = openDatabase(databaseUrl, 8);
  const queue = new PgBoss({
    connectionString: databaseUrl,
    application_name: "meridian-worker",
    max: 4,
    migrate: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  queue.on("error", (error) => log.error({ err: error }, "the job queue has trouble"));
  const from = parseMailbox(env.MAIL_FROM);
  const transport = chooseTransport(env, fetchOutbound);
  const deps = {
    db,
    queue,
    now: () => instantOf(Date.now()),
    keys: loadKeyRing({
      secretKey: env.MERIDIAN_SECRET_KEY,
      oldSecretKeys: env.MERIDIAN_OLD_SECRET_KEYS,
      dataDir: env.MERIDIAN_DATA_DIR,
    }),
    appUrl: env.APP_URL,
    inboundAddress: env.MAIL_INBOUND,
    senderAddress: from.address,
    invalidate: invalidateLinks,
    transport,
    from,
    renderers: { [ACCOUNT_MAIL]: renderAccountMail, [WAITING_MAIL]: renderWaitingMail },
  };
  await queue.start();
  await work(queue, sendMail, (payload) => handleSendMail(payload, deps));
  await work(queue, askAccountLink, (payload) => handleLinkAsked(payload, deps));
  await work(queue, remindMeeting, (payload) => handleRemindMeeting(payload, deps));
  await work(queue, expireHold, (payload) => handleExpireHold(payload, deps));
  await work(queue, applyRetention, (payload) => handleApplyRetention(payload, deps));
  await work(queue, forgetCaptured, (payload) =>
    handleForgetCaptured(payload, { dataDir: env.MERIDIAN_DATA_DIR }),
  );
  // Who is told of meetings outside; each knows how to hear the same change twice.
  const followers: readonly Follower[] = [];
  await work(queue, meetingChanged, (change) => handleMeetingChanged(change, followers));
  await work(queue, timeFreed, (payload) => handleTellWaiting(payload, deps));
  return {
    stop: async () => {
      await queue.stop({ graceful: true, timeout: 20_000 });
      await transport.close();
      await db.$disconnect();
    },
  };
}
