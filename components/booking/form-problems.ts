import type { Words } from "@/components/guest/words";
import type { BookingPage, BookingQuestion } from "@/lib/booking/core/booking-page";
import type { BookingField, BookingFormState, TypedBooking } from "@/lib/booking/core/form-state";
import { answerId } from "./question-field";

const KNOWN = new Set([
  "required",
  "not-an-address",
  "not-a-phone",
  "not-an-option",
  "too-long",
  "too-many",
  "control-characters",
  "invalid",
  "leave-empty",
  "twice",
]);

/** Something wrong with a field: the id of the field, and what to do about it. */
export type Problem = { readonly id: string; readonly text: string };

export type ProblemContext = {
  readonly values: TypedBooking;
  /** How the host is called. */
  readonly host: string;
  /** How many guests may come along. */
  readonly limit: number;
  readonly page: Pick<BookingPage, "questions" | "places">;
};

/** "mika@example,com": the part after the comma, when a comma stands where the full stop belongs. */
const commaIn = (email: string): string | undefined => /@[^,\s]*,([^,\s]+)$/.exec(email)?.[1];

const plainText = (problem: string, { host, limit }: ProblemContext, words: Words): string =>
  words(`error.${KNOWN.has(problem) ? problem : "invalid"}`, { count: limit, host });

/** What the chosen place misses: a number or an address. */
function placeAnswerText(problem: string, context: ProblemContext, words: Words): string {
  const { places } = context.page;
  const place = places.find(({ id }) => id === context.values.place) ?? places[0];
  const asks = place?.asks ?? null;
  return problem === "required" && asks !== null
    ? words(`error.${asks}-required`, { host: context.host })
    : plainText(problem, context, words);
}

/** What is wrong with a field, in words that say what to do. */
export function problemText(
  field: BookingField,
  problem: string,
  context: ProblemContext,
  words: Words,
): string {
  const { values, host } = context;
  if (field === "start" || field === "zone" || field === "duration" || field === "place") {
    return words(`error.${field}`);
  }
  if (field === "placeAnswer") return placeAnswerText(problem, context, words);
  if (problem === "required" && field === "name") return words("error.name-required", { host });
  if (problem === "required" && field === "email") return words("error.email-required");
  const part = field === "email" ? commaIn(values.email) : undefined;
  if (part !== undefined) return words("error.comma", { part });
  return plainText(problem, context, words);
}

function answerText(
  question: BookingQuestion | undefined,
  problem: string,
  context: ProblemContext,
  words: Words,
): string {
  if (problem !== "required") return plainText(problem, context, words);
  return question?.kind === "checkbox"
    ? words("error.tick-required")
    : words("error.answer-required", { host: context.host });
}

/** Everything the form was refused for, in the order of its fields. */
export function problemsOf(
  state: BookingFormState,
  context: Omit<ProblemContext, "values">,
  words: Words,
): readonly Problem[] {
  if (state.status !== "invalid") return [];
  const known = { ...context, values: state.values };
  const fields = (Object.entries(state.errors) as [BookingField, string][]).map(
    ([field, problem]) => ({ id: field, text: problemText(field, problem, known, words) }),
  );
  const { questions } = context.page;
  const answers = Object.entries(state.answerErrors ?? {})
    .map(([key, problem]) => {
      const question = questions.find((each) => each.key === key);
      const text = answerText(question, problem, known, words);
      return { id: answerId(key), text, place: question ? questions.indexOf(question) : 0 };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ id, text }) => ({ id, text }));
  return [...fields, ...answers];
}
