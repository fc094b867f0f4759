/** Lower case without accents; the same as `search_fold` in SQL. */
export const foldText = (said: string): string =>
  said
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "");

const BETWEEN =
  /[\p{Cc}\u0020-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]+/u;

/** The words of a text, folded; the same as `search_words` in SQL. */
export const wordsOf = (said: string): readonly string[] =>
  foldText(said)
    .split(BETWEEN)
    .filter((word) => word !== "");

/** What somebody is looking for, taken apart. */
export type Sought = {
  /** D-7632, L-12, #7632 or bare. */
  readonly number: number | undefined;
  /** Digits of a phone, without the zeros of a country dialled from inside. */
  readonly phone: string | undefined;
  /** An address or its beginning, lower case. */
  readonly emails: readonly string[];
  readonly words: readonly string[];
};

const NUMBER = /^(?:[DL][-\s]?|#\s?)?(\d{1,15})$/i;
const PHONE = /^\+?[\d\s()./-]{5,}$/;
const MOST_WORDS = 8;

/** Takes a query apart. A lone letter beside other words is left out: nobody is found by it. */
export function soughtBy(query: string): Sought {
  const said = query.trim().slice(0, 200);
  const number = NUMBER.exec(said)?.[1];
  const digits = said.replaceAll(/\D/g, "").replace(/^0+/, "");
  const phone = PHONE.test(said) && digits.length >= 5 ? digits : undefined;
  if (number !== undefined || phone !== undefined)
    return {
      number: number === undefined ? undefined : Number(number),
      phone,
      emails: [],
      words: [],
    };
  const parts = said.split(/\s+/);
  const words = parts.filter((part) => !part.includes("@")).flatMap(wordsOf);
  const long = words.filter((word) => word.length > 1);
  return {
    number: undefined,
    phone: undefined,
    emails: parts.filter((part) => part.includes("@")).map((part) => part.toLowerCase()),
    words: (long.length > 0 ? long : words).slice(0, MOST_WORDS),
  };
}

export const seeksNothing = ({ number, phone, emails, words }: Sought): boolean =>
  number === undefined && phone === undefined && emails.length === 0 && words.length === 0;

const lexeme = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
const begun = (text: string): string => `${lexeme(text)}:*`;

/**
 * The query of the word index, or undefined where only a number was asked for. Words are beginnings, all of them must
 * be there; `like` gives the words in use that stand for a mistyped one.
 */
export function searchQuery(
  { phone, emails, words }: Sought,
  like: ReadonlyMap<string, readonly string[]> = new Map(),
): string | undefined {
  if (phone !== undefined) return `${begun(phone)} | ${begun(`~${[...phone].reverse().join("")}`)}`;
  const parts = [
    ...emails.map(begun),
    ...words.map((word) => {
      const others = like.get(word);
      return others === undefined ? begun(word) : `(${others.map(lexeme).join(" | ")})`;
    }),
  ];
  return parts.length === 0 ? undefined : parts.join(" & ");
}

/** Steps from one word to another: letters left out, added, exchanged, or two neighbours swapped. */
export function typingDistance(one: string, other: string): number {
  let older: number[] = [];
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(
        (before[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (before[j - 1] ?? 0) + same,
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [older, before] = [before, row];
  }
  return before[other.length] ?? 0;
}

const MOST_ALIKE = 20;

/**
 * Which of these words somebody may have meant: at most one slip in a short word, two in a longer one, three in a very
 * long one; the nearest first. What was typed may be a beginning, so the beginnings of longer words count too.
 */
export function wordsMeant(typed: string, known: readonly string[]): readonly string[] {
  const slips = typed.length <= 4 ? 1 : 2 + Number(typed.length > 9);
  return known
    .map((word) => ({
      word,
      distance: Math.min(
        typingDistance(typed, word),
        word.length > typed.length ? typingDistance(typed, word.slice(0, typed.length)) + 0.5 : 9,
      ),
    }))
    .filter(({ distance }) => distance <= slips)
    .sort((a, b) => a.distance - b.distance || a.word.length - b.word.length)
    .slice(0, MOST_ALIKE)
    .map(({ word }) => word);
}
