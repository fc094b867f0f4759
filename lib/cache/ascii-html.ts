/** Above this share of other characters a page grows too much; such a page is kept as it is. */
const MOST_OTHERS = 0.02;

const OTHERS = /[\u0080-\u{10ffff}]/gu;

const inScript = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");

const inMarkup = (character: string): string => `&#${character.codePointAt(0)};`;

/**
 * The same document in ASCII alone: other characters as references in markup, as escapes in scripts. A string of
 * ASCII is written to a socket as it lies in memory; a single curly quote makes the runtime convert all of it for
 * every answer, which was a fifth of the CPU time of a hit (71 kB page, profile of 4,000 hits). Pages mostly in
 * another script, and pages whose styles or comments hold other characters, are returned unchanged.
 */
export function asciiHtml(html: string): string {
  const others = html.match(OTHERS)?.length ?? 0;
  if (others === 0 || others > html.length * MOST_OTHERS) return html;
  const parts = html.split(/(<script\b[^>]*>[\s\S]*?<\/script>|<style\b[^>]*>[\s\S]*?<\/style>)/);
  const written = parts.map((part) => {
    if (part.startsWith("<style")) return part;
    return part.replace(OTHERS, part.startsWith("<script") ? inScript : inMarkup);
  });
  return written.join("");
}
