import { t } from "./calendar-text";

/** What the keys of the calendar do, for the list of all keys. */
export const CALENDAR_KEYS: readonly (readonly [readonly string[], string])[] = [
  [["D", "W", "M", "P", "L"], t("keys.views")],
  [["←", "→"], t("keys.previousNext")],
  [["T"], t("keys.today")],
  [["N"], t("keys.new")],
  [["Shift", "↑ ↓ ← →"], t("keys.move")],
  [["Alt", "↑ ↓"], t("keys.stretch")],
  [["⌘", "Z"], t("keys.undo")],
];
