import { createTranslator } from "next-intl";
import type { RecurrenceRule } from "@/lib/meetings/core/recurrence";
import { parseRule } from "@/lib/meetings/core/rrule";
import { ruleWords } from "@/lib/meetings/core/rule-words";
import type { TimeZone } from "@/lib/time/zone";
import messages from "@/messages/en/office-series.json";

const translate = createTranslator({ locale: "en", messages });

/** The office's texts about series, by key; English first, like all of the office. */
export const say = (key: string, values: Record<string, string | number> = {}): string =>
  translate(key as Parameters<typeof translate>[0], values as never);

/** "every Tuesday": how a series repeats, without its end. */
export const repeatsWords = (rule: RecurrenceRule, locale: string): string =>
  ruleWords(rule, say, locale);

/** "Repeats every Tuesday", of a date of a series. */
export function seriesLine(
  { rule: text, zone, detached }: { rule: string; zone: TimeZone; detached: boolean },
  locale: string,
): string {
  const rule = parseRule(text, zone);
  if (rule === undefined) return "";
  return say(detached ? "line.differs" : "line.series", { what: repeatsWords(rule, locale) });
}
