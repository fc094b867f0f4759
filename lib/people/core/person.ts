import type { Group } from "@/lib/access/actor";
import type { Instant } from "@/lib/time/instant";

/** How far an account is: `invited` was not accepted yet, `deactivated` cannot sign in. */
export const personStates = ["active", "invited", "deactivated"] as const;
export type PersonState = (typeof personStates)[number];

/** One line of the list of people. */
export type PersonRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly title: string | null;
  readonly photoId: string | null;
  readonly state: PersonState;
  readonly groups: readonly Group[];
  readonly seenAt: Instant | null;
  /** An authenticator app or a passkey: signing in asks for more than a password. */
  readonly twoFactor: boolean;
};

/** What the list is asked for; all of it stands in the address. */
export type PeopleAsked = {
  readonly q: string;
  readonly group: Group | undefined;
  readonly state: PersonState | undefined;
  /** The last person of the page before. */
  readonly after: string | undefined;
};

export type PeoplePage = {
  readonly rows: readonly PersonRow[];
  /** After whom the next page begins; undefined on the last one. */
  readonly next: string | undefined;
  /** How many there are in all of this search, whatever the state. */
  readonly counts: Readonly<Record<PersonState, number>>;
};

export type PersonSession = {
  readonly id: string;
  readonly userAgent: string | null;
  readonly address: string | null;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  /** The one the reader of the screen is using. */
  readonly own: boolean;
};

/** A booking link that a person holds: as its owner, as one of its hosts, or both. */
export type HeldLink = { readonly id: string; readonly name: string; readonly path: string };

export type HeldMeeting = {
  readonly id: string;
  readonly subject: string;
  readonly start: Instant;
};

/** An open lead or deal of theirs. */
export type HeldDeal = { readonly id: string; readonly label: string; readonly name: string };

/** What somebody else has to take over before a person can be removed. Lists are bounded; counts are whole. */
export type Held = {
  readonly links: readonly HeldLink[];
  readonly linkCount: number;
  readonly meetings: readonly HeldMeeting[];
  readonly meetingCount: number;
  readonly deals: readonly HeldDeal[];
  readonly dealCount: number;
};

export const holdsNothing = ({ linkCount, meetingCount, dealCount }: Held): boolean =>
  linkCount === 0 && meetingCount === 0 && dealCount === 0;

/** One person as an admin sees them. */
export type PersonDetail = PersonRow & {
  readonly zone: string;
  readonly createdAt: Instant;
  readonly invitedAt: Instant | null;
  /** When the open invitation ends; null when there is none. */
  readonly invitedUntil: Instant | null;
  readonly hasPassword: boolean;
  readonly totp: boolean;
  readonly passkeys: number;
  readonly identities: number;
  readonly apiKeys: number;
  readonly sessions: readonly PersonSession[];
  readonly held: Held;
  /** Nobody could let anybody in without them. */
  readonly lastAdmin: boolean;
};
