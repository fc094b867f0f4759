import { expect, test } from "vitest";
import { frameAddress, inkOn, optionsOf, tokenOf } from "./options";

const attributes = (of: Record<string, string>) =>
  Object.entries(of).map(([name, value]) => ({ name: `data-meridian-${name}`, value }));

test("a host says how the calendar looks and what its form begins with", () => {
  const options = optionsOf(
    attributes({
      link: "demo",
      theme: "dark",
      colour: "#AA3300",
      language: "ja",
      duration: "45",
      name: "Mika Tanaka",
      "answer-team_size": "12",
      utm_source: "newsletter",
    }),
    "?utm_source=search&utm_medium=cpc&name=Somebody",
  );
  expect(options).toMatchObject({ theme: "dark", colour: "#aa3300", language: "ja" });
  expect(Object.fromEntries(options.fields)).toEqual({
    utm_source: "newsletter",
    utm_medium: "cpc",
    duration: "45",
    name: "Mika Tanaka",
    team_size: "12",
  });
});

test("what cannot be used is left out, and nothing gets out of its place in the address", () => {
  const options = optionsOf(
    attributes({
      theme: "hotdog",
      colour: "red;background:url(//evil.example)",
      language: "../../x",
      name: "&locale=de#<script>",
      "answer-__proto__": "x",
    }),
    "",
  );
  expect([options.theme, options.colour, options.language]).toEqual(["auto", undefined, undefined]);
  const address = new URL(frameAddress("https://book.example", "demo", options));
  expect([address.pathname, address.hash]).toEqual(["/embed/demo", ""]);
  expect([...address.searchParams]).toEqual([["name", "&locale=de#<script>"]]);
});

test("long texts and many parameters have an end", () => {
  const query = new URLSearchParams(
    Array.from({ length: 100 }, (_, at) => [
      `utm_${"abcdefghijklmnopqrst".slice(0, (at % 20) + 1)}`,
      "x".repeat(5_000),
    ]),
  );
  const { fields } = optionsOf([], `?${query}`);
  expect(fields.length).toBeLessThanOrEqual(30);
  expect(Math.max(...fields.map(([, value]) => value.length))).toBe(200);
});

test("a token is a token or nothing", () => {
  expect(tokenOf("demo-quick")).toBe("demo-quick");
  for (const bad of [null, "", "a b", "../admin", "javascript:alert(1)", "x".repeat(65)])
    expect(tokenOf(bad)).toBeUndefined();
});

test("text on a host's colour is read: white on dark, black on light", () => {
  const colour = (channels: readonly number[]) =>
    `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
  expect(inkOn(colour([15, 118, 110]))).toBe("white");
  expect(inkOn(colour([255, 220, 0]))).toBe("black");
  expect(inkOn(colour([0, 0, 0]))).toBe("white");
  expect(inkOn(colour([255, 255, 255]))).toBe("black");
});
