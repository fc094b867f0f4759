import { hashToken, sameBytes } from "@/lib/crypto/token";
import { env } from "@/lib/env";
import { clientAddress, PEER_HEADER } from "./client-address";

type HeaderReader = { readonly get: (name: string) => string | null };

const PASSED_ON = ["forwarded", "x-real-ip", "via"];

/**
 * A program on this very machine. Through a proxy on it everybody would be, so what was passed on is not: the
 * framework writes the peer itself into X-Forwarded-For where there was none, and anything else came from a proxy.
 */
function isFromThisMachine(headers: HeaderReader): boolean {
  const { address } = clientAddress(headers);
  if (address !== "::1" && !address.startsWith("127.")) return false;
  const forwarded = headers.get("x-forwarded-for");
  if (forwarded !== null && forwarded !== headers.get(PEER_HEADER)) return false;
  return PASSED_ON.every((name) => headers.get(name) === null);
}

/**
 * May this caller be told how the house is doing inside? From this machine, or with MERIDIAN_MONITOR_TOKEN as
 * Bearer.
 */
export function isOperatorCall(headers: HeaderReader): boolean {
  if (isFromThisMachine(headers)) return true;
  const wanted = env.MERIDIAN_MONITOR_TOKEN;
  const given = /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "")?.[1];
  if (wanted === undefined || given === undefined) return false;
  return sameBytes(hashToken(wanted), hashToken(given));
}
