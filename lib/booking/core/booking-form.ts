import type { BookingField, BookingFormState, TypedBooking } from "./form-state";
import type { BookingRefused } from "./guest-booking";

/** A submitted form: text by field name, lists where a name came more than once. */
type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One field's text; the first where the form sent several. */
export const text = (typed: Typed, name: string): string => {
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

/** What a guest typed, as it was. */
export const typedBooking = (typed: Typed): TypedBooking => ({
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

/** What the command is asked for: what was typed, and where the guest came from. Not yet checked. */
export function inputFrom(typed: Typed, values: TypedBooking): object {
  const { duration, place, placeAnswer, ...said } = values;
  return {
    ...said,
    ...(duration === "" ? {} : { durationMinutes: Number(duration) }),
    ...(place === "" ? {} : { place }),
    ...(placeAnswer === "" ? {} : { placeAnswer }),
    source: withPrefix(typed, "source."),
    locale: text(typed, "locale") || undefined,
  };
}

/** The same for the waiting list. */
export function waitingFrom(typed: Typed, values: { name: string; email: string }): object {
  const duration = text(typed, "duration");
  return {
    ...values,
    zone: text(typed, "zone"),
    locale: text(typed, "locale") || undefined,
    ...(duration === "" ? {} : { durationMinutes: Number(duration) }),
  };
}

/** What is wrong with a form: its own fields, and the answers by question key with the place's among them. */
export function invalidForm({
  fields,
  errors = {},
  values,
}: {
  readonly fields: Readonly<Record<string, string>>;
  readonly errors?: Partial<Record<BookingField, string>>;
  readonly values: TypedBooking;
}): BookingFormState {
  const { placeAnswer, ...answerErrors } = fields;
  return {
    status: "invalid",
    errors: { ...(placeAnswer === undefined ? {} : { placeAnswer }), ...errors },
    answerErrors,
    values,
  };
}

/** Answers that do not fit are said next to their fields; everything else beside the form. */
export const refusedForm = (refused: BookingRefused, values: TypedBooking): BookingFormState =>
  refused.fields === undefined
    ? { status: "refused", refused, values }
    : invalidForm({ fields: refused.fields, values });

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
export function errorsOf(messages: Record<string, string>): Partial<Record<BookingField, string>> {
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
