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

/** A provider has written a summary of a meeting. `room` is null when the environment's credentials vouch for it. */
export const bringSummary = defineJob({
  name: "conferencing.summary",
  payload: z.object({
    provider: z.literal("zoom"),
    externalId: z.string().max(100),
    startedAt: z.number().nullable(),
    room: z.object({ workspaceId: z.uuid(), virtualRoomId: z.uuid() }).nullable(),
    summary: z
      .object({
        title: z.string(),
        overview: z.string(),
        details: z.array(z.object({ label: z.string(), summary: z.string() })),
        nextSteps: z.array(z.string()),
      })
      .nullable(),
  }),
  retryLimit: 20,
  retryDelay: 30,
  retryDelayMax: 3_600,
});
