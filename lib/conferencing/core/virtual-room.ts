import type { ProviderName, ProviderSettings } from "./provider";

/** What people call a provider. */
export const PROVIDER_WORDS: Readonly<Record<ProviderName, string>> = {
  jitsi: "Jitsi",
  zoom: "Zoom",
  google_meet: "Google Meet",
  teams: "Microsoft Teams",
  link: "Fixed link",
};

/** Meetings an account may make or change on one UTC day, where its provider counts them. */
export const DAILY_WRITES: Readonly<Partial<Record<ProviderName, number>>> = { zoom: 100 };

export type VirtualAccountView = {
  readonly id: string;
  readonly name: string;
  readonly seats: number;
  /** Of today, by UTC: meetings made or changed, calls, calls that failed, calls that were put off. */
  readonly writes: number;
  readonly calls: number;
  readonly failures: number;
  readonly throttled: number;
};

/** A virtual room as those who manage it see it: all but its secrets. Times in epoch ms. */
export type VirtualRoomView = {
  readonly id: string;
  readonly name: string;
  readonly provider: ProviderName;
  readonly address: string | null;
  readonly settings: ProviderSettings;
  readonly isDefault: boolean;
  readonly active: boolean;
  readonly version: number;
  readonly credentials: "environment" | "stored";
  readonly credentialsSetAt: number | null;
  readonly testedAt: number | null;
  readonly testCause: string | null;
  readonly accounts: readonly VirtualAccountView[];
  /** Meetings whose call is still to be made, and those given up. */
  readonly waiting: number;
  readonly failed: number;
  /** Until when nobody calls, because it did not answer or asked for it. */
  readonly openUntil: number | null;
  /** What went wrong last, newest first. */
  readonly troubles: readonly { readonly at: number; readonly cause: string }[];
  /** Meetings to come that are held in it. */
  readonly coming: number;
};

/** A meeting that stands in the way; null for the subject of a private one. */
export type HoldingMeeting = { readonly subject: string | null; readonly start: number };

export type VirtualRoomRefusal =
  | { readonly reason: "absent" }
  | { readonly reason: "changed-meanwhile" }
  | { readonly reason: "needs-address" }
  | { readonly reason: "no-accounts-here" }
  | { readonly reason: "account-exists" }
  | { readonly reason: "credentials-incomplete"; readonly fields: Readonly<Record<string, string>> }
  | {
      readonly reason: "seats-held" | "in-use";
      readonly meetings: readonly HoldingMeeting[];
      readonly more: number;
      readonly links: readonly string[];
    };

/** Whose accounts a virtual room may have: Jitsi needs none, a link is one place. */
export const hasAccounts = (provider: ProviderName): boolean =>
  provider !== "jitsi" && provider !== "link";
