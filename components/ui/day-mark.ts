import { t } from "./office-text";

/** "+1 day" or "−1 day" beside a time whose date is not the reader's; empty on the same day. */
export function dayMark(days: number): string {
  if (days === 0) return "";
  return days > 0 ? t("home.dayAfter") : t("home.dayBefore");
}
