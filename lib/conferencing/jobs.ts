import { z } from "zod";
import { defineJob } from "@/lib/jobs/queue";

/** Makes, changes or deletes one meeting at its provider. Asks again with growing pauses for about a day. */
export const syncOnline = defineJob({
  name: "conferencing.sync",
  payload: z.object({ workspaceId: z.uuid(), onlineId: z.uuid() }),
  retryLimit: 60,
  retryDelay: 2,
  retryDelayMax: 1_800,
  expireInSeconds: 120,
});

/** Compares what stands at the providers with what is wanted: orphans are deleted, what vanished is made again. */
export const reconcileOnline = defineJob({
  name: "conferencing.reconcile",
  payload: z.object({}),
  retryLimit: 3,
  expireInSeconds: 1_800,
});

/** At night, when few meetings are made; off the hour, when everybody asks. */
export const RECONCILE_CRON = "23 2 * * *";
