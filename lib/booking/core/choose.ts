import type { GuestAnswer } from "@/lib/meetings/core/meeting";
import type { BookingInput } from "../schema";
import type { PlaceChoice } from "./booking-page";
import type { Answered } from "./check-answers";
import { checkAnswers } from "./check-answers";
import { extraGuests } from "./draft-meeting";
import type { BookingRefusal, BookingRefused } from "./guest-booking";
import { withChoice } from "./place-choice";
import type { LinkSnapshot } from "./snapshot";

/** A link as a guest chose it, what they answered, and how many they are. */
export type Chosen = {
  /** In the chosen length, with the rooms of the chosen place. */
  readonly link: LinkSnapshot;
  readonly place: PlaceChoice | undefined;
  readonly answered: Extract<Answered, { ok: true }>;
  readonly party: number;
};

type NotChosen = {
  readonly reason: BookingRefusal;
  readonly fields?: NonNullable<BookingRefused["fields"]>;
};

/**
 * What a booking asks of a link, checked against what the link offers and asks itself. Answers that were checked
 * before, when the guest booked another time of it, are taken as they are.
 */
export function chooseFrom(
  stored: LinkSnapshot,
  input: BookingInput,
  kept?: readonly GuestAnswer[],
): Chosen | NotChosen {
  const choice = withChoice(stored, input);
  if (typeof choice === "string") return { reason: choice };
  if ((input.guests?.length ?? 0) > stored.extraGuests) return { reason: "too-many-guests" };
  const answered: Answered =
    kept === undefined
      ? checkAnswers(stored.questions, choice.place, input)
      : { ok: true, answers: kept, placeAnswer: null };
  if (!answered.ok) return { reason: "answers-incomplete", fields: answered.fields };
  return { ...choice, answered, party: 1 + extraGuests(input, stored.extraGuests).length };
}
