import type { BookingQuestion, PlaceChoice } from "./booking-page";
import type { AnswerProblem } from "./guest-booking";

/** One answer as it is kept: with its question as it was asked, because questions change. */
export type KeptAnswer = {
  readonly key: string;
  readonly kind: BookingQuestion["kind"];
  readonly label: string;
  readonly value: string;
};

export type Answered =
  | {
      readonly ok: true;
      readonly answers: readonly KeptAnswer[];
      /** What the place asked for; null when it asks for nothing. */
      readonly placeAnswer: string | null;
    }
  | { readonly ok: false; readonly fields: Readonly<Record<string, AnswerProblem>> };

const LONGEST: Readonly<Record<BookingQuestion["kind"], number>> = {
  text: 300,
  long_text: 2_000,
  select: 300,
  phone: 40,
  checkbox: 10,
};

const TICKED = new Set(["true", "on", "yes", "1"]);

/** Turns text around or begins a new header: never part of an answer. Lines are, where an answer may be long. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const CONTROL_BUT_LINES = /[\p{Cc}--[\n\r\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/v;

/** A digit of any script as the one on a telephone: U+0660 is 0. Each script's ten stand together, in order. */
const asciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0) ?? 0;
    const value = zero;
    while (value - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((value - zero) % 10);
  });

const isPhone = (text: string): boolean =>
  /^\+?[0-9 ()./-]+$/.test(text) && /^(?:\D*\d){5,18}\D*$/.test(text);

type Checked = { readonly value: string } | { readonly problem: AnswerProblem } | undefined;

/** One answer, or undefined when a question that may be left open was. */
function check(
  question: Pick<BookingQuestion, "kind" | "required" | "options">,
  given: string | undefined,
): Checked {
  const { kind, required, options } = question;
  const text = (given ?? "").replaceAll("\r\n", "\n").normalize("NFC").trim();
  const ticked = TICKED.has(text.toLowerCase()) ? "yes" : "";
  const value = kind === "checkbox" ? ticked : text;
  if (value === "") return required ? { problem: "required" } : undefined;
  if (value.length > LONGEST[kind]) return { problem: "too-long" };
  const forbidden = kind === "long_text" ? CONTROL_BUT_LINES : CONTROL;
  if (forbidden.test(value)) return { problem: "control-characters" };
  if (kind === "select" && !options.includes(value)) return { problem: "not-an-option" };
  if (kind !== "phone") return { value };
  const number = asciiDigits(value);
  return isPhone(number) ? { value: number } : { problem: "not-a-phone" };
}

/** The place's own question, as if it were one of the list. */
const placeQuestion = (asks: NonNullable<PlaceChoice["asks"]>) =>
  ({ kind: asks === "phone" ? "phone" : "text", required: true, options: [] }) as const;

/**
 * What a guest answered, checked against what this link asks. Keys nobody asked for are left out: a question may
 * have been removed while its form stood open. Problems are named by question key, or `placeAnswer`.
 */
export function checkAnswers(
  questions: readonly BookingQuestion[],
  place: Pick<PlaceChoice, "asks"> | undefined,
  given: {
    readonly answers?: Readonly<Record<string, string>> | undefined;
    readonly placeAnswer?: string | undefined;
  },
): Answered {
  const fields: Record<string, AnswerProblem> = {};
  const answers: KeptAnswer[] = [];
  const said = new Map(Object.entries(given.answers ?? {}));
  for (const question of questions) {
    const { key, kind, label } = question;
    const checked = check(question, said.get(key));
    if (checked === undefined) continue;
    if ("problem" in checked) fields[key] = checked.problem;
    else answers.push({ key, kind, label, value: checked.value });
  }
  const asks = place?.asks ?? null;
  const where = asks === null ? undefined : check(placeQuestion(asks), given.placeAnswer);
  if (where !== undefined && "problem" in where) fields.placeAnswer = where.problem;
  if (Object.keys(fields).length > 0) return { ok: false, fields };
  return {
    ok: true,
    answers,
    placeAnswer: where !== undefined && "value" in where ? where.value : null,
  };
}
