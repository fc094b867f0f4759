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
/** From the screen to the picture. */
type Shift = { readonly x: number; readonly y: number };

const fontOf = (style: CSSStyleDeclaration): string =>
  `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;

const ALIGNED: Readonly<Record<string, [CanvasTextAlign, (box: DOMRect) => number]>> = {
  start: ["left", (box) => box.left],
  middle: ["center", (box) => box.left + box.width / 2],
  end: ["right", (box) => box.right],
};

/** A text of a drawing, where it stands: a picture inside a picture has no fonts of the page. */
function writeMark(canvas: Canvas, text: SVGTextElement, by: Shift): void {
  const words = text.textContent;
  const screen = text.getScreenCTM();
  if (words === "" || screen === null) return;
  const style = getComputedStyle(text);
  const [align, edge] = ALIGNED[style.textAnchor] ?? ["left", (box: DOMRect) => box.left];
  const x = edge(text.getBoundingClientRect()) + by.x;
  const y = text.getStartPositionOfChar(0).y * screen.d + screen.f + by.y;
  canvas.font = fontOf(style);
  canvas.textAlign = align;
  canvas.textBaseline = "alphabetic";
  if (style.paintOrder.startsWith("stroke")) {
    canvas.lineWidth = Number.parseFloat(style.strokeWidth);
    canvas.lineJoin = "round";
    canvas.strokeStyle = style.stroke;
    canvas.strokeText(words, x, y);
  }
  canvas.fillStyle = style.fill;
  canvas.fillText(words, x, y);
}

/** Grounds and hairlines of what is no drawing: rows of tables, circles behind initials. */
function drawBoxes(canvas: Canvas, body: Element, by: Shift): void {
  for (const element of body.querySelectorAll("*:not(svg, svg *, .sr-only)")) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const { width, height } = box;
    const [x, y] = [box.left + by.x, box.top + by.y];
    canvas.fillStyle = style.backgroundColor;
    canvas.beginPath();
    canvas.roundRect(
      x,
      y,
      width,
      height,
      Math.min(width, height) * (style.borderRadius === "50%" ? 0.5 : 0),
    );
    canvas.fill();
    const line = Number.parseFloat(style.borderBottomWidth);
    if (line > 0 && style.borderBottomStyle === "solid") {
      canvas.fillStyle = style.borderBottomColor;
      canvas.fillRect(x, y + height - line, width, line);
    }
  }
}

/** The pieces of a text that stand in one line: all of it, or each word where it is broken. */
function* piecesOf(node: Node): Generator<{ readonly text: string; readonly box: DOMRect }> {
  const range = document.createRange();
  range.selectNodeContents(node);
  const whole = node.textContent ?? "";
  if (range.getClientRects().length <= 1) {
    yield { text: whole.trim(), box: range.getBoundingClientRect() };
    return;
  }
  for (const { 0: text, index } of whole.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + text.length);
    yield { text, box: range.getBoundingClientRect() };
  }
}

function writeNode(canvas: Canvas, node: Node, style: CSSStyleDeclaration, by: Shift): void {
  const isRight = style.textAlign === "end" || style.textAlign === "right";
  canvas.font = fontOf(style);
  canvas.fillStyle = style.color;
  canvas.textAlign = isRight ? "right" : "left";
  for (const { text, box } of piecesOf(node)) {
    if (text === "" || box.width === 0) continue;
    const x = (isRight ? box.right : box.left) + by.x;
    canvas.fillText(text, x, box.top + box.height / 2 + by.y, box.width + 1);
  }
}

/** Words of what is no drawing. What only a reader of screens is told is not seen. */
function writeWords(canvas: Canvas, body: Element, by: Shift): void {
  const words = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  canvas.textBaseline = "middle";
  for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
    const parent = node.parentElement;
    if (parent === null || parent.closest("svg, .sr-only") !== null) continue;
    writeNode(canvas, node, getComputedStyle(parent), by);
  }
}

async function drawBody(canvas: Canvas, body: Element, by: Shift): Promise<void> {
  drawBoxes(canvas, body, by);
  for (const svg of body.querySelectorAll("svg")) {
    const box = svg.getBoundingClientRect();
    if (box.width === 0) continue;
    const image = await imageOf(bareCopy(svg, box));
    canvas.drawImage(image, box.left + by.x, box.top + by.y, box.width, box.height);
    for (const text of svg.querySelectorAll("text")) writeMark(canvas, text, by);
  }
  writeWords(canvas, body, by);
}

/**
 * What a block shows as a PNG, chart or table, at twice the size of the screen and in the colours it is seen in, with
 * its question and what it is of written above. Null where there is nothing, or the browser cannot draw it.
 */
export async function pictureOf(
  inside: Element,
  { title, about }: { readonly title: string; readonly about: readonly string[] },
): Promise<Blob | null> {
  const body = inside.querySelector("[data-body]");
  const sheet = document.createElement("canvas");
  const canvas = sheet.getContext("2d");
  if (body === null || canvas === null) return null;
  const box = body.getBoundingClientRect();
  const head = { title, below: inside.querySelector("header h2 + *"), lines: about };
  const above = headSize(canvas, head);
  sheet.width = Math.ceil((Math.max(box.width, above.width) + 2 * EDGE) * SCALE);
  sheet.height = Math.ceil((above.height + box.height + EDGE) * SCALE);
  try {
    canvas.scale(SCALE, SCALE);
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, sheet.width, sheet.height);
    const top = writeHead(canvas, head);
    await drawBody(canvas, body, { x: EDGE - box.left, y: top - box.top });
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
