import type { Instant } from "@/lib/time/instant";
import type { Device } from "./device";

/** One session in the list of a person's own. */
export type SessionLine = Device & {
  readonly id: string;
  readonly address: string | null;
  readonly method: string;
  readonly beganAt: Instant;
  readonly seenAt: Instant;
  /** The session of the browser that asks. */
  readonly own: boolean;
};

export type PasskeyLine = {
  readonly id: string;
  readonly name: string;
  readonly addedAt: Instant;
  readonly usedAt: Instant | null;
};

export type IdentityLine = {
  readonly id: string;
  readonly provider: string;
  readonly email: string | null;
  readonly addedAt: Instant;
  readonly usedAt: Instant | null;
};

/** A provider one may sign in with: its name in addresses, and in words. */
export type ProviderChoice = { readonly id: string; readonly name: string };

/** Everything /settings/security shows. */
export type SecurityView = {
  readonly email: string;
  readonly hasPassword: boolean;
  readonly totp: boolean;
  readonly recoveryCodes: number;
  readonly passkeys: readonly PasskeyLine[];
  readonly identities: readonly IdentityLine[];
  readonly sessions: readonly SessionLine[];
  /** Providers that are not joined yet. */
  readonly joinable: readonly ProviderChoice[];
  /** Who one is was shown a short while ago: changes go through without being asked again. */
  readonly fresh: boolean;
};

/** How somebody may show who they are. */
export type ProofWays = {
  readonly password: boolean;
  readonly code: boolean;
  readonly passkey: boolean;
  readonly providers: readonly ProviderChoice[];
};

/** A sign-in that waits for its second step. */
export type OwedView = { readonly name: string; readonly code: boolean; readonly passkey: boolean };
