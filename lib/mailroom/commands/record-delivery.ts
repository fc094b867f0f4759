import type { Transaction } from "@/lib/db/client";
import { log } from "@/lib/log";
import { insertSuppression } from "@/lib/mail/outbox-rows";
import { tellHostOfMail } from "@/lib/meetings/writes/mail-trouble";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { DeliveryEvent } from "../core/delivery-event";
import { readDeliveryEvent } from "../core/delivery-event";
import type { SvixHeaders } from "../core/signed-call";
import { isSignedBySvix } from "../core/signed-call";
import type { SentMail } from "../writes";
import { isFirstTime, lockSentMail, markDelivered, markTrouble } from "../writes";

export type Reception = {
  readonly status: 200 | 400 | 401 | 409;
  readonly outcome: "recorded" | "known" | "ignored" | "malformed" | "unsigned" | "not-sent-yet";
};

const answer = (status: Reception["status"], outcome: Reception["outcome"]): Reception => ({
  status,
  outcome,
});

/** What a provider says may be faster than our own note of what it took: then it says so again. */
const EARLY_MS = 10 * MINUTE_MS;

/** Carries "say it again later" out of the transaction, which forgets that it was said. */
class NotSentYet extends Error {}

async function recordTrouble(
  tx: Transaction,
  mail: SentMail,
  event: DeliveryEvent,
  now: Instant,
): Promise<void> {
  const { kind, reason } = event;
  const error = kind === "complained" ? `complaint: ${reason}` : reason;
  const state = kind === "bounced" || kind === "failed" ? { state: kind } : {};
  await markTrouble(tx, mail, { ...state, error }, now);
  if (event.deadAddress) await insertSuppression(tx, mail.workspaceId, mail.toEmail, error);
  await tellHostOfMail(tx, mail, error, now);
}

/** Each event says its own, whatever order they come in: what was returned did not arrive after all. */
async function record(
  tx: Transaction,
  mail: SentMail,
  event: DeliveryEvent,
  now: Instant,
): Promise<void> {
  const isReturned = mail.state === "bounced" || mail.state === "failed";
  if (event.kind === "delivered") {
    if (isReturned || mail.deliveredAt !== null) return;
    await markDelivered(tx, mail, instantOf(Math.min(event.at ?? now, now)), now);
  } else if (event.kind === "delayed") {
    if (isReturned || mail.deliveredAt !== null) return;
    await markTrouble(tx, mail, { error: `delayed: ${event.reason}` }, now);
  } else if (event.kind === "complained" || !isReturned) await recordTrouble(tx, mail, event, now);
}

function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
  } catch {
    return undefined;
  }
}

/**
 * Takes what Resend says of a mail it took: kept on the mail, a dead address takes no more, and the host is told. Each
 * event is worked on once, in whatever order they come. An event about a mail not known here yet is refused, so that
 * it is said again.
 */
export async function recordDelivery(
  { raw, headers }: { readonly raw: Uint8Array; readonly headers: SvixHeaders },
  deps: Pick<Deps, "db" | "now"> & { readonly secrets: readonly string[] },
): Promise<Reception> {
  const now = deps.now();
  if (!isSignedBySvix(deps.secrets, headers, raw, now)) {
    log.warn({}, "a webhook was not signed by Resend, or came too late");
    return answer(401, "unsigned");
  }
  const event = readDeliveryEvent(parse(raw));
  if (event === undefined) return answer(400, "malformed");
  if (event === "unknown") return answer(200, "ignored");
  try {
    return await deps.db.$transaction(async (tx) => {
      if (!(await isFirstTime(tx, "resend", headers.id ?? ""))) return answer(200, "known");
      const mail = await lockSentMail(tx, event.providerId);
      if (mail === undefined) {
        if (event.at !== undefined && now - event.at < EARLY_MS) throw new NotSentYet();
        return answer(200, "ignored");
      }
      await record(tx, mail, event, now);
      return answer(200, "recorded");
    });
  } catch (error) {
    if (error instanceof NotSentYet) return answer(409, "not-sent-yet");
    throw error;
  }
}
