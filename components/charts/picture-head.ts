import type { Size } from "./use-size";

/** The margin around a chart in its picture, and the height of a line of its head, in pixels. */
export const EDGE = 24;
const LINE = 18;
/** Of a swatch and the distance to the next key. */
const KEY_PX = 34;

type Canvas = CanvasRenderingContext2D;

const colourNamed = (token: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(token).trim();

const fontOf = (weight: number, size: number): string =>
  `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;

const keysOf = (below: Element | null): readonly Element[] => [
  ...(below?.querySelectorAll("[data-key]") ?? []),
];

const LINES = ["line", "former", "target"];

/** The swatch of a key, in a box of 14 by 12 pixels; what is hatched is drawn as an empty frame with one line aslant. */
function drawSwatch(canvas: Canvas, swatch: HTMLElement, x: number, y: number): void {
  const style = getComputedStyle(swatch);
  const kind = swatch.dataset.kind ?? "";
  if (LINES.includes(kind)) {
    canvas.fillStyle = style.borderTopColor;
    canvas.fillRect(x, y - 5, 14, 2);
    return;
  }
  if (kind === "tick" || kind === "pace") {
    canvas.fillStyle = kind === "tick" ? style.backgroundColor : style.borderLeftColor;
    const pieces =
      kind === "tick"
        ? [[0, 12]]
        : [
            [0, 3],
            [4.5, 3],
            [9, 3],
          ];
    for (const [from = 0, length = 0] of pieces) canvas.fillRect(x + 6, y - 10 + from, 2, length);
    return;
  }
  if (kind === "hatched") {
    canvas.strokeStyle = colourNamed("--chart-1");
    canvas.lineWidth = 1;
    canvas.strokeRect(x + 2.5, y - 8.5, 9, 9);
    canvas.beginPath();
    canvas.moveTo(x + 3, y);
    canvas.lineTo(x + 11, y - 8);
    canvas.stroke();
    return;
  }
  canvas.fillStyle = style.backgroundColor;
  canvas.fillRect(x + 2, y - 9, 10, 10);
}

/** What the marks mean: each key with its swatch, in a row. */
function writeKeys(canvas: Canvas, keys: Iterable<Element>, y: number): void {
  let x = EDGE;
  for (const key of keys) {
    const swatch = key.querySelector<HTMLElement>("[data-kind]");
    if (swatch !== null) {
      drawSwatch(canvas, swatch, x, y);
      x += 20;
    }
    const words = key.textContent.trim();
    canvas.fillStyle = colourNamed("--text-3");
    canvas.fillText(words, x, y);
    x += canvas.measureText(words).width + 14;
  }
}

/** What stands above a chart in its picture. */
export type Head = {
  readonly title: string;
  /** The line below the question, as it stands on the page. */
  readonly below: Element | null;
  readonly lines: readonly string[];
};

/** The head of the picture: the question, what the marks mean, and what it is of. Returns where it ends, in pixels. */
export function writeHead(canvas: Canvas, { title, below, lines }: Head): number {
  let y = EDGE + 14;
  canvas.textBaseline = "alphabetic";
  canvas.textAlign = "left";
  canvas.fillStyle = colourNamed("--text");
  canvas.font = fontOf(600, 15);
  canvas.fillText(title, EDGE, y);
  canvas.font = fontOf(400, 12);
  const keys = keysOf(below);
  const words = below?.textContent.trim() ?? "";
  if (words !== "") {
    y += LINE;
    canvas.fillStyle = colourNamed("--text-3");
    if (keys.length === 0) canvas.fillText(words, EDGE, y);
    else writeKeys(canvas, keys, y);
  }
  canvas.fillStyle = colourNamed("--text-3");
  for (const line of lines) {
    y += LINE;
    canvas.fillText(line, EDGE, y);
  }
  return y + 16;
}

/** How large it is, in pixels: asked for before there is anything to write on. */
export function headSize(canvas: Canvas, { title, below, lines }: Head): Size {
  const words = below?.textContent.trim() ?? "";
  canvas.font = fontOf(400, 12);
  const rows = [...lines, words].map((line) => canvas.measureText(line).width);
  const keys = keysOf(below).length * KEY_PX;
  canvas.font = fontOf(600, 15);
  const width = Math.max(canvas.measureText(title).width, ...rows, (rows.at(-1) ?? 0) + keys);
  const count = lines.length + (words === "" ? 0 : 1);
  return { width, height: EDGE + 14 + LINE * count + 16 };
}
