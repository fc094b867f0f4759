import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS, parseInstant } from "@/lib/time/instant";

/** Older than this, or further ahead, an event may have been recorded and sent again by somebody else. */
const WINDOW_MS = 5 * MINUTE_MS;

const hmac = (secret: string, text: string | Uint8Array): Buffer =>
  createHmac("sha256", secret).update(text).digest();

/** What Zoom sends beside an event. */
export type ZoomHeaders = {
  readonly timestamp: string | null;
  readonly signature: string | null;
};

/** Was this sent now? The timestamp is in seconds. */
export function isRecent({ timestamp }: ZoomHeaders, now: Instant): boolean {
  if (timestamp === null || !/^\d{9,11}$/.test(timestamp)) return false;
  return Math.abs(now - Number(timestamp) * 1_000) <= WINDOW_MS;
}

/** `v0=` and the HMAC of `v0:{timestamp}:{body}`, over the bytes as they came. */
export const signatureOf = (secret: string, timestamp: string, raw: Uint8Array): string =>
  `v0=${hmac(secret, Buffer.concat([Buffer.from(`v0:${timestamp}:`), raw])).toString("hex")}`;

export function isSigned(
  secret: string,
  { timestamp, signature }: ZoomHeaders,
  raw: Uint8Array,
): boolean {
  const wanted = Buffer.from(signatureOf(secret, timestamp ?? "", raw));
  const given = Buffer.from(signature ?? "");
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/**
 * Zoom's question whether this address is ours: it sends a text, and expects it back with its HMAC. Without a colon, so
 * that nobody has a signature of an event made by asking.
 */
export const urlValidation = z.object({
  event: z.literal("endpoint.url_validation"),
  payload: z.object({ plainToken: z.string().regex(/^[\w+/=-]{1,100}$/) }),
});

export const validationAnswer = (secret: string, plainToken: string) => ({
  plainToken,
  encryptedToken: hmac(secret, plainToken).toString("hex"),
});

const summaryCompleted = z.object({
  event: z.literal("meeting.summary_completed"),
  payload: z.object({
    object: z.looseObject({
      meeting_id: z.union([z.string(), z.number()]).transform(String),
      meeting_start_time: z.string().optional(),
    }),
  }),
});

/** A summary Zoom has written, and of which meeting; undefined for every other event. */
export function readSummaryEvent(json: unknown):
  | {
      readonly externalId: string;
      readonly startedAt: Instant | null;
      readonly written: unknown;
    }
  | undefined {
  const { data } = summaryCompleted.safeParse(json);
  if (data === undefined) return undefined;
  const { object } = data.payload;
  return {
    externalId: object.meeting_id,
    startedAt: parseInstant(object.meeting_start_time ?? "") ?? null,
    written: object,
  };
}
