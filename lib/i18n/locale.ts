/**
 * The languages the product speaks, as the folders of `messages/`; a test keeps the two equal, so a
 * new language is its folder and its name here. Browser-safe: no file is read.
 */
export const LOCALES = ["en", "id", "ja", "de", "ar"] as const;

export type Locale = (typeof LOCALES)[number];

/** Spoken when a reader's own languages are all unknown here. */
export const DEFAULT_LOCALE: Locale = "en";

// Each language in its own words, for a switch that must be readable to those who need it.
const OWN_NAMES: Record<Locale, string> = {
  en: "English",
  id: "Bahasa Indonesia",
  ja: "日本語",
  de: "Deutsch",
  ar: "العربية",
};

/** The language's name in that language: "日本語". */
export const localeName = (locale: Locale): string => OWN_NAMES[locale];

const RIGHT_TO_LEFT = /^(ar|he|fa|ur)\b/;

/** Which way the text of that language runs, for the `dir` attribute. */
export const localeDirection = (locale: string): "ltr" | "rtl" =>
  RIGHT_TO_LEFT.test(locale) ? "rtl" : "ltr";

// CLDR's first days for the languages as such, except English, which keeps the Sunday of the product's pictures. Not
// asked of the runtime: browsers without `getWeekInfo` would draw another month than the server.
const WEEK_STARTS: Record<Locale, 0 | 1 | 6> = { en: 0, id: 0, ja: 0, de: 1, ar: 6 };

/** The day a week begins on, 0 = Sunday; Sunday for a language that is not spoken here. */
export const weekStart = (locale: string): 0 | 1 | 6 => {
  const spoken = parseLocale(locale);
  return spoken === undefined ? 0 : WEEK_STARTS[spoken];
};

/** What stands between the items of a list in a line: ", ", or "، " where text runs from the right. */
export const comma = (locale: string): string => (localeDirection(locale) === "rtl" ? "، " : ", ");

/**
 * The spoken language a BCP 47 tag asks for: "ja", "ja-JP" and "JA_jp" are all "ja". Undefined when
 * the text is no tag or its language is not spoken here. Never throws: guests choose this text.
 */
export function parseLocale(text: string): Locale | undefined {
  if (text.length > 35 || !/^[a-z]{2,3}([-_][a-z0-9]{1,8})*$/i.test(text)) return undefined;
  const tag = text.toLowerCase().replaceAll("_", "-");
  // The longest known prefix wins, so that "pt-br" could stand beside "pt" one day.
  return [...LOCALES]
    .sort((a, b) => b.length - a.length)
    .find((locale) => tag === locale.toLowerCase() || tag.startsWith(`${locale.toLowerCase()}-`));
}

type Wish = { readonly tag: string; readonly weight: number };

function parseWish(part: string): Wish | undefined {
  const [tag = "", ...parameters] = part.split(";").map((piece) => piece.trim());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return tag === "" || !(weight > 0 && weight <= 1) ? undefined : { tag, weight };
}

/**
 * The best spoken language for an `Accept-Language` header (RFC 9110 12.5.4). Equal weights keep the
 * header's order; `*`, nothing known or no header at all is the default language.
 */
export function negotiateLocale(acceptLanguage: string | null | undefined): Locale {
  // A header is untrusted and unbounded; nobody reads twenty languages.
  const wishes = (acceptLanguage ?? "").slice(0, 500).split(",").slice(0, 20).map(parseWish);
  const ranked = wishes
    .filter((wish) => wish !== undefined)
    .sort((a, b) => b.weight - a.weight)
    .map((wish) => parseLocale(wish.tag));
  return ranked.find((locale) => locale !== undefined) ?? DEFAULT_LOCALE;
}
