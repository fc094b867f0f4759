/** Times before a meeting somebody may be reminded at, minutes, the nearest first. */
export const REMINDER_CHOICES = [5, 10, 30, 60, 120, 1_440, 2_880, 10_080] as const;
