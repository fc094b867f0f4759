import type { Instant } from "@/lib/time/instant";
import type { ShownConflict } from "./check-time";
import type { DateClash, SeriesPreview } from "./series-answer";

/** A date that clashes, as a screen shows it: which resource it is stays here. */
export type ShownClash = Omit<DateClash, "conflicts"> & {
  readonly conflicts: readonly ShownConflict[];
};

export const shownClashes = (dates: readonly DateClash[]): ShownClash[] =>
  dates.map(({ conflicts, ...date }) => ({
    ...date,
    conflicts: conflicts.map(({ resourceId: _, ...conflict }) => conflict),
  }));

/** What the form hears when it asks how a series would come out. */
export type PreviewAnswer =
  | {
      readonly status: "preview";
      readonly dates: SeriesPreview["dates"];
      readonly clashes: readonly ShownClash[];
      readonly skipped: readonly Instant[];
    }
  | { readonly status: "refused"; readonly message: string };

/** What somebody hears who asked for a change of several dates. */
export type SeriesAnswer =
  | { readonly status: "saved"; readonly meetingId: string; readonly confirmed: boolean }
  | { readonly status: "invalid"; readonly fields: Readonly<Record<string, string>> }
  | { readonly status: "dates"; readonly clashes: readonly ShownClash[] }
  | { readonly status: "refused"; readonly message: string };
