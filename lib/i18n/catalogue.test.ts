import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { TimeZone } from "@/lib/time/zone";
import type { Messages } from "./catalogue";
import {
  citiesOf,
  DEFAULT_LANGUAGE_FIRST,
  listNamespaces,
  loadMessages,
  translatorFor,
} from "./catalogue";
import { cityIn } from "./cities";
import type { Locale } from "./locale";
import {
  DEFAULT_LOCALE,
  LOCALES,
  localeDirection,
  localeName,
  negotiateLocale,
  parseLocale,
  weekStart,
} from "./locale";

type Entry = readonly [key: string, text: string];

const entriesOf = (messages: Messages, prefix = ""): readonly Entry[] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${prefix}${key}`, value] as const]
      : entriesOf(value, `${prefix}${key}.`),
  );

const catalogueOf = (locale: Locale): ReadonlyMap<string, string> =>
  new Map(
    listNamespaces(locale).flatMap((namespace) =>
      entriesOf(loadMessages(locale, [namespace])[namespace] ?? {}, `${namespace}.`),
    ),
  );

// `{name}`, `{count, plural, …}`, `<link>`: what a text needs from the code that says it. The branches of
// a plural differ between languages, so only names and kinds of arguments are compared.
function needsOf(text: string): readonly string[] {
  const needs = new Set<string>();
  for (const [, name, kind] of text.matchAll(/\{\s*(\w+)\s*(?:\}|,\s*(\w+))/g))
    needs.add(kind ? `${name}:${kind}` : `${name}`);
  for (const [, tag] of text.matchAll(/<(\w+)>/g)) needs.add(`<${tag}>`);
  return [...needs].sort();
}

const spoken = catalogueOf(DEFAULT_LOCALE);

test("the spoken languages are exactly the folders of messages", () => {
  expect([...LOCALES].sort()).toEqual(readdirSync("messages").sort());
});

test("this test sees the catalogue", () => {
  expect(spoken.size).toBeGreaterThan(40);
});

for (const locale of LOCALES) {
  const texts = catalogueOf(locale);

  test(`${locale} says everything ${DEFAULT_LOCALE} says, and nothing more`, () => {
    const own = listNamespaces(locale);
    const required = [...spoken.keys()].filter((key) => {
      const namespace = key.split(".")[0] ?? "";
      return own.includes(namespace) || !DEFAULT_LANGUAGE_FIRST.includes(namespace);
    });
    expect([...texts.keys()].sort()).toEqual(required.sort());
  });

  test(`no text of ${locale} is empty`, () => {
    expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test(`${locale} needs the same values from the code as ${DEFAULT_LOCALE}`, () => {
    const different = [...texts]
      .map(([key, text]) => ({ key, has: needsOf(text), wants: needsOf(spoken.get(key) ?? "") }))
      .filter(({ has, wants }) => has.join() !== wants.join());
    expect(different).toEqual([]);
  });

  test(`every text of ${locale} is valid ICU MessageFormat`, () => {
    for (const [key, text] of texts) {
      const [namespace = "", ...rest] = key.split(".");
      const values = Object.fromEntries(needsOf(text).map((need) => [need.split(":")[0] ?? "", 2]));
      if (text.includes("</")) continue; // rich texts are said by React, which supplies the tags
      expect(translatorFor(locale, namespace)(rest.join("."), values), key).not.toBe("");
    }
  });
}

test("a text that does not exist, or lacks a value, is refused instead of half said", () => {
  const say = translatorFor("en", "mail");
  expect(() => say("no.such.text")).toThrow();
  expect(() => say("subject.invitation")).toThrow();
});

test("a reader's language is found by its tag, and rubbish is nobody's language", () => {
  expect(parseLocale("ja")).toBe("ja");
  expect(parseLocale("ja-JP")).toBe("ja");
  expect(parseLocale("EN_us")).toBe("en");
  for (const rubbish of ["", "xx", "../en", "en;drop", "e".repeat(99), "jab"])
    expect(parseLocale(rubbish)).toBeUndefined();
});

test("the browser's wishes are obeyed in order of their weight", () => {
  expect(negotiateLocale("fr-FR, ja;q=0.8, en;q=0.9")).toBe("en");
  expect(negotiateLocale("fr, ja-JP;q=0.7")).toBe("ja");
  expect(negotiateLocale("pt-BR, de-AT;q=0.9, en;q=0.8")).toBe("de");
  expect(negotiateLocale("ar-EG,ar;q=0.9,en;q=0.5")).toBe("ar");
  expect(negotiateLocale("id-ID,id;q=0.9,en-US;q=0.8")).toBe("id");
  expect(negotiateLocale("en;q=0, ja;q=0.1")).toBe("ja");
  expect(negotiateLocale("*")).toBe(DEFAULT_LOCALE);
  expect(negotiateLocale(null)).toBe(DEFAULT_LOCALE);
  expect(negotiateLocale(";;q=banana,,,")).toBe(DEFAULT_LOCALE);
});

test("every language has a name of its own and a direction", () => {
  expect(LOCALES.map(localeName)).toEqual([
    "English",
    "Bahasa Indonesia",
    "日本語",
    "Deutsch",
    "العربية",
  ]);
  expect(localeDirection("ja")).toBe("ltr");
  expect(localeDirection("ar-EG")).toBe("rtl");
  expect(LOCALES.filter((locale) => localeDirection(locale) === "rtl")).toEqual(["ar"]);
});

test("a week begins on the day the reader's language has it", () => {
  expect(LOCALES.map(weekStart)).toEqual([0, 0, 0, 1, 6]);
  expect(weekStart("de-AT")).toBe(1);
  expect(weekStart("xx")).toBe(0);
});

// Every form a language counts with, over the numbers people meet; fewer branches would silently say "other".
for (const locale of LOCALES)
  test(`every plural of ${locale} has the forms the language counts with`, () => {
    const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const short = [...catalogueOf(locale)].filter(([, text]) =>
      pluralsIn(text).some((branches) => {
        const plain = branches.filter((branch) => !branch.startsWith("="));
        // A lone "other" says the same for every number, as for a suffix like "and the other guests".
        return plain.length > 1 && needed.some((form) => !covered(form, branches));
      }),
    );
    expect(short.map(([key]) => key)).toEqual([]);
  });

/** `=0` stands for the zero form, and so does a text that never counts nothing. */
const covered = (form: string, branches: readonly string[]): boolean =>
  branches.includes(form) || (form === "zero" && branches.includes("=0"));

/** The branches of each plural of a text, the innermost first: `[["one", "other"]]`. */
function pluralsIn(text: string): readonly (readonly string[])[] {
  const found: string[][] = [];
  let rest = text;
  let before = "";
  while (rest !== before) {
    before = rest;
    // What stands in braces without braces of its own gives way to a mark, so that plurals come up from the inside.
    rest = before.replace(/\{([^{}]*)\}/g, (_whole, inner: string) => {
      const [, branches] = /^\s*\w+\s*,\s*plural\s*,(.*)$/s.exec(inner) ?? [];
      if (branches !== undefined) found.push(branches.split("|").map((name) => name.trim()));
      return "|";
    });
  }
  return found.map((branches) => branches.filter((name) => name !== ""));
}

test("a city is called as the reader's language calls it, and by its zone's name where it has none", () => {
  const tokyo = "Asia/Tokyo" as TimeZone;
  expect(LOCALES.map((locale) => cityIn(citiesOf(locale), tokyo))).toEqual([
    "Tokyo",
    "Tokyo",
    "東京",
    "Tokio",
    "طوكيو",
  ]);
  expect(cityIn(citiesOf("ar"), "America/Lima" as TimeZone)).toBe("Lima");
  expect(cityIn(citiesOf("de"), "Asia/Saigon" as TimeZone)).toBe("Ho-Chi-Minh-Stadt");
});
