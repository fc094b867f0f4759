import { expect, test } from "vitest";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { BookingFormState, TypedBooking } from "@/lib/booking/core/form-state";
import { translatorFor } from "@/lib/i18n/catalogue";
import { LOCALES } from "@/lib/i18n/locale";
import { problemsOf } from "./form-problems";

const question = { help: null, required: true, options: [] };
const page: Pick<BookingPage, "questions" | "places"> = {
  questions: [
    { ...question, key: "company", kind: "text", label: "Company" },
    { ...question, key: "mobile", kind: "phone", label: "Mobile" },
    { ...question, key: "terms", kind: "checkbox", label: "Terms" },
  ],
  places: [
    { id: "zoom", kind: "virtual", label: "Zoom", detail: null, asks: null },
    { id: "call", kind: "phone", label: "Phone", detail: null, asks: "phone" },
  ],
};

const typed = (given: Partial<TypedBooking> = {}): TypedBooking => ({
  name: "",
  email: "",
  guests: [],
  subject: "",
  note: "",
  start: "",
  zone: "",
  duration: "",
  place: "",
  placeAnswer: "",
  answers: {},
  ...given,
});

const told = (
  state: Partial<Extract<BookingFormState, { status: "invalid" }>>,
  locale: (typeof LOCALES)[number] = "en",
) =>
  problemsOf(
    { status: "invalid", errors: {}, values: typed(), ...state },
    { host: "Ana", limit: 3, page },
    translatorFor(locale, "guest"),
  );

test("what is wrong is told in the order of the form, each with the id of its field", () => {
  const problems = told({
    errors: { email: "required" },
    answerErrors: { terms: "required", company: "required", mobile: "not-a-phone" },
  });
  expect(problems.map(({ id }) => id)).toEqual([
    "email",
    "answer-company",
    "answer-mobile",
    "answer-terms",
  ]);
  expect(problems.map(({ text }) => text.split(".")[0])).toEqual([
    "The invitation is sent here, so we need an address",
    "Ana asks for an answer here",
    "This does not look like a phone number",
    "Please tick this box to go on",
  ]);
});

test("a place that asks for a number says so", () => {
  const problems = told({
    errors: { placeAnswer: "required" },
    values: typed({ place: "call" }),
  });
  expect(problems).toEqual([{ id: "placeAnswer", text: "Ana needs a number to call you." }]);
});

test("a length or place that is not offered, and a problem without words of its own, are told too", () => {
  const problems = told({
    errors: { duration: "invalid", place: "not-a-place", note: "odd-thing" },
  });
  expect(problems.map(({ text }) => text)).toEqual([
    "This length is not offered. Please choose another.",
    "This place is not offered. Please choose another.",
    "This cannot be used. Please check it.",
  ]);
});

test("every problem has words in every language", () => {
  const errors = { name: "required", email: "not-an-address", guests: "too-many", zone: "x" };
  for (const locale of LOCALES) {
    const problems = told({ errors, answerErrors: { company: "too-long" } }, locale);
    expect(problems).toHaveLength(5);
    for (const { text } of problems) expect(text).not.toMatch(/[{}]/);
  }
});
