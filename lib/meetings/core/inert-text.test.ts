import * as fc from "fast-check";
import { expect, test } from "vitest";
import { multiLine, singleLine, withoutLinks } from "@/lib/meetings/core/inert-text";

test("a line is one line, without characters nobody can see", () => {
  expect(singleLine("  a\r\nBcc: b\tc\u2028d\u0000e  ")).toBe("a Bcc: b c de");
  expect(singleLine("invoice\u202egpj.exe")).toBe("invoicegpj.exe");
  expect(singleLine("x".repeat(900))).toHaveLength(500);
  expect([...singleLine("😀".repeat(900))]).toHaveLength(500);
});

test("several lines keep their breaks, in one spelling", () => {
  expect(multiLine("a\r\nb\rc\n\n\n\nd\u0007  \ne ")).toBe("a\nb\nc\n\nd\ne");
});

test("cleaning twice is cleaning once", async () => {
  await fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(singleLine(singleLine(text))).toBe(singleLine(text));
      expect(singleLine(text)).not.toMatch(/\p{Cc}|\u202e/u);
      expect(multiLine(multiLine(text))).toBe(multiLine(text));
    }),
  );
});

// What the common mail programs turn into links: an address with a scheme, www., a host name with a
// top-level domain, a mail address, an IP address.
const LINKS = [
  /https?:\/\/[^\s\u200b]/i,
  /\bwww\.[a-z]/i,
  /\b[a-z0-9-]+\.[a-z]{2,}\b/i,
  /[^\s\u200b]@[^\s\u200b]/,
  /\b\d+\.\d+\.\d+\.\d+\b/,
  /\bmailto:[^\s\u200b]/i,
  /\btel:[^\s\u200b]/i,
];

test("nothing a stranger typed becomes a link, and it reads the same", () => {
  for (const text of [
    "https://evil.example/x?y=1",
    "HTTP://EVIL.COM",
    "www.evil.com now",
    "see evil.co.jp/path",
    "write to a@b.cd",
    "mailto:a@b.cd",
    "tel:+123",
    "http://10.0.0.1/",
    "10.0.0.1",
    "//evil.com",
    "пример.рф",
    "a.b.c.d.evil.info",
  ]) {
    const inert = withoutLinks(text);
    expect(inert.replaceAll("\u200b", "")).toBe(text);
    for (const link of LINKS) expect(inert, text).not.toMatch(link);
  }
});

test("ordinary words are left as they are", () => {
  for (const text of ["Roadmap 2.0 review", "Dr. Mori, Ph.D.", "a: b", "14:00–15:00", "Q3/Q4"])
    expect(withoutLinks(text)).toBe(text);
});
