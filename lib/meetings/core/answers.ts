import type { Instant } from "@/lib/time/instant";

/** What a form about a meeting answers. */
export type ActionAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string }
  | {
      readonly status: "refused";
      readonly reason: string;
      readonly message: string;
      readonly nextStarts?: readonly Instant[];
    };

/** The words for each refusal of a meeting command, in one place for pages and the interface of machines. */
export const REFUSALS: Readonly<Record<string, string>> = {
  "slot-taken": "This time was taken a moment ago. Ask the guest to choose another one.",
  "changed-meanwhile": "Somebody changed this meeting a moment ago. Look at it as it is now.",
  "already-confirmed": "This meeting is confirmed already.",
  "already-cancelled": "This meeting is cancelled already.",
  "slot-passed": "This time has passed.",
  "not-pending": "This meeting does not wait for an answer.",
  "not-changeable": "This meeting can no longer be changed.",
  "not-cancelled": "Only a cancelled meeting of the house becomes a draft again.",
  "not-confirmed": "Only a confirmed meeting can be closed.",
  "not-begun": "This meeting has not begun yet.",
  "too-late": "It is too late to take this back.",
  "no-such-mail": "There is no such mail.",
  "still-waiting": "This mail is still waiting to be sent.",
  conflict: "Somebody or something is taken at that time.",
  "not-invited": "You are not among those invited.",
  "not-asked": "This meeting does not ask for an answer now.",
  "meeting-over": "This meeting is over.",
  "older-answer": "A later answer of yours is known already.",
  "same-time": "This is when the meeting is now.",
  "bad-length": "A meeting lasts between 5 minutes and 24 hours.",
  "no-such-proposal": "There is no such proposal.",
  "already-answered": "Somebody answered this proposal already.",
  "nothing-to-retry": "Nothing failed that could be tried again.",
  absent: "There is nothing here any more.",
};

export const refusedWith = (reason: string): ActionAnswer => ({
  status: "refused",
  reason,
  message: REFUSALS[reason] ?? "This could not be done.",
});
