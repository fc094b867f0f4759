import { RequestRefused } from "./answer";

/** The largest body any call of ours needs, 1 MB; the framework itself would take thirty. */
export const MAX_BODY_BYTES = 1_000_000;
/** Deeper than any of our shapes; a parser's or a validator's recursion ends here. */
const MAX_DEPTH = 32;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;
/** Names that reach an object's prototype when a value is copied or merged. */
const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

const tooLarge = (most: number): RequestRefused =>
  new RequestRefused(
    413,
    "too-large",
    `The request is larger than ${Math.floor(most / MAX_BODY_BYTES)} MB.`,
  );

/**
 * Reads at most so many bytes, MAX_BODY_BYTES unless told otherwise, whatever the length header says or leaves out.
 * Throws RequestRefused, 413.
 */
export async function readBytes(request: Request, most = MAX_BODY_BYTES): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge(most);
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.byteLength;
    if (total > most) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(most);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/** Where the string that begins at `at` ends. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end;
}

/**
 * The deepest nesting of a JSON text, by its brackets outside strings: measured before anything recurses. A loop,
 * because a pattern that may start at every quote takes quadratic time on a megabyte of them.
 */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === '"') at = endOfString(text, at);
    else if ("{[".includes(character)) depth += 1;
    else if ("}]".includes(character)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const invalidJson = (cause?: unknown): RequestRefused =>
  new RequestRefused(400, "invalid-json", "The request body is not valid JSON.", { cause });

/** Parses JSON text: prototype keys are dropped, U+0000 is refused because no text column can hold it. */
export function parseJson(text: string): unknown {
  if (depthOf(text) > MAX_DEPTH) {
    throw new RequestRefused(400, "too-deep", `JSON may be nested ${MAX_DEPTH} levels deep.`);
  }
  try {
    return JSON.parse(text, function keep(this: unknown, key, value: unknown) {
      if (PROTOTYPE_KEYS.has(key)) return undefined;
      if (key.includes("\0") || (typeof value === "string" && value.includes("\0"))) {
        throw new RequestRefused(
          400,
          "invalid-text",
          "Text may not contain the character U+0000.",
          {
            fields: { [key.replaceAll("\0", "")]: "contains the character U+0000" },
          },
        );
      }
      return value;
    });
  } catch (error) {
    throw error instanceof RequestRefused ? error : invalidJson(error);
  }
}

/**
 * The request's JSON, or undefined when it has no body. Throws RequestRefused: 413 over 1 MB, 415 when it is not
 * declared as JSON, 400 when it is not valid JSON in UTF-8, too deep, or holds U+0000.
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) return undefined;
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? "")) {
    throw new RequestRefused(415, "not-json", "Send JSON with content-type application/json.");
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw invalidJson(error);
  }
  return parseJson(text);
}
