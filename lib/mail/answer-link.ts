import { signPayload, verifyPayload } from "@/lib/crypto/capability";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";

/** An invitation is answered before its meeting, which may be a year ahead. */
const LIFETIME_MS = 400 * DAY_MS;

/** Whose answer a link gives: one person's, to one meeting, and nothing else. */
export type AnswerOf = {
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly attendeeId: string;
};

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

const uuidOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** The address where one person says whether they come: the only thing its holder may do. */
export function answerUrl(
  { keys, appUrl, now }: { keys: KeyRing; appUrl: string; now: () => Instant },
  { workspaceId, meetingId, attendeeId }: AnswerOf,
): string {
  const ids = Buffer.concat([workspaceId, meetingId, attendeeId].map(bytesOf));
  const payload = ids.toString("base64url");
  const signed = signPayload(keys, "answer", payload, instantOf(now() + LIFETIME_MS));
  return `${appUrl}/answer/${signed}`;
}

/** Whose answer a signed part gives; undefined when it is not ours, was altered, or has expired. */
export function readAnswerLink(keys: KeyRing, signed: string, now: Instant): AnswerOf | undefined {
  const ids = Buffer.from(verifyPayload(keys, "answer", signed, now) ?? "", "base64url");
  if (ids.length !== 48) return undefined;
  const [workspaceId = "", meetingId = "", attendeeId = ""] = [0, 16, 32].map((from) =>
    uuidOf(ids.subarray(from, from + 16)),
  );
  return { workspaceId, meetingId, attendeeId };
}
