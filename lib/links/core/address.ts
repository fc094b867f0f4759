/** Words that lead, or may one day lead, to a page of ours below an address of links. */
const RESERVED: ReadonlySet<string> = new Set([
  "admin",
  "api",
  "book",
  "details",
  "embed",
  "help",
  "links",
  "login",
  "new",
  "privacy",
  "settings",
  "setup",
  "sign-in",
]);

const SLUG = /^[a-z0-9]+(?:-+[a-z0-9]+)*$/;

export const SHORTEST_SLUG = 3;
export const LONGEST_SLUG = 64;

/** What is wrong with an address somebody chose, in words for them; undefined when it can be used. */
export function slugProblem(slug: string): string | undefined {
  if (slug.length < SHORTEST_SLUG || slug.length > LONGEST_SLUG) {
    return `Use ${SHORTEST_SLUG} to ${LONGEST_SLUG} characters.`;
  }
  if (!SLUG.test(slug)) return "Use small letters, digits and hyphens between them.";
  if (RESERVED.has(slug)) return "This word is kept for pages of our own. Choose another.";
  return undefined;
}

/** An address made from 256 random bits, which nobody can guess. */
export const isRandomAddress = (token: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(token);

const plainWords = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

const LONGEST_KEY = 40;

/**
 * The name of a question in addresses, made from what it asks: "Your company?" is `your_company`. Differs from every
 * name in `taken`; what has no Latin letters is `question`.
 */
export function questionKey(label: string, taken: readonly string[]): string {
  const words = plainWords(label)
    .replace(/ /g, "_")
    .replace(/^[^a-z]+/, "");
  const base = words.slice(0, LONGEST_KEY).replace(/_+$/, "") || "question";
  if (!taken.includes(base)) return base;
  for (let count = 2; ; count += 1) {
    const tail = `_${count}`;
    const key = `${base.slice(0, LONGEST_KEY - tail.length)}${tail}`;
    if (!taken.includes(key)) return key;
  }
}
