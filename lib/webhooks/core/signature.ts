import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";

/** What an endpoint's deliveries are signed with. After a change both secrets sign for a day. */
export const webhookSecret = z.strictObject({
  secret: z.string(),
  before: z.string().optional(),
  /** Epoch milliseconds until which the secret before signs, too. */
  until: z.int().optional(),
});

export type WebhookSecret = z.output<typeof webhookSecret>;

const BOTH_SIGN_MS = DAY_MS;

/** The same endpoint with a new secret. */
export const rotated = (
  { secret: before }: WebhookSecret,
  secret: string,
  now: Instant,
): WebhookSecret => ({ secret, before, until: now + BOTH_SIGN_MS });

const macOf = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text, "utf8").digest("hex");

/**
 * The value of `meridian-signature`: `t=<seconds>,v1=<hex>`, HMAC-SHA256 of `<seconds>.<body>`; after a change of
 * secrets a second `v1` by the one before. A receiver computes one and looks whether it is among them, and refuses a
 * `t` that is minutes old.
 */
export function signatureOf(secret: WebhookSecret, body: string, now: Instant): string {
  const seconds = Math.floor(now / 1000);
  const still = secret.before !== undefined && secret.until !== undefined && now < secret.until;
  const secrets = [secret.secret, ...(still && secret.before ? [secret.before] : [])];
  const macs = secrets.map((one) => `v1=${macOf(one, `${seconds}.${body}`)}`);
  return [`t=${seconds}`, ...macs].join(",");
}

/** Seconds before each further try; behind the last one four hours each, until a day is over. */
const PAUSES_S = [10, 30, 120, 600, 1_800, 3_600, 7_200];
const LAST_PAUSE_S = 14_400;
const GIVE_UP_MS = DAY_MS;

/**
 * When a delivery that failed `attempts` times is tried again; undefined when a day is over. `retryAfterSeconds` is
 * what its receiver asked for.
 */
export function nextDelivery(
  { attempts, createdAt }: { readonly attempts: number; readonly createdAt: Instant },
  now: Instant,
  retryAfterSeconds = 0,
): Instant | undefined {
  const pause = Math.max(PAUSES_S[attempts - 1] ?? LAST_PAUSE_S, retryAfterSeconds);
  const next = instantOf(now + pause * 1000);
  return next <= createdAt + GIVE_UP_MS ? next : undefined;
}

/** An endpoint that failed without a success in between for this long is stopped. */
export const STOP_AFTER_MS = 3 * DAY_MS;

/** Deliveries are kept this long. */
export const KEEP_MS = 30 * DAY_MS;
