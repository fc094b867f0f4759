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

/** Rates changed: amounts in these currencies are worth something else in the workspace's own. */
export const revalueLeads = defineJob({
  name: "crm.revalue",
  payload: z.object({
    workspaceId: z.uuid(),
    /** Empty: every currency. */
    currencies: z.array(z.string()),
    /** Also what was frozen when deals closed; asked for explicitly, and audited. */
    restateClosed: z.boolean(),
  }),
  expireInSeconds: 1_800,
});

export type Revaluation = z.infer<typeof revalueLeads.payload>;

/** A file of leads that was sent is brought in; a worker that is killed is followed by one that goes on. */
export const importLeads = defineJob({
  name: "crm.import",
  payload: z.object({ workspaceId: z.uuid(), runId: z.uuid() }),
  // The longest file there may be, on a slow machine.
  expireInSeconds: 4 * 3_600,
});
