import type { BookedMeeting, Schedule } from "./schedule";

/** What every form about somebody's hours answers. */
export type HoursAnswer =
  | { readonly status: "idle" }
  | {
      readonly status: "done";
      /** The schedule or absence that was made. */
      readonly id?: string;
      /** The version of the schedule now. */
      readonly version?: number;
      /** Booked meetings the change leaves outside the hours, or within the absence. */
      readonly meetings?: readonly BookedMeeting[];
    }
  | {
      readonly status: "invalid";
      /** What is wrong, by the path of its field: `weekly.1`, `overrides.2.ranges`, `to`. */
      readonly fields: Readonly<Record<string, string>>;
    }
  | {
      readonly status: "refused";
      readonly reason: string;
      readonly message: string;
      /** The schedule as it is now, where somebody was faster. */
      readonly current?: Schedule;
      /** The links that stand in the way. */
      readonly links?: readonly string[];
    };

/** The words for each refusal, in one place. */
export const REFUSALS: Readonly<Record<string, string>> = {
  "changed-meanwhile": "Somebody changed this a moment ago. Look at it as it is now.",
  "in-use": "Booking links still use this schedule. Give them another one first.",
  "is-default": "This is the default schedule. Make another one the default first.",
  "too-many": "There are too many of these already. Remove some first.",
  "no-such-link": "Guests cannot be sent to this link. Choose another one.",
};

export const refusedWith = (reason: string): Extract<HoursAnswer, { status: "refused" }> => ({
  status: "refused",
  reason,
  message: REFUSALS[reason] ?? "This could not be done.",
});
