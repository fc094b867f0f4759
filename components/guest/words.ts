import { createTranslator } from "use-intl/core";
/** The part of the guest's texts that a page hands to its script, by section. */
export type GuestTexts = Readonly<Record<string, unknown>>;

/** Says one of the texts that were handed over, `section.key`. */
export type Words = (key: string, values?: Record<string, string | number>) => string;

/** The words of a page's script. Make it once per language: reading the texts costs more than saying them. */
export function wordsOf(locale: string, texts: GuestTexts): Words {
  const translator = createTranslator({ locale, messages: texts as Record<string, never> });
  return translator as unknown as Words;
}
