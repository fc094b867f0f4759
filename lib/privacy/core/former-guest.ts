/** What stands where a name was. */
export const FORMER_GUEST = "Former guest";

/** What stands where an address was: one for each row, so that no two rows are known to be of the same person. */
export const erasedAddress = (id: string): string => `erased-${id}@invalid`;

/** The person whose traces are looked for: their address, and a name they went by where one is known. */
export type Traces = {
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  /**
   * A name the person typed may be looked for within texts. One that was made from an address ("an" of an@…) is a word
   * like others there, and is only replaced where it stands alone.
   */
  readonly isOwnName: boolean;
  readonly replacement: string;
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** Shorter names are words of some language; they are only replaced where they stand alone. */
const SHORTEST_WITHIN_TEXT = 3;

const LETTER_LAST = /[\p{L}\p{N}\p{M}]$/u;
const LETTER_FIRST = /^[\p{L}\p{N}\p{M}]/u;

// Not susan@ for an@, not o'neil@ for neil@, not example.com.au for example.com.
const ADDRESS_GOES_ON_BEFORE = /(?:[\w.+-]|\w')$/;
const ADDRESS_GOES_ON_AFTER = /^(?:[\w-]|\.\w)/;

/**
 * Replaces `wanted`, in any case, where what stands around it does not make it a part of something longer. The
 * surroundings are looked at by patterns that are there already: one made for each name would cost milliseconds.
 */
function replaceWhole(
  text: string,
  wanted: string,
  around: { readonly before: RegExp; readonly after: RegExp; readonly by: string },
): string {
  return text.replace(new RegExp(escaped(wanted), "giu"), (found, at: number) => {
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + found.length, at + found.length + 2);
    return around.before.test(before) || around.after.test(after) ? found : around.by;
  });
}

/** A text without this person: the address wherever it stands, the name where it stands as a word of its own. */
export function withoutTraces(
  text: string,
  { email, name, isOwnName, replacement }: Traces,
): string {
  if (name !== "" && text === name) return FORMER_GUEST;
  const left = replaceWhole(text, email, {
    before: ADDRESS_GOES_ON_BEFORE,
    after: ADDRESS_GOES_ON_AFTER,
    by: replacement,
  });
  if (!isOwnName || name.length < SHORTEST_WITHIN_TEXT) return left;
  return replaceWhole(left, name, { before: LETTER_LAST, after: LETTER_FIRST, by: FORMER_GUEST });
}

/** The same for every text of a JSON value; keys and structure stay. */
export function jsonWithoutTraces(value: unknown, traces: Traces): unknown {
  if (typeof value === "string") return withoutTraces(value, traces);
  if (Array.isArray(value)) return value.map((inner) => jsonWithoutTraces(inner, traces));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, jsonWithoutTraces(inner, traces)]),
  );
}

/** What a meeting is called without its guest: `Consultation: Mika Sato` is `Consultation`. */
export function subjectWithout(
  subject: string,
  linkName: string | null,
  traces: readonly Traces[],
): string {
  const made =
    linkName !== null &&
    traces.some(({ name }) => subject === `${linkName}: ${name}`.slice(0, 200));
  if (made) return linkName;
  return traces.reduce(withoutTraces, subject).slice(0, 200);
}
