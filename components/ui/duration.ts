import { t } from "./office-text";

/** For what is far off: whole hours from two hours on, whole days from two days on. */
export function roughDurationText(minutes: number): string {
  if (minutes >= 2 * 1440) return durationText(Math.floor(minutes / 1440) * 1440);
  return durationText(minutes >= 120 ? Math.floor(minutes / 60) * 60 : minutes);
}

/** "45 min", "2 h", "4 h 15 min"; a day and more in days and hours: "1 d 3 h". Rounds down to whole minutes. */
export function durationText(minutes: number): string {
  const whole = Math.max(0, Math.floor(minutes));
  const days = Math.floor(whole / 1440);
  const hours = Math.floor((whole % 1440) / 60);
  const rest = whole % 60;
  if (days > 0)
    return hours > 0 ? t("duration.daysHours", { days, hours }) : t("duration.days", { days });
  if (hours === 0) return t("duration.minutes", { minutes: rest });
  return rest === 0
    ? t("duration.hours", { hours })
    : t("duration.hoursMinutes", { hours, minutes: rest });
}
