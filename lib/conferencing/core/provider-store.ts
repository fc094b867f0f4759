import type { Instant } from "@/lib/time/instant";
import type { ProviderAccount } from "./provider";

/** How fast a line may be used. */
export type Pace = {
  readonly perSecond: number;
  /** Calls at once after a pause. */
  readonly burst: number;
  /** Longest wait for one's turn before the caller is sent away, milliseconds. */
  readonly longestWaitMs: number;
};

/** When to stop calling a provider that does not answer. */
export type Breaker = {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** How long it stays open at first; doubled with each failed probe, up to sixteen times that. */
  readonly openMs: number;
};

export type Turn =
  | {
      readonly granted: true;
      readonly waitMs: number;
      /** The breaker was open, and this one call finds out whether it may close. */
      readonly probing: boolean;
    }
  | {
      readonly granted: false;
      /** paused: the provider asked for it; open: it does not answer; crowded: too many calls of ours. */
      readonly why: "paused" | "open" | "crowded";
      readonly seconds: number;
    };

export type KeptToken = { readonly token: string; readonly expiresAt: Instant };

/**
 * What all nodes know together about a provider: tokens, turns, breakers, quotas. A **line** is one row of
 * provider_state: what the provider counts calls by. Each method is one statement and safe among nodes.
 */
export type ProviderStore = {
  /** The name of a set of credentials: other credentials, other name. Says nothing about them. */
  readonly nameOf: (secrets: readonly string[]) => string;
  readonly findToken: (line: string) => Promise<KeptToken | undefined>;
  readonly keepToken: (line: string, kept: KeptToken, now: Instant) => Promise<void>;
  /** Takes one of `limit` leases of this kind until `until`; false when all are taken. Those that ran out are free. */
  readonly lease: (
    line: string,
    asked: {
      readonly id: string;
      readonly kind: string;
      readonly limit: number;
      readonly until: Instant;
      readonly now: Instant;
    },
  ) => Promise<boolean>;
  readonly giveBack: (line: string, kind: string, id: string) => Promise<void>;
  /** Asks for a call: breaker, pause and bucket in one. A half-open breaker lets one through until `probeUntil`. */
  readonly takeTurn: (
    line: string,
    rules: {
      readonly pace: Pace;
      readonly breaker: Breaker;
      readonly now: Instant;
      readonly probeUntil: Instant;
    },
  ) => Promise<Turn>;
  readonly noteAnswer: (line: string, breaker: Breaker) => Promise<void>;
  readonly noteSilence: (
    line: string,
    silence: { readonly breaker: Breaker; readonly probing: boolean; readonly now: Instant },
  ) => Promise<void>;
  /** Nobody calls on this line before then. */
  readonly pause: (line: string, until: Instant) => Promise<void>;
  /**
   * Counts a call of an account on its UTC day. False, and nothing counted, when it writes and the day's `quota` of
   * writes is used up.
   */
  readonly countCall: (
    account: ProviderAccount,
    call: { readonly writes: boolean; readonly quota: number | null },
    now: Instant,
  ) => Promise<boolean>;
  /** The provider says that the day's quota is used up, whatever was counted here. */
  readonly spendDay: (account: ProviderAccount, quota: number, now: Instant) => Promise<void>;
  readonly countTrouble: (
    account: ProviderAccount,
    what: "failures" | "throttled",
    now: Instant,
  ) => Promise<void>;
};
