import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a call's own clock may be from ours, either way, seconds. */
const WINDOW_SECONDS = 300;

const sha256 = (key: Buffer | string, ...parts: readonly (string | Uint8Array)[]): Buffer => {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

const equal = (left: Buffer, right: Buffer): boolean =>
  left.byteLength === right.byteLength && timingSafeEqual(left, right);

/** Said about now: seconds since 1970 as a text, against our clock in epoch milliseconds. */
const isRecent = (timestamp: string, nowMs: number): boolean =>
  /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) - nowMs / 1_000) <= WINDOW_SECONDS;

export type SvixHeaders = {
  readonly id: string | null;
  readonly timestamp: string | null;
  readonly signature: string | null;
};

/**
 * Was this body signed with one of these secrets (`whsec_…`), within the last five minutes? Standard webhooks, as Svix
 * sends them: `v1,<base64>` of HMAC-SHA256 over `id.timestamp.body`; several signatures stand beside each other while
 * one secret replaces another. Throws nothing.
 */
export function isSignedBySvix(
  secrets: readonly string[],
  { id, timestamp, signature }: SvixHeaders,
  raw: Uint8Array,
  nowMs: number,
): boolean {
  if (!id || id.length > 255 || !timestamp || !signature || signature.length > 4_000) return false;
  if (!isRecent(timestamp, nowMs)) return false;
  const given = signature
    .split(" ")
    .flatMap((part) => (part.startsWith("v1,") ? [Buffer.from(part.slice(3), "base64")] : []));
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const right = sha256(key, `${id}.${timestamp}.`, raw);
    return given.some((one) => equal(one, right));
  });
}

/**
 * Was a mail handed over by whoever knows our secret? Either `Authorization: Basic` with the secret as password, which
 * every provider's webhook and `curl -u` can send, or `meridian-signature: t=<seconds>,v1=<hex>` with HMAC-SHA256 over
 * `t.body`, which does not give the secret away and ends after five minutes.
 */
export function isHandedOverBy(
  secret: string,
  headers: { readonly authorization: string | null; readonly signature: string | null },
  raw: Uint8Array,
  nowMs: number,
): boolean {
  const { t, v1 } =
    /^t=(?<t>\d{1,12}),v1=(?<v1>[0-9a-f]{64})$/.exec(headers.signature ?? "")?.groups ?? {};
  if (t !== undefined && v1 !== undefined && isRecent(t, nowMs)) {
    return equal(Buffer.from(v1, "hex"), sha256(secret, `${t}.`, raw));
  }
  const basic = /^Basic ([A-Za-z0-9+/]{1,2000}={0,2})$/i.exec(headers.authorization ?? "")?.[1];
  if (basic === undefined) return false;
  const [, ...password] = Buffer.from(basic, "base64").toString("utf8").split(":");
  // Hashed, so that their lengths say nothing.
  return equal(sha256("", password.join(":")), sha256("", secret));
}
