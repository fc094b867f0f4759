import fc from "fast-check";
import { expect, test } from "vitest";
import type { TemplateValues } from "./mail-template";
import { fillTemplate, TEMPLATE_VARIABLES, troublesIn } from "./mail-template";

const VALUES = Object.fromEntries(
  TEMPLATE_VARIABLES.map((name) => [name, `<${name}>`]),
) as TemplateValues;

test("every variable is said, with blanks around its name or without", () => {
  for (const name of TEMPLATE_VARIABLES) {
    expect(fillTemplate(`a {{${name}}} b {{ ${name} }}`, VALUES)).toBe(`a <${name}> b <${name}>`);
    expect(troublesIn(`{{${name}}}`)).toEqual([]);
  }
});

test("what a variable brings in is not read again", () => {
  const values = { ...VALUES, topic: "{{host}} and {{nobody}} $& $1" };
  expect(fillTemplate("{{topic}}!", values)).toBe("{{host}} and {{nobody}} $& $1!");
});

test("names nobody knows and braces left open are named, each once", () => {
  expect(troublesIn("{{a}} {{topic}} {{a}} {{b c}}")).toEqual(["{{a}}", "{{b c}}"]);
  expect(troublesIn("{{topic")).toEqual(["{{"]);
  expect(troublesIn("topic}}")).toEqual(["}}"]);
  expect(troublesIn("{{}}")).toEqual(["{{}}"]);
  for (const name of ["constructor", "__proto__", "toString"])
    expect(troublesIn(`{{${name}}}`)).toEqual([`{{${name}}}`]);
  expect(() => fillTemplate("{{constructor}}", VALUES)).toThrow(RangeError);
});

test("whatever somebody types either names its trouble or can be said", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom("{{", "}}", "{", "}", "{{topic}}", "{{ when }}", "{{x}}", "$&"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join("");
      if (troublesIn(text).length > 0) return;
      const said = fillTemplate(text, VALUES);
      expect(said).not.toMatch(/\{\{\s*(?:topic|when)\s*\}\}/);
    }),
  );
});
