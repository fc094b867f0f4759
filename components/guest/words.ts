import { createTranslator } from "use-intl/core";
import { isolatedValues } from "@/lib/i18n/isolate";
import { formatTag } from "@/lib/time/format";

/** The part of the guest's texts that a page hands to its script, by section. */
export type GuestTexts = Readonly<Record<string, unknown>>;

/** Says one of the texts that were handed over, `section.key`. */
export type Words = (key: string, values?: Record<string, string | number>) => string;

/** The words of a page's script. Make it once per language: reading the texts costs more than saying them. */
export function wordsOf(locale: string, texts: GuestTexts): Words {
  const messages = texts as Record<string, never>;
  const translator = createTranslator({ locale: formatTag(locale), messages });
  const words = translator as unknown as Words;
  return (key, values) => words(key, isolatedValues(values, locale));
}
