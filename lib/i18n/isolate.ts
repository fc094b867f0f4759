import { localeDirection } from "./locale";

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/**
 * A name, an address or a range of times inside a sentence that runs from the right. Isolated it keeps its own
 * direction, and neither its full stops nor the sentence's brackets change sides. Sentences that run from the left,
 * where names of either direction do no harm, are left as they are.
 */
export const isolated = (text: string, locale: string): string =>
  localeDirection(locale) === "rtl" && text !== "" && !isAddress(text)
    ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`
    : text;

// Mail and calendar programs make a link of everything up to the next space, and would take the mark into it.
const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

/** The values of a sentence, each text among them isolated. Numbers need nothing: they have no direction to lose. */
export function isolatedValues<Value extends string | number>(
  values: Readonly<Record<string, Value>> | undefined,
  locale: string,
): Record<string, string | number> | undefined {
  if (values === undefined || localeDirection(locale) === "ltr") return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? isolated(value, locale) : value,
    ]),
  );
}
