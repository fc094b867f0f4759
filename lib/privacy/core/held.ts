import type { Instant } from "@/lib/time/instant";

/** One meeting somebody took part in as a guest. */
export type HeldMeeting = {
  readonly id: string;
  readonly subject: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly state: string;
  readonly role: "guest" | "extra_guest";
  /** Still to come: it stands between the guest and an erasure, or they leave it. */
  readonly upcoming: "own" | "shared" | undefined;
};

/** What is held about one address, as the page shows it. */
export type Held = {
  readonly email: string;
  readonly names: readonly string[];
  /** At most 200, the latest first. */
  readonly meetings: readonly HeldMeeting[];
  readonly counts: HeldCounts;
  /** Somebody of this workspace signs in with the address: their account is not a guest's, and stays. */
  readonly isColleague: boolean;
  /** When this address was erased before, if it was. */
  readonly erasedBefore: Instant | undefined;
};

export type HeldCounts = {
  readonly meetings: number;
  readonly upcoming: number;
  readonly answers: number;
  readonly mails: number;
  readonly waiting: number;
  /** Contacts, leads and deals that are about them. */
  readonly sales: number;
  /** Answers kept for a repeated request. */
  readonly requests: number;
  /** Entries of the audit log about those meetings; they hold no address and no name of a guest. */
  readonly audit: number;
};

export const isNothing = ({ counts }: Held): boolean =>
  counts.meetings + counts.mails + counts.waiting + counts.sales === 0;
