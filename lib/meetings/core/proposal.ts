import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** Another time somebody would like better, as the meeting's page shows it. */
export type ProposalView = {
  readonly id: string;
  readonly attendeeId: string;
  readonly name: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly note: string | null;
  readonly at: Instant;
};

export const proposalShown = ({ id, name, start, end, note, at }: ProposalView) => ({
  id,
  name,
  start: toIso(start),
  end: toIso(end),
  note,
  at: toIso(at),
});

export type ProposeRefusal =
  /** Not among those invited, or its host, who moves it instead. */
  | "not-invited"
  /** The meeting is over, or was called off. */
  | "not-asked"
  | "slot-passed"
  | "same-time"
  | "bad-length";

export type AnswerProposalRefusal =
  | "no-such-proposal"
  /** Somebody answered it already, or its sender took it back. */
  | "already-answered";
