import { OutboundRefused } from "@/lib/http/outbound";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import type { ProviderTrouble } from "../core/provider";
import type { Asked, Line } from "./asked";
import { detailed } from "./asked";

/** How long, as people say it. */
export const inWords = (seconds: number): string => {
  if (seconds < 120) return `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
};

/** Codes of errors after which it is certain that no request left. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

const codeOf = (error: unknown): string => {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  if (typeof code === "string") return code;
  return cause === undefined ? "" : codeOf(cause);
};

/** What an error of the network means. */
export function troubleOfSilence(line: Line, asked: Asked, error: unknown): ProviderTrouble {
  const code = codeOf(error);
  const said = error instanceof Error ? error.message : String(error);
  const maybeSent = error instanceof OutboundRefused ? error.maybeSent : !NEVER_SENT.has(code);
  const forbidden = error instanceof OutboundRefused && !error.maybeSent;
  const { host } = new URL(asked.url);
  return {
    kind: forbidden ? "credentials" : "unreachable",
    cause: forbidden
      ? `The address of ${line.provider} (${host}) may not be called from here. Check it in the settings of this server.`
      : `${line.provider} (${host}) does not answer. This is tried again by itself.`,
    detail: detailed(asked, `${code} ${said}`),
    ...(maybeSent && asked.method !== "GET" ? { ambiguous: true } : {}),
  };
}

/** Why nobody was called. */
export const troubleOfTurn = (
  line: Line,
  asked: Asked,
  why: "paused" | "open" | "crowded" | "together",
  seconds: number,
): ProviderTrouble => {
  const cause = {
    paused: `${line.provider} asked for a pause. This goes on by itself in ${inWords(seconds)}.`,
    open: `${line.provider} has not answered lately. It is asked again in ${inWords(seconds)}.`,
    crowded: `Many meetings are being changed at ${line.provider} at once. This goes on by itself.`,
    together: `Many meetings are being changed at ${line.provider} at once. This goes on by itself.`,
  }[why];
  return {
    kind: why === "open" ? "unreachable" : "limited",
    cause,
    detail: detailed(asked, `not called, ${why}`),
    retryAfterSeconds: seconds,
  };
};

const midnightAfter = (at: Instant): Instant => instantOf((Math.floor(at / DAY_MS) + 1) * DAY_MS);

/** A day is over at midnight UTC, as the provider counts. */
export function quotaTrouble(line: Line, asked: Asked, now: Instant): ProviderTrouble {
  const next = midnightAfter(now);
  return {
    kind: "limited",
    cause: `${line.provider} takes ${asked.quota ?? "only so many"} new or changed meetings a day from ${asked.account?.name ?? "one account"}, and today's are used up. This goes on at ${toIso(next).slice(0, 16).replace("T", " ")} UTC, or with another account.`,
    detail: detailed(asked, "not called, quota of the day"),
    retryAfterSeconds: Math.ceil((next - now) / 1_000),
  };
}
