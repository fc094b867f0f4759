/** Shorter ones are guessed too soon, whatever they are made of. */
export const MIN_PASSWORD_CHARACTERS = 12;
/** Longer passwords are refused before they are hashed: hashing is a CPU target. */
export const MAX_PASSWORD_CHARACTERS = 256;

export type PasswordProblem = "too-short" | "too-long" | "too-common";

/**
 * What the passwords people choose most are made of. A password is refused when little is left of it without these:
 * that catches `Password123456!` and `qwertyuiop2026` without a list of millions.
 */
const COMMON = [
  "password passwort kennwort contrasena motdepasse parola senha sandi katasandi passphrase passwd passw0rd p@ssword",
  "p@ssw0rd pa55word pass letmein welcome willkommen bienvenue selamat changeme change temporary default secret",
  "geheim rahasia login signin access admin administrator root user guest test testing demo sample example",
  "qwertyuiop qwerty qwertz azerty asdfghjkl asdfgh asdf zxcvbnm zxcvbn yxcvbnm qazwsxedc qazwsx 1qaz2wsx 1q2w3e4r5t",
  "1q2w3e4r 1q2w3e q1w2e3r4 zaq12wsx abcdefghijklmnopqrstuvwxyz abcdef abcd abc123 abc aaa",
  "iloveyou ilove loveyou lovely princess prince sunshine shadow master monkey dragon tiger football baseball",
  "basketball soccer hockey superman batman spiderman pokemon naruto starwars matrix flower butterfly rainbow chocolate",
  "cookie banana cheese pepper ginger summer winter spring autumn january february march april june july august",
  "september october november december monday tuesday wednesday thursday friday saturday sunday michael jennifer jordan",
  "jessica ashley michelle daniel andrew thomas charlie george robert hunter ranger killer trustno1 whatever nothing",
  "computer internet samsung google facebook microsoft windows apple iphone android company business office meeting",
  "meridian calendar hello hallo world freedom liberty correcthorsebatterystaple correct horse battery staple",
]
  .join(" ")
  .split(" ")
  .sort((left, right) => right.length - left.length);

const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();
const unleet = (text: string): string => text.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);

/** Runs that go on by one, or stay: `123456`, `fedcba`, `aaaa`. Each counts as one character. */
function withoutRuns(text: string): string {
  let left = "";
  let step: number | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const difference = at === 0 ? undefined : text.charCodeAt(at) - text.charCodeAt(at - 1);
    const goesOn =
      difference !== undefined && Math.abs(difference) <= 1 && (step ?? difference) === difference;
    if (goesOn) step = difference;
    else {
      left += text[at];
      step = undefined;
    }
  }
  return left;
}

/** The password without what everybody uses, and without what is known of its owner. */
function rest(text: string, known: readonly string[]): string {
  let left = text;
  for (const word of known) if (word.length >= 3) left = left.replaceAll(word, " ");
  for (const word of COMMON) left = left.replaceAll(word, " ");
  return withoutRuns(left.replace(/(?:19|20)\d\d/g, " ").replace(/[\s\d\W_]+/g, ""));
}

/** Less than this many characters that are nobody's habit: too easy. */
const MIN_OWN_CHARACTERS = 4;
const MIN_OWN_DIGITS = 8;
const MIN_DIFFERENT_CHARACTERS = 5;

/**
 * What is wrong with a new password, or undefined. Length, and not among what everybody tries first; no rules about
 * kinds of characters. `about` is what is known of the person: name, address, the workspace's name.
 */
export function passwordProblem(
  password: string,
  about: readonly string[] = [],
): PasswordProblem | undefined {
  const text = plain(password);
  if ([...text].length < MIN_PASSWORD_CHARACTERS) return "too-short";
  if (password.length > MAX_PASSWORD_CHARACTERS) return "too-long";
  if (new Set(text).size < MIN_DIFFERENT_CHARACTERS) return "too-common";
  const known = about.flatMap((one) => plain(one).split(/[^\p{L}\p{N}]+/u));
  // Letters of other scripts are on no list of ours, and digits alone are judged by their runs.
  const foreign = [...text.replace(/\p{ASCII}/gu, "")].length;
  const digits = /\p{L}/u.test(text) ? 0 : withoutRuns(text.replace(/\D/g, "")).length;
  if (foreign >= MIN_OWN_CHARACTERS || digits >= MIN_OWN_DIGITS) return undefined;
  const own = Math.min(rest(text, known).length, rest(unleet(text), known).length);
  return own < MIN_OWN_CHARACTERS ? "too-common" : undefined;
}
