import { z } from "zod";
import { defineJob } from "@/lib/jobs/queue";

/**
 * Something happened to leads: whoever follows is told (webhooks, notices to owners and followers). `event` is the
 * kind of act: created, edited, converted, moved, won, lost, junked, reopened, assigned, parked, deleted, merged, …
 */
export const leadsChanged = defineJob({
  name: "crm.changed",
  payload: z.object({
    workspaceId: z.uuid(),
    leads: z.array(z.object({ id: z.uuid(), version: z.int() })).max(500),
    event: z.string(),
    at: z.int(),
    actorId: z.uuid().nullable(),
    actorName: z.string(),
  }),
});

export type LeadsChange = z.infer<typeof leadsChanged.payload>;
