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
import { followInCalendars } from "@/lib/calendars/handlers/follow-meeting";
import { handleReadCalendar } from "@/lib/calendars/handlers/read-calendar";
import { handleReadCalendars } from "@/lib/calendars/handlers/read-calendars";
import { handleWriteCopy } from "@/lib/calendars/handlers/write-copy";
import { readCalendar, writeCopy } from "@/lib/calendars/jobs";
import { configuredOpener } from "@/lib/conferencing/commands/configured-opener";
import { reconcileOnline } from "@/lib/conferencing/handlers/reconcile-online";
import { handleSyncOnline } from "@/lib/conferencing/handlers/sync-online";
import { bringSummary, syncOnline } from "@/lib/conferencing/jobs";
import { CRM_MAIL } from "@/lib/crm/core/deal-mail";
import { assignWaiting } from "@/lib/crm/handlers/assign-waiting";
import type { LeadsFollower } from "@/lib/crm/handlers/follow-leads";
import { followLeads, handleLeadsChanged } from "@/lib/crm/handlers/follow-leads";
import { forgetImports } from "@/lib/crm/handlers/forget-imports";
import { handleImportLeads } from "@/lib/crm/handlers/import-leads";
import { remindSellers } from "@/lib/crm/handlers/remind-sellers";
import { handleRevalueLeads } from "@/lib/crm/handlers/revalue-leads";
import { takeSnapshots } from "@/lib/crm/handlers/take-snapshots";
import { importLeads, leadsChanged, revalueLeads } from "@/lib/crm/jobs";
import { renderDealMail } from "@/lib/crm/mails/render-deal-mail";
import { loadKeyRing } from "@/lib/crypto/keys";
import { DASHBOARD_MAIL } from "@/lib/dashboards/core/schedule";
import { checkAllFigures } from "@/lib/dashboards/handlers/check-figures";
import { forgetViews } from "@/lib/dashboards/handlers/forget-views";
import { mailDueDashboards } from "@/lib/dashboards/handlers/mail-due";
import { renderDashboardMail } from "@/lib/dashboards/mails/render-dashboard-mail";
import { openDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { makeForecasts } from "@/lib/forecasting/handlers/make-forecasts";
import { trainScores } from "@/lib/forecasting/handlers/train-scores";
import { fetchOutbound } from "@/lib/http/outbound";
import { log } from "@/lib/log";
import { parseMailbox } from "@/lib/mail/address";
import { chooseTransport } from "@/lib/mail/choose-transport";
import { sendMail } from "@/lib/mail/outbox";
import { handleBringSummary } from "@/lib/meetings/handlers/bring-summary";
import {
  cleanTasks,
  closeEnded,
  forgetMails,
  forgetOldRecords,
  sweepHolds,
} from "@/lib/meetings/handlers/cleaning";
import { handleExpireHold } from "@/lib/meetings/handlers/expire-hold";
import type { Follower } from "@/lib/meetings/handlers/follow-change";
import { handleMeetingChanged } from "@/lib/meetings/handlers/follow-change";
import { onlineListener } from "@/lib/meetings/handlers/follow-online";
import { followInSales } from "@/lib/meetings/handlers/follow-sales";
import { handleRemindMeeting } from "@/lib/meetings/handlers/remind-meeting";
import { handleSendMail, MailDeferred } from "@/lib/meetings/handlers/send-mail";
import { expireHold, meetingChanged, remindMeeting, timeFreed } from "@/lib/meetings/jobs";
import { keepFigures } from "@/lib/metrics/handlers/keep-figures";
import { handleReleaseRoom } from "@/lib/occupancy/handlers/release-room";
import { handleApplyRetention } from "@/lib/privacy/handlers/apply-retention";
import { handleForgetCaptured } from "@/lib/privacy/handlers/forget-captured";
import { applyRetention, forgetCaptured } from "@/lib/privacy/jobs";
import { REPORT_MAIL } from "@/lib/reports/core/report-mail";
import { mailWeeklyReport } from "@/lib/reports/handlers/mail-weekly-report";
import { renderReportMail } from "@/lib/reports/mails/render-report-mail";
import { releaseRoom } from "@/lib/rooms/jobs";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import { tzdataIsCurrent } from "@/lib/time/tzdata";
import { handleDeliverWebhook } from "@/lib/webhooks/handlers/deliver-webhook";
import { followLeadsWithWebhooks } from "@/lib/webhooks/handlers/follow-leads";
import { followWithWebhooks } from "@/lib/webhooks/handlers/follow-meeting";
import { forgetDeliveries } from "@/lib/webhooks/handlers/forget-deliveries";
import { deliverWebhook } from "@/lib/webhooks/jobs";
import { paceOf } from "./pace";
import type { Job } from "./queue";
import type { RunReport } from "./runs";
import { recordRun } from "./runs";
import type { ScheduledName } from "./schedule";
import { SCHEDULE, scheduledJob } from "./schedule";

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

/** What each line of the schedule does; removal by age has a queue of its own shape. */
const scheduledWork = (
  deps: Deps,
): Readonly<Record<Exclude<ScheduledName, "privacy.retention">, () => Promise<RunReport>>> => ({
  "meetings.clean-tasks": () => cleanTasks(deps),
  "meetings.forget-mails": () => forgetMails(deps),
  "meetings.sweep-holds": () => sweepHolds(deps),
  "meetings.close-ended": () => closeEnded(deps),
  "calendars.read": () => handleReadCalendars(deps),
  "webhooks.forget": () => forgetDeliveries(deps),
  "conferencing.reconcile": () => reconcileOnline({ ...deps, open: configuredOpener(deps) }),
  "reports.weekly": () => mailWeeklyReport(deps),
  "crm.remind": () => remindSellers(deps),
  "crm.assign": () => assignWaiting(deps),
  "crm.snapshot": () => takeSnapshots(deps),
  "crm.forget-imports": () => forgetImports(deps),
  "forecasting.nightly": () => makeForecasts(deps),
  "forecasting.score": () => trainScores(deps),
  "metrics.check": () => checkAllFigures(deps),
  "dashboards.mail": () => mailDueDashboards(deps),
  "dashboards.forget-views": () => forgetViews(deps),
  "operations.check-time-zones": async () => {
    const { current, detail } = tzdataIsCurrent();
    if (!current) throw new Error(detail);
    return { summary: detail, counts: {} };
  },
  "operations.forget-runs": () => forgetOldRecords(deps),
});

const nothing = (): void => undefined;

/** What is done for sales: told to their people and to whoever listens outside, valued anew, brought in from files. */
async function workSales(queue: PgBoss, deps: Deps): Promise<void> {
  // Who is told of leads: their people, and whoever listens outside.
  const leadsFollowers: readonly LeadsFollower[] = [
    (change) => followLeads(change, deps),
    (change) => followLeadsWithWebhooks(change, deps),
  ];
  await work(queue, leadsChanged, (change) => handleLeadsChanged(change, leadsFollowers));
  await work(queue, revalueLeads, (payload) => handleRevalueLeads(payload, deps).then(nothing));
  await work(queue, importLeads, (payload) => handleImportLeads(payload, deps));
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
    fetch: fetchOutbound,
    renderers: {
      [REPORT_MAIL]: renderReportMail,
      [ACCOUNT_MAIL]: renderAccountMail,
      [WAITING_MAIL]: renderWaitingMail,
      [CRM_MAIL]: renderDealMail,
      [DASHBOARD_MAIL]: renderDashboardMail,
    },
  };
  await queue.start();
  await work(queue, sendMail, (payload) => handleSendMail(payload, deps));
  await work(queue, askAccountLink, (payload) => handleLinkAsked(payload, deps));
  await work(queue, remindMeeting, (payload) => handleRemindMeeting(payload, deps));
  await work(queue, expireHold, (payload) => handleExpireHold(payload, deps));
  await work(queue, applyRetention, (payload) =>
    payload.workspaceId === undefined
      ? recordRun(applyRetention.name, payload, () => handleApplyRetention(payload, deps), {
          ...deps,
          ...SCHEDULE["privacy.retention"],
        })
      : handleApplyRetention(payload, deps).then(() => undefined),
  );
  for (const [name, run] of Object.entries(scheduledWork(deps))) {
    const line = name as Exclude<ScheduledName, "privacy.retention">;
    await work(queue, scheduledJob(line), (payload) =>
      recordRun(line, payload, run, { ...deps, ...SCHEDULE[line] }),
    );
  }
  await work(queue, forgetCaptured, (payload) =>
    handleForgetCaptured(payload, { dataDir: env.MERIDIAN_DATA_DIR }),
  );
  // Who is told of meetings outside; each knows how to hear the same change twice.
  const followers: readonly Follower[] = [
    (change) => followInSales(change, deps),
    (change) => followInCalendars(change, deps),
    (change) => followWithWebhooks(change, deps),
  ];
  await work(queue, meetingChanged, (change) => handleMeetingChanged(change, followers));
  await workSales(queue, deps);
  const open = configuredOpener(deps);
  const told = onlineListener(deps);
  await work(queue, syncOnline, (payload) => handleSyncOnline(payload, { ...deps, open, told }));
  await work(queue, bringSummary, (payload) => handleBringSummary(payload, { ...deps, open }));
  await work(queue, timeFreed, (payload) => handleTellWaiting(payload, deps));
  await work(queue, readCalendar, (payload) => handleReadCalendar(payload, deps));
  await work(queue, writeCopy, (payload) => handleWriteCopy(payload, deps));
  await work(queue, deliverWebhook, (payload) => handleDeliverWebhook(payload, deps));
  await work(queue, releaseRoom, (payload) => handleReleaseRoom(payload, deps));
  const figures = keepFigures(deps);
  return {
    stop: async () => {
      await figures.stop();
      await queue.stop({ graceful: true, timeout: 20_000 });
      await transport.close();
      await db.$disconnect();
    },
  };
}
