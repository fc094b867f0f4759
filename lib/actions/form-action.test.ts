import { expect, test } from "vitest";
import { z } from "zod";
import { fieldMessages, typedIn } from "./form-action";

const formOf = (...pairs: readonly (readonly [string, string | Blob])[]): FormData => {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
};

test("a form's texts are kept as typed, several of one name as a list", () => {
  expect(
    typedIn(formOf(["name", " Ada "], ["guests", "a"], ["guests", "b"], ["guests", "c"])),
  ).toEqual({
    name: " Ada ",
    guests: ["a", "b", "c"],
  });
});

test("files, the framework's own fields, prototype keys and U+0000 do not get in", () => {
  const typed = typedIn(
    formOf(
      ["$ACTION_ID_x", "1"],
      ["file", new Blob(["x"])],
      ["__proto__", "x"],
      ["constructor", "x"],
      ["note", "a\0b"],
    ),
  );
  expect(typed).toEqual({ note: "ab" });
  expect(Object.getPrototypeOf(typed)).toBe(Object.prototype);
});

test("a form of ten thousand fields is read up to a bound", () => {
  const pairs = Array.from({ length: 10_000 }, (_, at) => [`f${at}`, "x"] as const);
  expect(Object.keys(typedIn(formOf(...pairs)))).toHaveLength(200);
});

test("each field has its first message, and what belongs to none has one for the form", () => {
  const shape = z
    .object({ name: z.string().min(2, "too short").regex(/^A/, "wrong letter") })
    .refine(() => false, "does not fit");
  const parsed = shape.safeParse({ name: "b" });
  expect(fieldMessages(parsed.error ?? new z.ZodError([]))).toMatchObject({ name: "too short" });
  const whole = shape.safeParse({ name: "Ada" });
  expect(fieldMessages(whole.error ?? new z.ZodError([]))).toEqual({ form: "does not fit" });
});

test("a field called like a method of every object is a field like others", () => {
  const typed = typedIn(formOf(["toString", "a"], ["valueOf", "b"], ["valueOf", "c"]));
  expect(Object.entries(typed)).toEqual([
    ["toString", "a"],
    ["valueOf", ["b", "c"]],
  ]);
  const { error } = z.object({ toString: z.string() }).safeParse({ toString: 1 });
  if (error) expect(typeof fieldMessages(error).toString).toBe("string");
});
