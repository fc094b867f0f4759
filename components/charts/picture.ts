import { EDGE, headSize, writeHead } from "./picture-head";

/** Twice the pixels of the screen: sharp on paper. */
const SCALE = 2;

/** What of an element's style decides how it is drawn; the rest of some three hundred would only make the text long. */
const DRAWN = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "opacity",
  "vector-effect",
  "shape-rendering",
  "display",
  "visibility",
] as const;

/** A copy of a drawing that looks the same without the page's styles, and has no words: those are written apart. */
function bareCopy(svg: SVGSVGElement, { width, height }: DOMRect): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [at, original] of originals.entries()) {
    const own = copies[at];
    if (own === undefined) continue;
    const style = getComputedStyle(original);
    for (const name of DRAWN) own.style.setProperty(name, style.getPropertyValue(name));
    own.removeAttribute("class");
  }
  for (const words of copy.querySelectorAll("text")) words.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(copy);
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

type Canvas = CanvasRenderingContext2D;

const fontOf = (style: CSSStyleDeclaration): string =>
  `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;

const ALIGNED: Readonly<Record<string, [CanvasTextAlign, (box: DOMRect) => number]>> = {
  start: ["left", (box) => box.left],
  middle: ["center", (box) => box.left + box.width / 2],
  end: ["right", (box) => box.right],
};

/** A text of the drawing, where it stands: a picture inside a picture has no fonts of the page. */
function writeText(canvas: Canvas, text: SVGTextElement, by: { x: number; y: number }): void {
  const words = text.textContent;
  const screen = text.getScreenCTM();
  if (words === "" || screen === null) return;
  const style = getComputedStyle(text);
  const [align, edge] = ALIGNED[style.textAnchor] ?? ["left", (box: DOMRect) => box.left];
  const x = edge(text.getBoundingClientRect()) + by.x;
  const y = text.getStartPositionOfChar(0).y * screen.d + screen.f + by.y;
  canvas.font = fontOf(style);
  canvas.textAlign = align;
  if (style.paintOrder.startsWith("stroke")) {
    canvas.lineWidth = Number.parseFloat(style.strokeWidth);
    canvas.lineJoin = "round";
    canvas.strokeStyle = style.stroke;
    canvas.strokeText(words, x, y);
  }
  canvas.fillStyle = style.fill;
  canvas.fillText(words, x, y);
}

/**
 * The chart inside an element as a PNG, at twice the size of the screen, in the colours it is seen in, with its title and
 * what it is of written above. Null where there is no chart, or the browser cannot draw it.
 */
export async function pictureOf(
  inside: Element,
  { title, about }: { readonly title: string; readonly about: readonly string[] },
): Promise<Blob | null> {
  const svg = inside.querySelector<SVGSVGElement>("svg[data-chart]");
  if (svg === null) return null;
  const box = svg.getBoundingClientRect();
  const head = { title, below: inside.querySelector("header h2 + *"), lines: about };
  const sheet = document.createElement("canvas");
  const canvas = sheet.getContext("2d");
  if (canvas === null) return null;
  const above = headSize(canvas, head);
  sheet.width = Math.ceil((Math.max(box.width, above.width) + 2 * EDGE) * SCALE);
  sheet.height = Math.ceil((above.height + box.height + EDGE) * SCALE);
  try {
    const image = await imageOf(bareCopy(svg, box));
    canvas.scale(SCALE, SCALE);
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, sheet.width, sheet.height);
    const top = writeHead(canvas, head);
    canvas.drawImage(image, EDGE, top, box.width, box.height);
    for (const text of svg.querySelectorAll<SVGTextElement>("text"))
      writeText(canvas, text, { x: EDGE - box.left, y: top - box.top });
    return await new Promise((resolve) => sheet.toBlob(resolve, "image/png"));
  } catch {
    return null;
  }
}

/** Gives a file to the browser to keep. */
export function saveAs(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun by the next turn; until then the address must hold.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
