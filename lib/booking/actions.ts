"use server";

import { revalidatePath } from "next/cache";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Typed } from "@/lib/actions/form-action";
import { fieldMessages, formAction, typedIn } from "@/lib/actions/form-action";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { previewInput } from "@/lib/availability/schema";
import { hashToken } from "@/lib/crypto/token";
import { env } from "@/lib/env";
import { clientAddress } from "@/lib/http/client-address";
import { throttle } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";
import { parseInstant } from "@/lib/time/instant";
import { bookAsGuest } from "./commands/book-as-guest";
import { cancelBooking } from "./commands/cancel-booking";
import { joinWaitingList } from "./commands/join-waiting-list";
import { moveBooking } from "./commands/move-booking";
import { previewHours } from "./commands/preview-hours";
import { restoreBooking } from "./commands/restore-booking";
import {
  errorsOf,
  inputFrom,
  invalidForm,
  refusedForm,
  text,
  typedBooking,
  waitingFrom,
} from "./core/booking-form";
import type { HoursPreviewAnswer } from "./core/draft-hours";
import type {
  BookingField,
  BookingFormState,
  FramedFormState,
  ManageFormState,
  TypedBooking,
  WaitingFormState,
} from "./core/form-state";
import type { BookingRefusal } from "./core/guest-booking";
import { BOOKING_LOCATOR, bookingLocator, guestCookie, guestCookieName } from "./core/guest-cookie";
import type { HeldBooking } from "./loaders";
import { appAddress, findHeldBooking, loadAnswerProblems, loadGuestBooking } from "./loaders";
import type { BookingInput } from "./schema";
import { bookingInput, idempotencyKey, manageTokenShape, waitingInput } from "./schema";
import { endWaiting } from "./writes";

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
  const parsed = bookingInput.safeParse(inputFrom(typed, values));
  const trapped = text(typed, "website") !== "";
  if (parsed.success && !trapped) return { input: parsed.data };
  const errors = parsed.success ? {} : errorsOf(fieldMessages(parsed.error));
  return { errors: trapped ? { ...errors, website: "leave-empty" } : errors };
}

/** Books what the form says. `then` answers for the guest's capability. */
async function book<State>(form: FormData, then: (manageToken: string) => Promise<State>) {
  const typed = typedIn(form);
  const values = typedBooking(typed);
  return withAction<BookingFormState | State>(
    "book",
    async () => {
      const parsed = parseBooking(typed, values);
      if ("errors" in parsed) {
        // Everything that is wrong is said at once, also what only the link knows.
        const fields = await loadAnswerProblems(text(typed, "link"), values);
        return invalidForm({ fields, errors: parsed.errors, values });
      }
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
      return then(booked.value.manageToken);
    },
    (message) => ({ status: "failed", message, values }),
  );
}

/** Books what the form says and leads to the confirmation page. Works without scripts. */
export async function bookAction(
  _previous: BookingFormState,
  form: FormData,
): Promise<BookingFormState> {
  return book(
    form,
    async (token): Promise<never> => redirect(`/m/${await rememberBooking(token)}`),
  );
}

/** Books what the form says, on another site, where this browser keeps no cookie of ours: the answer is all there is. */
export async function bookInFrameAction(form: FormData): Promise<FramedFormState> {
  return book(form, async (token) => {
    const booking = await loadGuestBooking(token);
    if (booking === undefined) throw new Error("what was booked a moment ago is not there");
    return { status: "booked" as const, booking, privateLink: `${appAddress()}/m/${token}` };
  });
}

/** The booking whose capability this browser keeps under the form's locator. */
async function heldBy(form: FormData): Promise<HeldBooking | undefined> {
  const locator = text(typedIn(form), "locator");
  if (!BOOKING_LOCATOR.test(locator)) return undefined;
  const token = (await cookies()).get(guestCookieName(locator, env.APP_URL))?.value;
  return token === undefined ? undefined : findHeldBooking(runtime().db, token);
}

const refusedFor = (reason: BookingRefusal, wait?: number): ManageFormState => ({
  status: "refused",
  refused: { reason, nextStarts: [], ...(wait && { retryAfterSeconds: wait }) },
});

async function tooOften(held: HeldBooking): Promise<ManageFormState | undefined> {
  const door = await throttle().consume("guest-change", held.meeting.id);
  return door.ok ? undefined : refusedFor("too-many-requests", door.retryAfterSeconds);
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
      const asked = { ...held, start, version: versionIn(form) };
      const moved = await moveBooking(asked, runtime());
      if (!moved.ok) return { status: "refused" as const, refused: moved.refusal };
      // Another meeting, another capability: the page of this one would only say that the guest left.
      const { manageToken } = moved.value;
      if (manageToken !== undefined) redirect(`/m/${await rememberBooking(manageToken)}`);
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
      const cancelled = await cancelBooking(
        {
          ...held,
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
      const restored = await restoreBooking(held, runtime());
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

const preview = formAction(
  previewInput,
  {
    name: "preview-hours",
    invalid: (fields): HoursPreviewAnswer => ({ status: "invalid", fields }),
    refused: (message): HoursPreviewAnswer => ({ status: "refused", message }),
  },
  async ({ draft, ...asked }) =>
    previewHours({ actor: await getMember(), hours: draft, ...asked }, runtime()),
);

/** What guests would be offered if the form's `draft` (JSON) were the hours of its `scheduleId`. Changes nothing. */
export async function previewHoursAction(
  previous: HoursPreviewAnswer,
  form: FormData,
): Promise<HoursPreviewAnswer> {
  return preview(previous, form);
}

/** Puts the guest of the form on the waiting list of its `link`. Works without scripts. */
export async function joinWaitingListAction(
  _previous: WaitingFormState,
  form: FormData,
): Promise<WaitingFormState> {
  const typed = typedIn(form);
  const values = { name: text(typed, "name"), email: text(typed, "email") };
  return withAction<WaitingFormState>(
    "join-waiting-list",
    async () => {
      const parsed = waitingInput.safeParse(waitingFrom(typed, values));
      if (!parsed.success || text(typed, "website") !== "") {
        const errors = parsed.success
          ? { website: "leave-empty" }
          : errorsOf(fieldMessages(parsed.error));
        return { status: "invalid", errors, values };
      }
      const joined = await joinWaitingList(
        {
          linkToken: text(typed, "link"),
          input: parsed.data,
          address: clientAddress(await headers()),
        },
        { ...runtime(), throttle: throttle() },
      );
      return joined.ok
        ? { status: "done", linkName: joined.value.linkName }
        : { status: "refused", ...joined.refusal, values };
    },
    (message) => ({ status: "failed", message, values }),
  );
}

/** Takes the holder of the form's `token` off the waiting list, and shows that page again. */
export async function leaveWaitingListAction(form: FormData): Promise<void> {
  const token = text(typedIn(form), "token");
  await withAction(
    "leave-waiting-list",
    async () => {
      if (!manageTokenShape.safeParse(token).success) return;
      const { db, now } = runtime();
      await endWaiting(db, { tokenHash: hashToken(token) }, now());
      revalidatePath(`/waiting/${token}`);
    },
    () => undefined,
  );
}
