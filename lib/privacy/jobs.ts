import { z } from "zod";
import { defineJob } from "@/lib/jobs/queue";

/**
 * Removes captured messages from the built-in mailbox, by the part of their Message-ID that names their file. The
 * payload tells nothing of anybody.
 */
export const forgetCaptured = defineJob({
  name: "privacy.forget-captured",
  payload: z.object({ messages: z.array(z.string().regex(/^[0-9a-f]{16}$/)).max(1_000) }),
});

/** Removes what is older than its workspace keeps it: of one workspace, or of all. Goes on until nothing is left. */
export const applyRetention = defineJob({
  name: "privacy.retention",
  payload: z.object({ workspaceId: z.uuid().optional(), askedBy: z.uuid().optional() }),
  expireInSeconds: 3_600,
});
