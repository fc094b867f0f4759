import type { MeetingId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import type { ShownConflict } from "./check-time";

/** What the calendar hears of a meeting that was moved, taken back or made. */
export type MoveAnswer =
  | {
      readonly status: "done";
      readonly meetingId: MeetingId;
      readonly version: number;
      /** How many people will be told, unless it is taken back. */
      readonly told: number;
    }
  | {
      readonly status: "refused";
      readonly message: string;
      readonly conflicts: readonly ShownConflict[];
      /** Times at which nothing is in the way. */
      readonly nextStarts: readonly Instant[];
    };
