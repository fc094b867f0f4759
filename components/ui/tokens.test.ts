import { describe, expect, it } from "vitest";
import { tokens, tokensCss } from "./tokens";

type Scheme = (typeof tokens)["light"] | (typeof tokens)["dark"];
type Name = Exclude<keyof Scheme, "shadow">;

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds: readonly Name[] = ["bg", "bgSubtle", "surface", "surfaceRaised"];
const words: readonly Name[] = ["text", "text2", "text3", "accent", "danger", "warn", "ok", "info"];
const marks = [
  "chart1",
  "chart2",
  "chart3",
  "chart4",
  "chart5",
  "chart6",
  "chart7",
  "chartQuiet",
] as const satisfies readonly Name[];
const pairs: readonly (readonly [Name, Name])[] = [
  ...words.flatMap((word) => grounds.map((ground) => [word, ground] as const)),
  ["text", "bgSunken"],
  ["text2", "bgSunken"],
  ["onAccent", "accent"],
  ["onAccent", "accentHover"],
  ["text", "accentSoft"],
  ["text2", "accentSoft"],
  ["accent", "accentSoft"],
  ["danger", "dangerSoft"],
  ["warn", "warnSoft"],
  ["ok", "okSoft"],
  ["info", "infoSoft"],
  ["text", "free"],
  ["text2", "free"],
];

describe.each(["light", "dark"] as const)("the %s scheme", (name) => {
  const scheme: Scheme = tokens[name];

  it.each(pairs)("lets %s be read on %s at 4.5:1", (word, ground) => {
    expect(contrast(scheme[word], scheme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(grounds)("outlines a field on %s at 3:1", (ground) => {
    expect(contrast(scheme.field, scheme[ground])).toBeGreaterThanOrEqual(3);
  });

  it.each(marks.flatMap((mark) => grounds.map((ground) => [mark, ground] as const)))(
    "draws %s on %s at 3:1",
    (mark, ground) => {
      expect(contrast(scheme[mark], scheme[ground])).toBeGreaterThanOrEqual(3);
    },
  );
});

describe("the tokens as CSS", () => {
  const css = tokensCss();

  it("names every token once per scheme block", () => {
    for (const property of ["--accent-soft", "--text-2", "--chart-6", "--field", "--free"])
      expect(css.split(`${property}:`)).toHaveLength(4);
  });

  it("says the night values for the system's wish and for the document's own", () => {
    expect(css).toContain("@media (prefers-color-scheme:dark)");
    expect(css).toContain(':root[data-theme="dark"]');
    expect(css).toContain(`--bg:${tokens.dark.bg}`);
  });
});
