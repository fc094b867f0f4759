import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { BookingPage } from "./booking-page";
import type { BookingFormState } from "./form-state";

const OFFERED_INSTEAD = 3;

/** Up to three free starts, those nearest the wanted one first; without a wish the first ones. */
export function nearestStarts(
  starts: readonly Instant[],
  wanted: Instant | undefined,
): readonly Instant[] {
  const from = wanted ?? starts[0] ?? 0;
  return [...starts]
    .sort((a, b) => Math.abs(a - from) - Math.abs(b - from) || a - b)
    .slice(0, OFFERED_INSTEAD)
    .sort((a, b) => a - b);
}

/**
 * What the form says before anything is sent: nothing when the start is free, otherwise what is free instead. A guest
 * who took long to choose learns it before typing, not after.
 */
export function arrivalState(
  page: Pick<BookingPage, "starts" | "asOf">,
  start: Instant | undefined,
): BookingFormState {
  if (start !== undefined && page.starts.includes(start)) return { status: "idle" };
  return {
    status: "refused",
    refused: {
      reason: start !== undefined && start <= page.asOf ? "slot-passed" : "slot-taken",
      nextStarts: nearestStarts(page.starts, start),
    },
    values: {
      name: "",
      email: "",
      guests: [],
      subject: "",
      note: "",
      start: start === undefined ? "" : toIso(start),
      zone: "",
      duration: "",
      place: "",
      placeAnswer: "",
      answers: {},
    },
  };
}
