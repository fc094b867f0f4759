import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { isHandedOverBy } from "./signed-call";

const SECRET = "a secret of the mail server";
const NOW = 1_795_600_000_000;
const RAW = Buffer.from("From: a@b.example\r\n\r\nHello\r\n");

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

const signed = (secret: string, seconds: number, raw: Buffer = RAW) => {
  const mac = createHmac("sha256", secret).update(`${seconds}.`).update(raw).digest("hex");
  return `t=${seconds},v1=${mac}`;
};

const accepts = (headers: { authorization?: string; signature?: string }, raw = RAW) =>
  isHandedOverBy(SECRET, { authorization: null, signature: null, ...headers }, raw, NOW);

test("the secret as password hands a mail over, whoever the user is called, and nothing else does", () => {
  expect(accepts({ authorization: basic(`mail:${SECRET}`) })).toBe(true);
  expect(accepts({ authorization: basic(`:${SECRET}`) })).toBe(true);
  for (const authorization of [
    basic(`mail:${SECRET}x`),
    basic(SECRET),
    basic("mail:"),
    `Bearer ${SECRET}`,
    "Basic ???",
    "",
  ])
    expect(accepts({ authorization }), authorization).toBe(false);
  expect(accepts({})).toBe(false);
});

test("a signature over the body hands it over for five minutes", () => {
  const now = NOW / 1_000;
  expect(accepts({ signature: signed(SECRET, now) })).toBe(true);
  expect(accepts({ signature: signed(SECRET, now - 300) })).toBe(true);
  expect(accepts({ signature: signed(SECRET, now - 301) })).toBe(false);
  expect(accepts({ signature: signed(SECRET, now + 301) })).toBe(false);
  expect(accepts({ signature: signed("another", now) })).toBe(false);
  expect(accepts({ signature: signed(SECRET, now) }, Buffer.from("other"))).toBe(false);
  expect(accepts({ signature: `${signed(SECRET, now)}0` })).toBe(false);
});
