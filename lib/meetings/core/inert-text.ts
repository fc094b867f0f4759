/**
 * What strangers typed, made harmless before it travels: a guest's name may carry control characters
 * that break a header, marks that reverse reading order, or an address that every mail program would
 * turn into a link in a mail that looks like ours.
 */

// C0 and C1 controls except tab and line feed, the line and paragraph separators, the marks that
// reorder text ("gpj.exe" shown as "exe.jpg"), and the byte order mark.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const cut = (text: string, limit: number): string => {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join("")}…`;
};

/** One line without control or reordering characters, at most `limit` characters. Safe in a header. */
export const singleLine = (text: string, limit = 500): string =>
  cut(
    text
      .toWellFormed()
      .replace(/[\r\n\t\u2028\u2029]+/g, " ")
      .replace(HIDDEN, "")
      .replace(/ {2,}/g, " ")
      .trim(),
    limit,
  );

/** Several lines, each as harmless as `singleLine`; at most two empty lines' worth of space in a row. */
export const multiLine = (text: string, limit = 4_000): string =>
  cut(
    text
      .toWellFormed()
      .replace(/\r\n?|[\u2028\u2029]/g, "\n")
      .replace(HIDDEN, "")
      .replace(/[^\S\n]+\n/g, "\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
    limit,
  );

const ZERO_WIDTH_SPACE = "\u200b";

/**
 * The same words, which no mail program turns into a link: a zero-width space breaks `https://`,
 * `mailto:`, `name@` and the dot of anything that looks like a host name. It reads the same, and a
 * curious reader can still copy it and take the space out.
 */
export const withoutLinks = (text: string): string =>
  text
    .replace(/\b([a-z][a-z0-9+.-]{1,20}:)(?=\S)/gi, `$1${ZERO_WIDTH_SPACE}`)
    .replace(/(?<=\S)@(?=\S)/g, `${ZERO_WIDTH_SPACE}@${ZERO_WIDTH_SPACE}`)
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L}{2,})/gu, `.${ZERO_WIDTH_SPACE}`)
    .replace(/(?<=\d)\.(?=\d{1,3}\.\d)/g, `.${ZERO_WIDTH_SPACE}`);
