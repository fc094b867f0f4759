import type { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { defineJob, enqueue } from "@/lib/jobs/queue";

/**
 * Somebody asked for a link by mail. Whether there is such an account is looked up by the worker and not while they
 * wait: the answer is the same work in the same time for every address.
 */
export const askAccountLink = defineJob({
  name: "account.ask",
  payload: z.object({
    purpose: z.enum(["sign-in", "password-reset"]),
    email: z.string().max(254),
    /** SHA-256 of what the asking browser holds, base64url. */
    browserHash: z.string().max(64).nullable(),
  }),
  retryLimit: 5,
});

export type LinkAsked = z.infer<typeof askAccountLink.payload>;

/** Queues the question, whoever it is about. */
export const queueLinkAsked = (
  asked: LinkAsked,
  deps: { readonly db: Database; readonly queue: PgBoss },
): Promise<void> =>
  deps.db.$transaction((tx) => enqueue(deps.queue, tx, askAccountLink, [{ payload: asked }]));
