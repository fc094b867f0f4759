import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksFromSummary, blocksFromText, blocksOf, findNamed, htmlOf, textOf } from "./minutes";

const line = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
  .map((text) => text.replace(/\s+/gu, " ").trim())
  .filter((text) => text !== "" && !/^(?:#{1,6}|[-*•])(?:\s|$)/u.test(text));
const block = fc.record({
  kind: fc.constantFrom("heading" as const, "paragraph" as const, "item" as const),
  text: line,
});

test("whatever minutes say, they are read back as they were written, and as somebody would type them", () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
      expect(blocksOf(htmlOf(blocks))).toEqual(blocks);
      expect(blocksFromText(textOf(blocks))).toEqual(blocks);
    }),
  );
});

test("nothing somebody types becomes a tag", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const html = htmlOf(blocksFromText(text));
      expect(html.replace(/<\/?(?:h3|p|ul|li)>|<br>/g, "")).not.toMatch(/[<>]/);
    }),
  );
  expect(htmlOf(blocksFromText('<img src=x onerror="alert(1)">'))).toBe(
    "<p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</p>",
  );
});

test("a summary becomes paragraphs, headings and points, and empty parts are left out", () => {
  const blocks = blocksFromSummary(
    {
      title: "Roadmap",
      overview: "We agreed on two things.",
      details: [
        { label: "Budget", summary: "It stays." },
        { label: "", summary: "" },
      ],
      nextSteps: ["Ana sends the plan"],
    },
    (text) => text,
  );
  expect(textOf(blocks)).toBe(
    "We agreed on two things.\n\n# Budget\n\nIt stays.\n\n# Next steps\n\n- Ana sends the plan",
  );
});

test("a step is whose name it says, when it can be nobody else's", () => {
  const ana = { userId: "ana", name: "Ana Lim" };
  const other = { userId: "other", name: "Ana Sato" };
  const ken = { userId: "ken", name: "Ken Mori" };
  expect(findNamed("Ana Lim sends the plan", [ana, other, ken])).toBe("ana");
  expect(findNamed("Ana sends the plan", [ana, ken])).toBe("ana");
  expect(findNamed("Ana sends the plan", [ana, other])).toBeUndefined();
  expect(findNamed("Ana Lim and Ken Mori meet again", [ana, ken])).toBeUndefined();
  expect(findNamed("Send a banana to Kenya", [ana, ken])).toBeUndefined();
  expect(findNamed("Send the plan", [ana])).toBeUndefined();
});
