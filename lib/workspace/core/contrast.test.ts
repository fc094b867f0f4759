import fc from "fast-check";
import { expect, test } from "vitest";
import { textOn } from "./contrast";

const hex = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

test("whatever colour is chosen, its text can be read", () => {
  fc.assert(fc.property(hex, (colour) => textOn(colour).contrast >= 4.5));
});

test("black text stands on light colours and white on dark ones", () => {
  const white = `#${"f".repeat(6)}`;
  const black = `#${"0".repeat(6)}`;
  expect(textOn(white)).toEqual({ text: "black", contrast: 21 });
  expect(textOn(black)).toEqual({ text: "white", contrast: 21 });
});
