import { PgBoss } from "pg-boss";
import { askAccountLink } from "@/lib/auth/account-jobs";
import { readCalendar, writeCopy } from "@/lib/calendars/jobs";
import { bringSummary, syncOnline } from "@/lib/conferencing/jobs";
import { importLeads, leadsChanged, revalueLeads } from "@/lib/crm/jobs";
import { sendMail } from "@/lib/mail/outbox";
import { expireHold, meetingChanged, remindMeeting, timeFreed } from "@/lib/meetings/jobs";
import { applyRetention, forgetCaptured } from "@/lib/privacy/jobs";
import { releaseRoom } from "@/lib/rooms/jobs";
import { deliverWebhook } from "@/lib/webhooks/jobs";
import { ensureQueue } from "./queue";
import { SCHEDULE, SCHEDULED_NAMES, scheduledJob } from "./schedule";

/** Makes every queue of this version, or brings it to this version's settings. Run after migrating. */
export async function createQueues(databaseUrl: string): Promise<void> {
  const queue = new PgBoss({
    connectionString: databaseUrl,
    supervise: false,
    schedule: false,
    migrate: false,
    max: 1,
  });
  const troubles: unknown[] = [];
  queue.on("error", (error) => troubles.push(error));
  await queue.start();
  try {
    await ensureQueue(queue, sendMail);
    await ensureQueue(queue, askAccountLink);
    await ensureQueue(queue, remindMeeting);
    await ensureQueue(queue, expireHold);
    await ensureQueue(queue, forgetCaptured);
    await ensureQueue(queue, applyRetention);
    await ensureQueue(queue, timeFreed);
    await ensureQueue(queue, releaseRoom);
    await ensureQueue(queue, meetingChanged);
    await ensureQueue(queue, syncOnline);
    await ensureQueue(queue, bringSummary);
    await ensureQueue(queue, readCalendar);
    await ensureQueue(queue, writeCopy);
    await ensureQueue(queue, deliverWebhook);
    await ensureQueue(queue, leadsChanged);
    await ensureQueue(queue, revalueLeads);
    await ensureQueue(queue, importLeads);
    for (const name of SCHEDULED_NAMES) {
      if (name !== applyRetention.name) await ensureQueue(queue, scheduledJob(name));
      await queue.schedule(name, SCHEDULE[name].cron, {}, { tz: "UTC" });
    }
  } finally {
    await queue.stop({ graceful: false });
  }
  if (troubles[0] !== undefined) throw troubles[0];
}
