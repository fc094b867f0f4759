import type { Result } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";

export const PROVIDER_NAMES = ["jitsi", "zoom", "google_meet", "teams", "link"] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

/** Whoever holds the meetings at the provider: a row of virtual_account. */
export type ProviderAccount = {
  readonly id: string;
  /** The provider's own name for it: an address of a user, an object id. */
  readonly name: string;
};

/** What is not secret and the same for every meeting of a virtual room. Automatic recording is no setting, on purpose. */
export type ProviderSettings = {
  readonly waitingRoom: boolean;
  /** Let the provider write a summary. Zoom only. */
  readonly summary: boolean;
  /** Addresses of people who may start the meeting, too. Zoom only; they need licences of the same account. */
  readonly alternativeHosts: readonly string[];
};

export const PLAIN_SETTINGS: ProviderSettings = {
  waitingRoom: false,
  summary: false,
  alternativeHosts: [],
};

/** A meeting as it shall be at the provider. */
export type OnlineWish = {
  /** online_meeting.id: the same for every attempt, and the provider keeps it, so that an attempt finds its own meeting. */
  readonly key: string;
  readonly subject: string;
  readonly agenda: string | null;
  /** Of a series: the next occurrence. */
  readonly start: Instant;
  readonly end: Instant;
  readonly zone: TimeZone;
  /** Shared by the occurrences of a series, so it is not bound to one time. */
  readonly recurring: boolean;
  readonly account: ProviderAccount;
  readonly settings: ProviderSettings;
  /**
   * An earlier attempt may have got through: whatever has no key of its own is looked for before it is made. False
   * only at the very first attempt; raise online_meeting.attempts before calling, not after.
   */
  readonly mayExist: boolean;
};

export type OnlineMade = {
  readonly externalId: string;
  readonly joinUrl: string;
  readonly passcode?: string;
  /** Starts the meeting as its host. A secret. */
  readonly hostUrl?: string;
  readonly dialIn?: string;
};

export type ProviderTrouble = {
  /**
   * credentials: an operator has to mend something, an account among it; refused: this meeting is not wanted like
   * this; absent: there is no such meeting any more; limited: later; unreachable: no answer that counts.
   */
  readonly kind: "credentials" | "refused" | "absent" | "limited" | "unreachable";
  /** One sentence a person can act on. Shown to hosts and managers. */
  readonly cause: string;
  /** For the log only: what was asked, the status, the provider's own words. Never a secret. */
  readonly detail: string;
  readonly retryAfterSeconds?: number;
  /** It may have been done. The next attempt says `mayExist`. */
  readonly ambiguous?: boolean;
};

export type ProviderOutcome<Value> = Result<Value, ProviderTrouble>;

/** Something of ours at the provider. `key` is null for what somebody made by hand. */
export type ListedMeeting = {
  readonly externalId: string;
  readonly key: string | null;
  readonly start: Instant | null;
};

/** What a provider wrote about a meeting. Plain text as it came: not sanitised. */
export type Summary = {
  readonly title: string;
  readonly overview: string;
  readonly details: readonly { readonly label: string; readonly summary: string }[];
  readonly nextSteps: readonly string[];
};

/**
 * One provider with one set of credentials. Nothing here throws for what a provider does: every outcome is a value.
 * What is thrown is the database being away, and defects.
 */
export type ConferencingProvider = {
  /** Makes the meeting, or finds the one made before with this key and brings it to the wish. */
  readonly create: (wish: OnlineWish) => Promise<ProviderOutcome<OnlineMade>>;
  /** Changes it in place; its address stays. `absent` when somebody deleted it: then create it anew. */
  readonly update: (externalId: string, wish: OnlineWish) => Promise<ProviderOutcome<OnlineMade>>;
  /** What is not there any more counts as removed. */
  readonly remove: (
    externalId: string,
    account: ProviderAccount,
  ) => Promise<ProviderOutcome<undefined>>;
  /**
   * Removes what attempts with this key may have left behind when nobody knows its external id: the wish was
   * withdrawn while the outcome of making it was unknown.
   */
  readonly removeByKey: (
    key: string,
    account: ProviderAccount,
  ) => Promise<ProviderOutcome<undefined>>;
  /**
   * The account's meetings that start within [from, to), and those without a time, for reconciliation. Null: this
   * provider has nothing that could be left over, or cannot be asked (Teams).
   */
  readonly list: (
    account: ProviderAccount,
    from: Instant,
    to: Instant,
  ) => Promise<ProviderOutcome<readonly ListedMeeting[] | null>>;
  /** Tries credentials and account without changing anything. `as`: who we are there, for people to read. */
  readonly test: (account: ProviderAccount) => Promise<ProviderOutcome<{ readonly as: string }>>;
  /** The summary of the instance that began nearest to `near`; null when there is none (yet). */
  readonly findSummary?: (
    externalId: string,
    account: ProviderAccount,
    near: Instant,
  ) => Promise<ProviderOutcome<Summary | null>>;
};
