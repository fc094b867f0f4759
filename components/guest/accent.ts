import { accentTokensCss, tokens } from "@/components/ui/tokens";

/** Red, green and blue, each 0 to 1. */
type Rgb = readonly [red: number, green: number, blue: number];

const LEAST_CONTRAST = 4.5;
const STEPS = 60;

const rgbOf = (hex: string): Rgb => {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [channel(1), channel(3), channel(5)];
};

const hexOf = (colour: Rgb): string =>
  `#${colour
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;

/** `share` of the first colour laid over the second. */
const mix = (over: Rgb, under: Rgb, share: number): Rgb => [
  over[0] * share + under[0] * (1 - share),
  over[1] * share + under[1] * (1 - share),
  over[2] * share + under[2] * (1 - share),
];

/** WCAG 2.2 relative luminance. */
function luminance(colour: Rgb): number {
  const linear = (channel: number) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

function contrast(one: Rgb, other: Rgb): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [1, 1, 1];

type Scheme = (typeof tokens)["light"] | (typeof tokens)["dark"];

/** The accent of one scheme: the wished colour, moved towards `end` as little as makes every use of it readable. */
function accentOf(wished: Rgb, scheme: Scheme, end: Rgb, onAccent: string) {
  const surface = rgbOf(scheme.surface);
  const grounds = [scheme.surface, scheme.surfaceRaised, scheme.bgSubtle].map(rgbOf);
  const tintsOf = (accent: Rgb) => ({
    soft: mix(accent, surface, 0.06),
    free: mix(accent, surface, 0.14),
  });
  const isReadable = (accent: Rgb): boolean => {
    const { soft, free } = tintsOf(accent);
    return [...grounds, soft, free, rgbOf(onAccent)].every(
      (ground) => contrast(accent, ground) >= LEAST_CONTRAST,
    );
  };
  let accent = wished;
  for (let step = 0; step <= STEPS && !isReadable(rgbOf(hexOf(accent))); step += 1)
    accent = mix(end, wished, step / STEPS);
  const { soft, free } = tintsOf(accent);
  return {
    accent: hexOf(accent),
    accentHover: hexOf(mix(end, accent, 0.15)),
    accentSoft: hexOf(soft),
    accentLine: hexOf(mix(accent, surface, 0.4)),
    onAccent,
    free: hexOf(free),
  };
}

/**
 * The tokens that carry an organisation's colour, from one `#rrggbb`, for both schemes: as near to the wish as text
 * on it, and it as text, can be read at 4.5:1.
 */
export function accentTokens(colour: string) {
  const wished = rgbOf(colour);
  return {
    light: accentOf(wished, tokens.light, BLACK, tokens.light.surface),
    dark: accentOf(wished, tokens.dark, WHITE, tokens.dark.bg),
  };
}

/** The same as CSS; undefined for what is no `#rrggbb`. */
export function accentCss(colour: string): string | undefined {
  if (!/^#[0-9a-f]{6}$/.test(colour)) return undefined;
  const { light, dark } = accentTokens(colour);
  return accentTokensCss(light, dark);
}
