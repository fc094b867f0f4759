import { z } from "zod";
import { defineJob } from "./queue";

/**
 * Everything the house does by the clock, in one list: the queue schedules it, each run is recorded, and the
 * administration shows it. Times are UTC; several nodes make one run.
 */
export const SCHEDULE = {
  "meetings.clean-tasks": { cron: "5 2 * * *", limitSeconds: 900 },
  "meetings.forget-mails": { cron: "35 2 * * *", limitSeconds: 900 },
  "meetings.sweep-holds": { cron: "*/15 * * * *", limitSeconds: 300 },
  "meetings.close-ended": { cron: "50 * * * *", limitSeconds: 300 },
  // How often one calendar is read is its own business; this only looks which are due.
  "calendars.read": { cron: "*/5 * * * *", limitSeconds: 120 },
  "webhooks.forget": { cron: "55 3 * * *", limitSeconds: 900 },
  "privacy.retention": { cron: "17 2 * * *", limitSeconds: 3_600 },
  "conferencing.reconcile": { cron: "23 3 * * *", limitSeconds: 1_800 },
  "reports.weekly": { cron: "30 5 * * 1", limitSeconds: 900 },
  // Reminders are set to the minute; two are soon enough.
  "crm.remind": { cron: "*/2 * * * *", limitSeconds: 120 },
  "crm.assign": { cron: "*/5 * * * *", limitSeconds: 280 },
  // Days end at different hours; each workspace's is taken once.
  "crm.snapshot": { cron: "12 * * * *", limitSeconds: 3_600 },
  "crm.forget-imports": { cron: "40 3 * * *", limitSeconds: 900 },
  // Days end at different hours; each workspace's is forecast once.
  "forecasting.nightly": { cron: "*/10 * * * *", limitSeconds: 3_600 },
  // Learns anew after a day, or when much was closed; what came since is scored by what is there.
  "forecasting.score": { cron: "4-59/10 * * * *", limitSeconds: 3_600 },
  "metrics.check": { cron: "42 * * * *", limitSeconds: 600 },
  "dashboards.mail": { cron: "*/5 * * * *", limitSeconds: 280 },
  "dashboards.forget-views": { cron: "50 3 * * *", limitSeconds: 60 },
  "operations.check-time-zones": { cron: "20 4 * * *", limitSeconds: 60 },
  "operations.forget-runs": { cron: "25 4 * * *", limitSeconds: 900 },
} as const satisfies Record<string, { readonly cron: string; readonly limitSeconds: number }>;

export type ScheduledName = keyof typeof SCHEDULE;

export const SCHEDULED_NAMES = Object.keys(SCHEDULE) as ScheduledName[];

export const isScheduled = (name: string): name is ScheduledName => Object.hasOwn(SCHEDULE, name);

/** Who asked for a run; absent when the clock did. */
export const scheduledPayload = z.object({ askedBy: z.uuid().optional() });

/** The queue of one line of the schedule. A run that failed is tried again by the clock, not before. */
export const scheduledJob = (name: ScheduledName) =>
  defineJob({
    name,
    payload: scheduledPayload,
    retryLimit: 1,
    expireInSeconds: SCHEDULE[name].limitSeconds,
  });
