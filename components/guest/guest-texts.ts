import "server-only";
import { loadMessages } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import type { GuestTexts } from "./words";

/** The sections of the guest's texts that a page's script needs; the rest stays on the server. */
export function guestTexts(locale: Locale, sections: readonly string[]): GuestTexts {
  const { guest } = loadMessages(locale, ["guest"]);
  return Object.fromEntries(sections.map((section) => [section, guest[section] ?? {}]));
}
