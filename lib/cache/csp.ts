import { createHash } from "node:crypto";

// Attributes are quoted in React's output, so the first ">" ends the tag.
const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/g;

/** CSP sources of every inline script in a document: `'sha256-…'`, each once, in document order. */
export function inlineScriptHashes(html: string): readonly string[] {
  const hashes = new Set<string>();
  for (const [, attributes = "", body = ""] of html.matchAll(SCRIPT)) {
    if (/\ssrc=/.test(attributes)) continue;
    hashes.add(`'sha256-${createHash("sha256").update(body).digest("base64")}'`);
  }
  return [...hashes];
}

/** Who may show a page within a page of their own: nobody, or, of pages made for it, everybody. */
export type Framing = "alone" | "framed";

const policy = (scripts: string, framing: Framing): string =>
  [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framing === "framed" ? "*" : "'none'"}`,
  ].join("; ");

/** The policy of a page kept whole: no nonce is possible there, so each inline script is named by its hash. */
export const cachedPagePolicy = (html: string, framing: Framing = "alone"): string =>
  policy(["'self'", ...inlineScriptHashes(html)].join(" "), framing);

/**
 * The policy of a page rendered for one request. `development` additionally allows what the development server's
 * error overlay needs.
 */
export const noncePolicy = (
  nonce: string,
  development = false,
  framing: Framing = "alone",
): string =>
  policy(`'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`, framing);
