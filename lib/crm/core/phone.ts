import type { CountryCode } from "libphonenumber-js/min";
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** What the database takes for a phone number. */
const E164 = /^\+[1-9][0-9]{4,14}$/;

const isCountry = (code: string | null | undefined): code is CountryCode =>
  typeof code === "string" && isSupportedCountry(code);

/**
 * The number as it is dialled from anywhere (E.164), from however somebody wrote it: "+65 6123 4567", "0065…", "6123 4567"
 * in Singapore. Without a country code in the number, `country` (ISO 3166, of the record or the workspace) decides; without
 * either it is no number. An extension is dropped. Undefined: not a number that could be dialled.
 */
export function phoneOf(text: string, country?: string | null): string | undefined {
  const written = text.trim().replace(/^00(?=[1-9])/, "+");
  const found = parsePhoneNumberFromString(
    written,
    isCountry(country) ? { defaultCountry: country, extract: false } : { extract: false },
  );
  return found?.isPossible() === true && E164.test(found.number) ? found.number : undefined;
}

/** "+65 6123 4567": as people read it. What is no number is told as it stands. */
export const formatPhone = (e164: string): string =>
  parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
