import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTranslator } from "use-intl/core";
import { formatTag } from "@/lib/time/format";
import type { Cities } from "./cities";
import { isolatedValues } from "./isolate";
import type { Locale } from "./locale";
import { DEFAULT_LOCALE } from "./locale";

/** Texts of one namespace: words, or groups of words, in ICU MessageFormat. */
export type Messages = { readonly [key: string]: string | Messages };

// Every process of the product runs in the checkout, as the migrations and the build expect too.
const root = () => join(/* turbopackIgnore: true */ process.cwd(), "messages");

const read = new Map<string, Messages>();

/**
 * What only people who sign in read is written in the default language first, and answered in it until a
 * language has its own file. Everything a guest sees must exist in every language.
 */
export const DEFAULT_LANGUAGE_FIRST: readonly string[] = [
  "office",
  "office-calendar",
  "office-calendars",
  "office-meetings",
  "office-people",
  "office-admin",
  "office-mail",
  "office-rooms",
  "office-series",
  "account",
  "account-mail",
  "availability",
  "links",
  "office-online",
  "office-reports",
  "office-crm",
  "office-crm-activities",
  "office-crm-board",
  "office-crm-deal",
  "office-crm-import",
  "office-crm-list",
  "office-crm-merge",
  "office-crm-new",
  "office-crm-parties",
  "office-crm-setup",
  "office-crm-targets",
  "office-charts",
  "office-dashboards-executive",
  "office-dashboards-shell",
  "office-dashboards-strategic",
  "office-forecasting",
  "office-metrics",
];

/** The namespaces of that language in alphabetical order: the files of `messages/<locale>/`. */
export const listNamespaces = (locale: Locale): readonly string[] =>
  readdirSync(join(root(), locale))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();

function readNamespace(locale: Locale, namespace: string): Messages {
  const key = `${locale}/${namespace}`;
  const known = read.get(key);
  if (known) return known;
  if (!/^[a-z-]+$/.test(namespace)) throw new Error(`not a namespace of messages: ${namespace}`);
  const spoken =
    DEFAULT_LANGUAGE_FIRST.includes(namespace) && !listNamespaces(locale).includes(namespace)
      ? DEFAULT_LOCALE
      : locale;
  const messages: Messages = JSON.parse(
    readFileSync(join(root(), spoken, `${namespace}.json`), "utf8"),
  );
  read.set(key, messages);
  return messages;
}

/**
 * The texts of these namespaces, `{ [namespace]: texts }`, as next-intl's provider and
 * `createTranslator` take them. Read once per process. Throws when a file is missing: the catalogue
 * test keeps every language complete, so that is a broken installation.
 */
export const loadMessages = <Namespace extends string>(
  locale: Locale,
  namespaces: readonly Namespace[],
): Record<Namespace, Messages> =>
  Object.fromEntries(
    namespaces.map((namespace) => [namespace, readNamespace(locale, namespace)]),
  ) as Record<Namespace, Messages>;

/** Says a text of one namespace. Throws on an unknown key or a missing value: never half a sentence. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

const translators = new Map<string, Translate>();

/**
 * The translator of one namespace outside React: mails, calendar files, jobs, API answers. Built once
 * per language and namespace, because parsing ICU messages costs more than saying them.
 */
export function translatorFor(locale: Locale, namespace: string): Translate {
  const key = `${locale}/${namespace}`;
  const known = translators.get(key);
  if (known) return known;
  // Keys are checked when said, not when compiled: the catalogue is data, and its type would be `never`.
  const translator = createTranslator({
    locale: formatTag(locale),
    messages: loadMessages(locale, [namespace]),
    namespace,
    timeZone: "UTC",
    onError: (error) => {
      throw error;
    },
  }) as unknown as Translate;
  const translate: Translate = (text, values) => translator(text, isolatedValues(values, locale));
  translators.set(key, translate);
  return translate;
}

/** The names of cities in that language. */
export const citiesOf = (locale: Locale): Cities =>
  // A flat file of names; the catalogue test reads it like every other.
  loadMessages(locale, ["cities"]).cities as Cities;
