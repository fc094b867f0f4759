import type { Instant } from "@/lib/time/instant";
import type { ShownConflict } from "./check-time";
import type { MeetingDraft } from "./meeting-draft";

/** What the editor hears after it asked to save. */
export type SaveAnswer =
  | { readonly status: "saved"; readonly meetingId: string; readonly confirmed: boolean }
  /** What is wrong with which field, by its path. */
  | { readonly status: "invalid"; readonly fields: Readonly<Record<string, string>> }
  | {
      readonly status: "conflict";
      readonly conflicts: readonly ShownConflict[];
      readonly nextStarts: readonly Instant[];
      /** The rest was saved: the meeting's version since. */
      readonly version?: number;
    }
  /** Somebody was faster: the meeting as it is now. */
  | { readonly status: "changed"; readonly version: number; readonly draft: MeetingDraft }
  | { readonly status: "refused"; readonly message: string };
