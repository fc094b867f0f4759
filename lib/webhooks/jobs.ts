import { z } from "zod";
import { defineJob } from "@/lib/jobs/queue";

/**
 * Sends one delivery once. What goes wrong at the other end is the delivery's own business, which asks for the next try
 * itself; `attempt` tells a job that was run again from the next one.
 */
export const deliverWebhook = defineJob({
  name: "webhooks.deliver",
  payload: z.object({ workspaceId: z.uuid(), deliveryId: z.uuid(), attempt: z.int().min(0) }),
  retryLimit: 5,
  expireInSeconds: 60,
});
