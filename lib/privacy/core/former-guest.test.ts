import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Traces } from "./former-guest";
import { erasedAddress, jsonWithoutTraces, subjectWithout, withoutTraces } from "./former-guest";

const mika: Traces = {
  email: "mika@example.com",
  name: "Mika Sato",
  isOwnName: true,
  replacement: erasedAddress("1"),
};

describe("a text without a guest", () => {
  test.each([
    ["Mika Sato", "Former guest"],
    ["Call with Mika Sato, again", "Call with Former guest, again"],
    ["mika sato cannot come", "Former guest cannot come"],
    ["Write to MIKA@Example.com.", "Write to erased-1@invalid."],
    ["Mika Satoshi is somebody else", "Mika Satoshi is somebody else"],
    ["予定: Mika Sato様", "予定: Mika Sato様"],
    ["Roadmap review", "Roadmap review"],
  ])("%j is %j", (text, left) => {
    expect(withoutTraces(text, mika)).toBe(left);
  });

  test("a name that was made from an address is no word to look for", () => {
    const an: Traces = { email: "an@example.com", name: "an", isOwnName: false, replacement: "x" };
    expect(withoutTraces("Plan an audit with an@example.com", an)).toBe("Plan an audit with x");
    expect(withoutTraces("an", an)).toBe("Former guest");
  });

  test.each([
    "amika@example.com",
    "o'mika@example.com",
    "x.mika@example.com",
    "mika@example.com.au",
  ])("%s is somebody else's address", (address) => {
    expect(withoutTraces(`Write to ${address}!`, mika)).toBe(`Write to ${address}!`);
  });

  test.each([
    "<mika@example.com>",
    "'mika@example.com'",
    "mailto:mika@example.com?x",
    "mika@example.com.",
  ])("%s holds this one", (text) => {
    expect(withoutTraces(text, mika)).toBe(text.replace("mika@example.com", "erased-1@invalid"));
  });

  test("an address with a hyphen is one, too", () => {
    const hyphen: Traces = { ...mika, email: "a-b+c@x-y.example", name: "Jean-Luc O'Neill/Smith" };
    expect(withoutTraces("A-B+c@x-y.example, jean-luc o'neill/smith", hyphen)).toBe(
      "erased-1@invalid, Former guest",
    );
  });

  test("a name full of signs of a pattern is only itself", () => {
    const odd: Traces = { ...mika, name: "A.*(b)[c]$^|\\d" };
    expect(withoutTraces("say A.*(b)[c]$^|\\d now", odd)).toBe("say Former guest now");
    expect(withoutTraces("Anything b c", odd)).toBe("Anything b c");
  });

  test("neither address nor own name is ever left as a word", () => {
    const word = fc.stringMatching(/^[a-zé]{3,12}$/);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.constant("Mika Sato"), fc.constant("mika@example.com"))),
        (words) => {
          const left = withoutTraces(words.join(" "), mika);
          expect(left).not.toMatch(/mika@example\.com/i);
          expect(left.split(/\s/)).not.toContain("Sato");
        },
      ),
    );
  });
});

test("a structure keeps its shape and loses the guest", () => {
  const facts = {
    meeting: { guest: { name: "Mika Sato", email: "mika@example.com" } },
    n: 1,
    x: null,
  };
  expect(jsonWithoutTraces(facts, mika)).toEqual({
    meeting: { guest: { name: "Former guest", email: "erased-1@invalid" } },
    n: 1,
    x: null,
  });
});

test("a subject that was made of link and guest is the link's name", () => {
  expect(subjectWithout("Consultation: Mika Sato", "Consultation", [mika])).toBe("Consultation");
  expect(subjectWithout("Contract of Mika Sato", "Consultation", [mika])).toBe(
    "Contract of Former guest",
  );
  expect(subjectWithout("Contract", null, [mika])).toBe("Contract");
});
