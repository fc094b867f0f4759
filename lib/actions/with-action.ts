import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { AccessDenied, NotHere, NotSignedIn } from "@/lib/access/policy";
import { isOutage } from "@/lib/db/outage";
import { env } from "@/lib/env";
import { newReference, RequestRefused } from "@/lib/http/answer";
import { forgeryOf } from "@/lib/http/same-origin";
import { log, withRequest } from "@/lib/log";

/** The words for what was thrown; a defect gets a reference, and its cause goes to the log only. */
function messageFor(error: unknown, name: string, reference: string): string {
  if (error instanceof RequestRefused) return error.message;
  if (error instanceof NotSignedIn) return "Your session has ended. Sign in again to go on.";
  if (error instanceof AccessDenied) return error.words;
  if (error instanceof NotHere) return "There is nothing here any more.";
  if (isOutage(error)) {
    log.error({ err: error, action: name, reference }, "the database could not be reached");
    return "The service is not available right now. Try again in a moment.";
  }
  log.error({ err: error, action: name, reference }, "an action failed");
  return `Something went wrong on our side. Reference ${reference}.`;
}

type HeaderReader = { readonly get: (name: string) => string | null };

const isForged = (from: HeaderReader): boolean =>
  forgeryOf(from, { ambient: from.get("cookie") !== null, appUrl: env.APP_URL }) !== undefined;

/**
 * Runs one server action: its request id in every log line, the origin check, and the one mapping from what was
 * thrown to words, which `refused` puts into the action's own answer. The framework's own throws (redirect, not
 * found) pass through.
 */
export async function withAction<Answer>(
  name: string,
  work: () => Promise<Answer>,
  refused: (message: string) => Answer,
): Promise<Answer> {
  const from = await headers();
  const reference = from.get("x-request-id") ?? newReference();
  return withRequest(reference, async () => {
    const began = performance.now();
    try {
      if (isForged(from)) {
        throw new RequestRefused(403, "foreign-origin", "This did not come from our own pages.");
      }
      return await work();
    } catch (error) {
      unstable_rethrow(error);
      return refused(messageFor(error, name, reference));
    } finally {
      log.info({ action: name, ms: Math.round(performance.now() - began) }, "action ended");
    }
  });
}
