/** The three channels of `#rrggbb`, 0 to 255. */
const channels = (hex: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance as WCAG 2 defines it: 0 for black, 1 for white. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Which of black and white is read on this colour, and how well (1 to 21; one of the two is always above 4.5). */
export function textOn(hex: string): {
  readonly text: "black" | "white";
  readonly contrast: number;
} {
  const own = luminance(hex);
  const onWhite = 1.05 / (own + 0.05);
  const onBlack = (own + 0.05) / 0.05;
  return onWhite >= onBlack
    ? { text: "white", contrast: onWhite }
    : { text: "black", contrast: onBlack };
}
