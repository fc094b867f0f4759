import { expect, test } from "vitest";
import type { LinkDraft } from "../schema";
import { fairStart, keptShare } from "./fair-start";
import { errorOf, fieldErrors } from "./field-errors";
import { changedSettings, mergeDrafts, NEW_LINK } from "./link-settings";
import { embedSnippet, prefilledAddress } from "./website";

const BASE: LinkDraft = {
  ...NEW_LINK,
  name: "Discovery",
  token: "discovery",
  zone: "UTC",
  hosts: [
    {
      userId: "019a9f7e-0000-7abc-8def-0123456789ab",
      role: "fixed",
      weight: 1,
      scheduleId: "019a9f7e-0000-7abc-8def-0123456789ac",
    },
  ],
};

test("a new link is valid as it is, and differs from itself in nothing", () => {
  expect(fieldErrors(BASE)).toEqual({});
  expect(changedSettings(BASE, structuredClone(BASE))).toEqual([]);
});

test("what each of two people changed alone is kept, what both changed is asked about", () => {
  const mine = { ...BASE, name: "Mine", seats: 4, bufferAfterMinutes: 5 };
  const theirs = { ...BASE, name: "Theirs", noticeMinutes: 60, bufferAfterMinutes: 5 };
  expect(mergeDrafts(BASE, mine, theirs)).toEqual({
    merged: { ...BASE, name: "Mine", seats: 4, noticeMinutes: 60, bufferAfterMinutes: 5 },
    clashes: [{ name: "name", mine: "Mine", theirs: "Theirs" }],
  });
});

test("a problem deep in a list is found from the list", () => {
  const question = { key: "a", kind: "text", label: "", help: null, required: false, options: [] };
  const errors = fieldErrors({ ...BASE, questions: [question] } as LinkDraft);
  expect(errorOf(errors, "questions.0")).toBe("Write what is asked.");
  expect(errorOf(errors, "questions.1")).toBeUndefined();
  expect(errorOf(errors, "places")).toBeUndefined();
});

test("a number that was emptied is named, and an address is looked at before the server does", () => {
  const errors = fieldErrors({ ...BASE, seats: Number.NaN, token: "A B" });
  expect(Object.keys(errors).sort()).toEqual(["seats", "token"]);
});

test("somebody new in a round robin begins where the least busy for their share stands", () => {
  expect(fairStart([], 3)).toBe(0);
  const others = [
    { weight: 1, assigned: 10 },
    { weight: 2, assigned: 12 },
  ];
  expect(fairStart(others, 1)).toBe(6);
  expect(fairStart(others, 3)).toBe(18);
  expect(keptShare({ weight: 2, assigned: 12 }, 1)).toBe(6);
});

test("what is pasted into a website holds no markup of the host's words", () => {
  const given = { appUrl: "https://meridian.example", token: "demo", words: '"><script>alert(1)' };
  for (const mode of ["popup", "button"] as const) {
    const snippet = embedSnippet(mode, given);
    expect(snippet).not.toContain('"><script>alert');
    expect(snippet).toContain("&quot;&gt;&lt;script&gt;alert(1)");
  }
  expect(embedSnippet("inline", given)).toBe(
    '<div data-meridian-link="demo"></div>\n<script src="https://meridian.example/embed.js" async></script>',
  );
});

test("an address filled in beforehand carries what is known, escaped, and nothing empty", () => {
  expect(prefilledAddress("https://x.example/book/demo", {})).toBe("https://x.example/book/demo");
  expect(
    prefilledAddress("https://x.example/book/demo", {
      name: "Åsa & Co",
      email: "asa+test@example.org",
      company: "  ",
    }),
  ).toBe("https://x.example/book/demo?name=%C3%85sa+%26+Co&email=asa%2Btest%40example.org");
});
