"use server";

import { revalidatePath } from "next/cache";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Typed } from "@/lib/actions/form-action";
import { fieldMessages, typedIn } from "@/lib/actions/form-action";
import { withAction } from "@/lib/actions/with-action";
import { env } from "@/lib/env";
import { clientAddress } from "@/lib/http/client-address";
import { throttle } from "@/lib/http/throttle";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { restoreMeeting } from "@/lib/meetings/commands/restore-meeting";
import { runtime } from "@/lib/runtime";
import { parseInstant } from "@/lib/time/instant";
import { bookAsGuest } from "./commands/book-as-guest";
import { rescheduleBooking } from "./commands/reschedule-booking";
import type {
  BookingField,
  BookingFormState,
  ManageFormState,
  TypedBooking,
} from "./core/form-state";
import { guestActor } from "./core/guest-actor";
import type { BookingRefusal, BookingRefused } from "./core/guest-booking";
import { BOOKING_LOCATOR, bookingLocator, guestCookie, guestCookieName } from "./core/guest-cookie";
import type { HeldBooking } from "./loaders";
import { findHeldBooking } from "./loaders";
import type { BookingInput } from "./schema";
import { bookingInput, idempotencyKey } from "./schema";

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === "string" ? value : (value?.[0] ?? "");
};

/** Addresses come one to a field, or several in one, separated by commas, semicolons or lines. */
const addresses = (typed: Typed): string[] =>
  [typed.guests ?? []]
    .flat()
    .flatMap((value) => value.split(/[\s,;]+/))
    .filter((value) => value !== "");

/** Fields of one family, such as `answers.company`, by what follows the prefix. */
const withPrefix = (typed: Typed, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.keys(typed)
      .filter((name) => name.startsWith(prefix))
      .slice(0, 50)
      .map((name) => [name.slice(prefix.length), text(typed, name)]),
  );

const typedBooking = (typed: Typed): TypedBooking => ({
  name: text(typed, "name"),
  email: text(typed, "email"),
  guests: addresses(typed),
  subject: text(typed, "subject"),
  note: text(typed, "note"),
  start: text(typed, "start"),
  zone: text(typed, "zone"),
  duration: text(typed, "duration"),
  place: text(typed, "place"),
  placeAnswer: text(typed, "placeAnswer"),
  answers: withPrefix(typed, "answers."),
});

const FIELDS: readonly BookingField[] = [
  "name",
  "email",
  "guests",
  "subject",
  "note",
  "start",
  "zone",
  "duration",
  "place",
  "placeAnswer",
  "website",
];

/** Message keys `errors.<field>.<problem>`; a problem without words of its own is "invalid". */
function errorsOf(messages: Record<string, string>): Partial<Record<BookingField, string>> {
  const errors: Partial<Record<BookingField, string>> = {};
  for (const [path, message] of Object.entries(messages)) {
    const [first] = path.split(".");
    const field = FIELDS.find(
      (name) => name === (first === "durationMinutes" ? "duration" : first),
    );
    if (field === undefined) continue;
    errors[field] ??= /^[a-z]+(-[a-z]+)*$/.test(message) ? message : "invalid";
  }
  return errors;
}

async function rememberBooking(manageToken: string): Promise<string> {
  const locator = bookingLocator(manageToken);
  const kept = guestCookieName(locator, env.APP_URL);
  (await cookies()).set(kept, manageToken, guestCookie(env.APP_URL));
  return locator;
}

type Parsed =
  | { readonly input: BookingInput }
  | { readonly errors: Partial<Record<BookingField, string>> };

function parseBooking(typed: Typed, values: TypedBooking): Parsed {
  const { duration, place, placeAnswer, ...said } = values;
  const parsed = bookingInput.safeParse({
    ...said,
    ...(duration === "" ? {} : { durationMinutes: Number(duration) }),
    ...(place === "" ? {} : { place }),
    ...(placeAnswer === "" ? {} : { placeAnswer }),
    source: withPrefix(typed, "source."),
    locale: text(typed, "locale") || undefined,
  });
  const trapped = text(typed, "website") !== "";
  if (parsed.success && !trapped) return { input: parsed.data };
  const errors = parsed.success ? {} : errorsOf(fieldMessages(parsed.error));
  return { errors: trapped ? { ...errors, website: "leave-empty" } : errors };
}

/** Answers that do not fit are said next to their fields; everything else beside the form. */
function refusedForm(refused: BookingRefused, values: TypedBooking): BookingFormState {
  const { fields } = refused;
  if (fields === undefined) return { status: "refused", refused, values };
  const { placeAnswer, ...answerErrors } = fields;
  return {
    status: "invalid",
    errors: placeAnswer === undefined ? {} : { placeAnswer },
    answerErrors,
    values,
  };
}

/** Books what the form says and leads to the confirmation page. Works without scripts. */
export async function bookAction(
  _previous: BookingFormState,
  form: FormData,
): Promise<BookingFormState> {
  const typed = typedIn(form);
  const values = typedBooking(typed);
  return withAction<BookingFormState>(
    "book",
    async () => {
      const parsed = parseBooking(typed, values);
      if ("errors" in parsed) return { status: "invalid", errors: parsed.errors, values };
      const key = idempotencyKey.safeParse(text(typed, "key"));
      const booked = await bookAsGuest(
        {
          linkToken: text(typed, "link"),
          input: parsed.input,
          address: clientAddress(await headers()),
          ...(key.success ? { idempotencyKey: key.data } : {}),
        },
        { ...runtime(), throttle: throttle() },
      );
      if (!booked.ok) return refusedForm(booked.refusal, values);
      redirect(`/m/${await rememberBooking(booked.value.manageToken)}`);
    },
    (message) => ({ status: "failed", message, values }),
  );
}

/** The booking whose capability this browser keeps under the form's locator. */
async function heldBy(form: FormData): Promise<HeldBooking | undefined> {
  const locator = text(typedIn(form), "locator");
  if (!BOOKING_LOCATOR.test(locator)) return undefined;
  const token = (await cookies()).get(guestCookieName(locator, env.APP_URL))?.value;
  return token === undefined ? undefined : findHeldBooking(runtime().db, token);
}

const refusedFor = (reason: BookingRefusal): ManageFormState => ({
  status: "refused",
  refused: { reason, nextStarts: [] },
});

async function tooOften(held: HeldBooking): Promise<ManageFormState | undefined> {
  const door = await throttle().consume("guest-change", held.meeting.id);
  if (door.ok) return undefined;
  const { retryAfterSeconds } = door;
  return {
    status: "refused",
    refused: { reason: "too-many-requests", nextStarts: [], retryAfterSeconds },
  };
}

const failed = (message: string): ManageFormState => ({ status: "failed", message });

const versionIn = (form: FormData): number | undefined => {
  const version = Number(form.get("version"));
  return Number.isInteger(version) && version > 0 ? version : undefined;
};

function pageChanged(form: FormData): void {
  revalidatePath(`/m/${text(typedIn(form), "locator")}`);
}

/** Moves the guest's booking to the form's `start`. */
export async function rescheduleAction(
  _previous: ManageFormState,
  form: FormData,
): Promise<ManageFormState> {
  return withAction(
    "reschedule-booking",
    async () => {
      const held = await heldBy(form);
      if (held === undefined) return refusedFor("link-absent");
      const start = parseInstant(text(typedIn(form), "start"));
      if (start === undefined) return refusedFor("slot-closed");
      const busy = await tooOften(held);
      if (busy !== undefined) return busy;
      const actor = guestActor(held.meeting, held.attendeeId);
      const asked = { actor, meeting: held.meeting, start, version: versionIn(form) };
      const moved = await rescheduleBooking(asked, runtime());
      if (!moved.ok) return { status: "refused" as const, refused: moved.refusal };
      pageChanged(form);
      return { status: "done" as const, done: "moved" as const };
    },
    failed,
  );
}

/** Cancels the guest's booking; for a few seconds it can be taken back. */
export async function cancelBookingAction(
  _previous: ManageFormState,
  form: FormData,
): Promise<ManageFormState> {
  return withAction(
    "cancel-booking",
    async () => {
      const held = await heldBy(form);
      if (held === undefined) return refusedFor("link-absent");
      const busy = await tooOften(held);
      if (busy !== undefined) return busy;
      const typed = typedIn(form);
      const said = [text(typed, "reason"), text(typed, "note")].filter(
        (part) => part.trim() !== "",
      );
      const cancelled = await cancelMeeting(
        {
          actor: guestActor(held.meeting, held.attendeeId),
          meeting: held.meeting,
          reason: said.length === 0 ? null : said.join(": ").slice(0, 500),
          version: versionIn(form),
          undoable: true,
        },
        runtime(),
      );
      if (!cancelled.ok) {
        const { refusal } = cancelled;
        return refusedFor(refusal === "already-cancelled" ? "not-changeable" : refusal);
      }
      pageChanged(form);
      return { status: "done" as const, done: "cancelled" as const };
    },
    failed,
  );
}

/** Takes the guest's own cancellation back, within a few seconds. */
export async function undoCancelAction(
  _previous: ManageFormState,
  form: FormData,
): Promise<ManageFormState> {
  return withAction(
    "undo-cancel-booking",
    async () => {
      const held = await heldBy(form);
      if (held === undefined) return refusedFor("link-absent");
      const actor = guestActor(held.meeting, held.attendeeId);
      const restored = await restoreMeeting({ actor, meeting: held.meeting }, runtime());
      if (!restored.ok) {
        const { refusal } = restored;
        return refusedFor(refusal === "too-late" ? "not-changeable" : refusal);
      }
      pageChanged(form);
      return { status: "done" as const, done: "restored" as const };
    },
    failed,
  );
}
