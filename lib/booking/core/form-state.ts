import type { BookingRefused, GuestBooking } from "./guest-booking";

export type BookingField =
  | "name"
  | "email"
  | "guests"
  | "subject"
  | "note"
  | "start"
  | "zone"
  | "duration"
  | "place"
  | "placeAnswer"
  | "website";

/** What a guest had typed, to be shown again as it was. */
export type TypedBooking = {
  readonly name: string;
  readonly email: string;
  readonly guests: readonly string[];
  readonly subject: string;
  readonly note: string;
  readonly start: string;
  readonly zone: string;
  readonly duration: string;
  readonly place: string;
  readonly placeAnswer: string;
  /** By question key. */
  readonly answers: Readonly<Record<string, string>>;
};

/** What the booking form answers when it does not lead on. Errors are message keys of the guest catalogue. */
export type BookingFormState =
  | { readonly status: "idle" }
  | {
      readonly status: "invalid";
      readonly errors: Partial<Record<BookingField, string>>;
      /** Problems of answers, by question key. */
      readonly answerErrors?: Readonly<Record<string, string>>;
      readonly values: TypedBooking;
    }
  | {
      readonly status: "refused";
      readonly refused: BookingRefused;
      readonly values: TypedBooking;
    }
  | { readonly status: "failed"; readonly message: string; readonly values: TypedBooking };

/** What the booking form answers within another site: it cannot lead on to a page that needs a cookie. */
export type FramedFormState =
  | BookingFormState
  | {
      readonly status: "booked";
      readonly booking: GuestBooking;
      /** The address in the guest's mail, capability included: shown to the guest alone. */
      readonly privateLink: string;
    };

/** What the forms of a guest's own booking answer. */
export type ManageFormState =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly done: "moved" | "cancelled" | "restored" }
  | { readonly status: "refused"; readonly refused: BookingRefused }
  | { readonly status: "failed"; readonly message: string };

/** What the waiting-list form answers. Errors are message keys of the guest catalogue. */
export type WaitingFormState =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly linkName: string }
  | {
      readonly status: "invalid";
      readonly errors: Partial<Record<"name" | "email" | "zone" | "website", string>>;
      readonly values: { readonly name: string; readonly email: string };
    }
  | {
      readonly status: "refused";
      readonly reason: "link-absent" | "no-waiting-list" | "no-such-duration" | "too-many-requests";
      readonly retryAfterSeconds?: number;
      readonly values: { readonly name: string; readonly email: string };
    }
  | {
      readonly status: "failed";
      readonly message: string;
      readonly values: { readonly name: string; readonly email: string };
    };
