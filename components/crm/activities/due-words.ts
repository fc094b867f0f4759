import type { ScreenReader } from "@/components/shell/viewer";
import type { ActivityRow } from "@/lib/crm/core/activity";
import { dueDayOf } from "@/lib/crm/core/activity";
import { t } from "@/lib/crm/core/activity-text";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt, startOfDay } from "@/lib/time/offset";

/** "14:00" of today, "Tue 24 Nov, 14:00" of other days; a whole day is its day, today "all day". */
export function dueWords(
  { dueAt, allDay }: Pick<ActivityRow, "dueAt" | "allDay">,
  now: Instant,
  reader: ScreenReader,
): string {
  if (dueAt === null) return "";
  const day = dueDayOf({ dueAt, allDay }, reader.zone);
  const isToday = day === calendarDateAt(reader.zone, now);
  const date = isToday ? [] : [formatDateShort(startOfDay(day, reader.zone), reader)];
  const time = allDay ? [] : [formatTime(dueAt, reader)];
  const words = [...date, ...time];
  return words.length === 0 ? t("page.allDay") : words.join(", ");
}

/** Who it is about: the deal's own name, and of its contact and its company what that does not say already. */
export function aboutWords({ lead }: Pick<ActivityRow, "lead">): string {
  const more = [lead.contactName, lead.companyName].filter(
    (word) => word !== null && word !== "" && !lead.name.includes(word),
  );
  return [...new Set([lead.name, ...more])].join(" · ");
}
