import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BookingQuestion } from "./booking-page";
import { checkAnswers } from "./check-answers";

const question = (given: Partial<BookingQuestion>): BookingQuestion => ({
  key: "q",
  kind: "text",
  label: "What is it about?",
  help: null,
  required: false,
  options: [],
  ...given,
});

const problemOf = (
  given: Partial<BookingQuestion>,
  said: string | undefined,
): string | undefined => {
  const checked = checkAnswers([question(given)], undefined, {
    answers: said === undefined ? {} : { q: said },
  });
  return checked.ok ? undefined : checked.fields.q;
};

describe("what a guest answers", () => {
  test("a question that must be answered is, and one that need not be may be left open", () => {
    expect(problemOf({ required: true }, undefined)).toBe("required");
    expect(problemOf({ required: true }, "  \n ")).toBe("required");
    expect(problemOf({ required: true, kind: "checkbox" }, "no")).toBe("required");
    expect(problemOf({ required: false }, undefined)).toBeUndefined();
  });

  test("a choice is one of the options, a line has no lines, a long text may", () => {
    expect(problemOf({ kind: "select", options: ["A", "B"] }, "C")).toBe("not-an-option");
    expect(problemOf({ kind: "select", options: ["A", "B"] }, "B")).toBeUndefined();
    expect(problemOf({}, "a\nb")).toBe("control-characters");
    expect(problemOf({ kind: "long_text" }, "a\nb")).toBeUndefined();
    expect(problemOf({ kind: "long_text" }, "a\u202eb")).toBe("control-characters");
    expect(problemOf({}, "x".repeat(301))).toBe("too-long");
  });

  test.each([
    ["+65 6123 4567", "+65 6123 4567"],
    ["(030) 123-45.67", "(030) 123-45.67"],
    ["٠١٢٣٤٥٦٧٨٩", "0123456789"],
    ["０９０-１２３４-５６７８", "090-1234-5678"],
  ])("a telephone number is one in any script: %s", (said, kept) => {
    const checked = checkAnswers([question({ kind: "phone" })], undefined, {
      answers: { q: said },
    });
    expect(checked).toEqual({
      ok: true,
      placeAnswer: null,
      answers: [{ key: "q", kind: "phone", label: "What is it about?", value: kept }],
    });
  });

  test.each(["1234", "call me", "+65 6123 4567 ext 9", "+", "1".repeat(41)])(
    "and this is none: %s",
    (said) => {
      expect(["not-a-phone", "too-long"]).toContain(problemOf({ kind: "phone" }, said));
    },
  );

  test("a place that asks is answered, whatever the questions are", () => {
    expect(checkAnswers([], { asks: "phone" }, {})).toEqual({
      ok: false,
      fields: { placeAnswer: "required" },
    });
    expect(checkAnswers([], { asks: "address" }, { placeAnswer: "1 Raffles Place" })).toEqual({
      ok: true,
      answers: [],
      placeAnswer: "1 Raffles Place",
    });
    expect(checkAnswers([], { asks: null }, { placeAnswer: "ignored" })).toMatchObject({
      placeAnswer: null,
    });
  });

  test("whatever is typed under whatever key, what is kept was asked for and fits", () => {
    const questions = [
      question({ key: "a" }),
      question({ key: "b", kind: "select", options: ["yes", "no"] }),
      question({ key: "c", kind: "phone" }),
    ];
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(fc.constantFrom("a", "b", "c", "__proto__", "toString"), fc.string()),
          fc.string(),
        ),
        (answers) => {
          const checked = checkAnswers(questions, undefined, { answers });
          if (!checked.ok) return;
          for (const { key, value } of checked.answers) {
            expect(["a", "b", "c"]).toContain(key);
            expect(value.length).toBeLessThanOrEqual(300);
          }
        },
      ),
    );
  });
});
