import fc from "fast-check";
import { expect, test } from "vitest";
import { bookingInput, plainAddress } from "./schema";

const good = {
  start: "2026-11-24T10:00:00Z",
  zone: "Asia/Tokyo",
  name: "Mika Tanaka",
  email: "mika+planning@kaminari.example",
};

const problems = (more: Record<string, unknown>): Record<string, string> => {
  const parsed = bookingInput.safeParse({ ...good, ...more });
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]),
  );
};

test("a plain booking is taken as it is, its address in lower case", () => {
  expect(bookingInput.parse({ ...good, email: " Mika@Kaminari.Example " }).email).toBe(
    "mika@kaminari.example",
  );
});

test.each([
  ["a name of nothing but space", { name: "   " }, { name: "required" }],
  [
    "a name that breaks a header",
    { name: "Mika\r\nBcc: x@y.example" },
    { name: "control-characters" },
  ],
  ["a name that turns text around", { name: "Mika\u202egnp.exe" }, { name: "control-characters" }],
  ["a name as long as a page", { name: "x".repeat(121) }, { name: "too-long" }],
  ["no address", { email: "" }, { email: "required" }],
  ["two addresses", { email: "a@b.example,c@d.example" }, { email: "not-an-address" }],
  ["a quoted local part", { email: '"a@x"@y.example' }, { email: "not-an-address" }],
  ["a homoglyph at sign", { email: "mika＠kaminari.example" }, { email: "not-an-address" }],
  ["an address at one label", { email: "mika@localhost" }, { email: "not-an-address" }],
  [
    "a wrong address among the guests",
    { guests: ["jun@k.example", "lea"] },
    { "guests.1": "not-an-address" },
  ],
  [
    "a zone that does not exist",
    { zone: "Mars/Olympus" },
    { zone: "Expected a time zone such as Asia/Tokyo" },
  ],
  [
    "a wall time without a zone",
    { start: "2026-11-24T10:00:00" },
    { start: "Expected an instant such as 2026-11-17T05:00:00Z" },
  ],
  [
    "a day that does not exist",
    { start: "2026-02-30T10:00:00Z" },
    { start: "Expected an instant such as 2026-11-17T05:00:00Z" },
  ],
])("%s is refused at its own field", (_what, more, expected) => {
  expect(problems(more)).toEqual(expected);
});

test("a field nobody asked for is refused", () => {
  expect(bookingInput.safeParse({ ...good, state: "confirmed" }).success).toBe(false);
  expect(bookingInput.safeParse({ ...good, hostId: "x" }).success).toBe(false);
});

test("whatever is accepted as an address holds one @ and nothing a header could be split by", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.emailAddress(), fc.string({ unit: "binary" })), (text) => {
      const parsed = plainAddress.safeParse(text);
      if (!parsed.success) return;
      expect(parsed.data.split("@")).toHaveLength(2);
      expect(parsed.data).not.toMatch(/[\s<>"(),:;\\[\]]/);
      expect(parsed.data.length).toBeLessThanOrEqual(254);
    }),
  );
});

test("no text makes the schema throw anything but its own refusal", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (body) => {
      expect(() => bookingInput.safeParse({ ...good, ...body })).not.toThrow();
    }),
  );
});
