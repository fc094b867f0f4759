/** Twice the pixels of the screen: sharp on paper. */
const SCALE = 2;
const EDGE = 24;
const LINE = 18;

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

/** A text of the drawing, where it stands: a picture inside a picture has no fonts of the page. */
function writeText(
  canvas: Canvas,
  text: SVGTextElement,
  origin: DOMRect,
  at: { x: number; y: number },
) {
  for (const part of text.querySelector("tspan") === null
    ? [text]
    : text.querySelectorAll("tspan")) {
    const style = getComputedStyle(text);
    const words = part.textContent ?? "";
    if (words === "") continue;
    const box = part.getBoundingClientRect();
    canvas.font = fontOf(style);
    canvas.textAlign = "left";
    canvas.textBaseline = "alphabetic";
    const start = part.getStartPositionOfChar(0);
    const frame = text.ownerSVGElement?.getScreenCTM();
    const y = frame ? start.y * frame.d + frame.f - origin.top : box.bottom - origin.top;
    const x = box.left - origin.left;
    if (style.paintOrder.startsWith("stroke")) {
      canvas.lineWidth = Number.parseFloat(style.strokeWidth);
      canvas.lineJoin = "round";
      canvas.strokeStyle = style.stroke;
      canvas.strokeText(words, at.x + x, at.y + y);
    }
    canvas.fillStyle = style.fill;
    canvas.fillText(words, at.x + x, at.y + y);
  }
}

/** The head of the picture: the question, and what it is of. Returns the lines that were needed, in pixels. */
function writeHead(
  canvas: Canvas,
  { title, lines, width }: { title: string; lines: readonly string[]; width: number },
): void {
  const root = getComputedStyle(document.documentElement);
  const family = getComputedStyle(document.body).fontFamily;
  canvas.textBaseline = "alphabetic";
  canvas.textAlign = "left";
  canvas.fillStyle = root.getPropertyValue("--text");
  canvas.font = `600 15px ${family}`;
  canvas.fillText(title, EDGE, EDGE + 14, width);
  canvas.fillStyle = root.getPropertyValue("--text-3");
  canvas.font = `400 12px ${family}`;
  for (const [at, line] of lines.entries())
    canvas.fillText(line, EDGE, EDGE + 14 + LINE * (at + 1), width);
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
  const subtitle = inside.querySelector("header h2 + *")?.textContent ?? "";
  const lines = [subtitle, ...about].filter((line) => line !== "");
  const head = EDGE + 14 + LINE * lines.length + 16;
  const width = box.width + 2 * EDGE;
  const sheet = document.createElement("canvas");
  sheet.width = Math.ceil(width * SCALE);
  sheet.height = Math.ceil((head + box.height + EDGE) * SCALE);
  const canvas = sheet.getContext("2d");
  if (canvas === null) return null;
  try {
    const image = await imageOf(bareCopy(svg, box));
    canvas.scale(SCALE, SCALE);
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, sheet.width, sheet.height);
    writeHead(canvas, { title, lines, width: box.width });
    canvas.drawImage(image, EDGE, head, box.width, box.height);
    for (const text of svg.querySelectorAll<SVGTextElement>("text"))
      writeText(canvas, text, box, { x: EDGE, y: head });
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
