import fc from "fast-check";
import { expect, test } from "vitest";
import { tokens } from "@/components/ui/tokens";
import { accentCss, accentTokens } from "./accent";

/** WCAG 2.2 contrast of two `#rrggbb`, worked out apart from the code under test. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) =>
    [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, index) => sum + c * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const anyColour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, "0")}`);

test("whatever colour an organisation has, its pages can be read in both schemes", () => {
  fc.assert(
    fc.property(anyColour, (colour) => {
      const accents = accentTokens(colour);
      for (const name of ["light", "dark"] as const) {
        const own = accents[name];
        const { surface, surfaceRaised, bgSubtle } = tokens[name];
        const grounds = [surface, surfaceRaised, bgSubtle, own.accentSoft, own.free];
        for (const ground of grounds)
          expect(contrast(own.accent, ground)).toBeGreaterThanOrEqual(4.45);
        expect(contrast(own.onAccent, own.accent)).toBeGreaterThanOrEqual(4.45);
        expect(contrast(own.onAccent, own.accentHover)).toBeGreaterThanOrEqual(4.45);
      }
    }),
  );
});

test("a colour that can be read is left as it is", () => {
  expect(accentTokens("#5b21b6").light.accent).toBe("#5b21b6");
  expect(accentTokens("#c4b5fd").dark.accent).toBe("#c4b5fd");
});

test("what is no colour makes no style", () => {
  for (const text of ["red", "#12345", "#12345g", "#123456;}body{display:none}", "#ABCDEF"])
    expect(accentCss(text)).toBeUndefined();
  expect(accentCss("#5b21b6")).toContain("--accent:#5b21b6");
});
