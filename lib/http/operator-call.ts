import { hashToken, sameBytes } from "@/lib/crypto/token";
import { env } from "@/lib/env";
import { clientAddress } from "./client-address";

type HeaderReader = { readonly get: (name: string) => string | null };

const FORWARDED = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];

/** A program on this very machine. Through a proxy on it everybody would be, so what was passed on is not. */
const isFromThisMachine = (headers: HeaderReader): boolean => {
  const { address } = clientAddress(headers);
  const isLoopback = address === "::1" || address.startsWith("127.");
  return isLoopback && FORWARDED.every((name) => headers.get(name) === null);
};

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
