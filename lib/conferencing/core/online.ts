import { randomBytes } from "node:crypto";

/**
 * Where an online meeting stands. wanted: it is to be made or changed; ready: it is as wanted; failed: the provider
 * refused for good and a person decides; unwanted: it is to be deleted; gone: it was.
 */
export type OnlineState = "wanted" | "ready" | "failed" | "unwanted" | "gone";

/** What a meeting says of its online meeting. `cause` is for people. */
export type OnlineSummary = {
  readonly id: string;
  readonly state: OnlineState;
  readonly cause: string | null;
};

/** What of a meeting decides whether something is asked of a provider. Times in epoch ms. */
export type OnlineSubject = {
  readonly workspaceId: string;
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly subject: string;
  readonly agenda: string | null;
  readonly state: string;
  readonly visibility: string;
  readonly virtualRoom: { readonly id: string; readonly provider: string } | null;
  /** Which seat it holds: whose meeting it will be at the provider. */
  readonly seatResourceId: string | null;
  readonly online: { readonly id: string; readonly state: string } | null;
  readonly series: { readonly id: string } | null;
};

/** Providers whose meetings somebody else's server keeps; the others are an address. */
export const isRemote = (provider: string): boolean =>
  provider === "zoom" || provider === "google_meet" || provider === "teams";

/** Only what people can come to is online: a draft has no address yet, a cancelled meeting none any more. */
export const isHeldOnline = ({ state, virtualRoom }: OnlineSubject): boolean =>
  virtualRoom !== null && (state === "confirmed" || state === "done" || state === "no_show");

/** Whether a provider would have to hear of what changed. Occurrences share one meeting that has no time of its own. */
export function differsOnline(before: OnlineSubject, after: OnlineSubject): boolean {
  if (before.subject !== after.subject || before.agenda !== after.agenda) return true;
  if (before.visibility !== after.visibility) return true;
  return after.series === null && (before.start !== after.start || before.end !== after.end);
}

/** Where Jitsi meetings are when a virtual room names no server of its own. */
export const PUBLIC_JITSI = "https://meet.jit.si";

/**
 * The name of a new Jitsi meeting: 130 random bits, because on a public server whoever guesses a name walks in.
 * Letters only, so that it survives mail programs and can be read out.
 */
export const jitsiName = (bytes: Uint8Array = randomBytes(28)): string =>
  `meridian-${[...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;
