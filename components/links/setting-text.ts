import type { SettingName } from "@/lib/links/core/link-settings";
import { words } from "./words";

/** What the editor calls a setting. */
const NAMES: Readonly<Record<SettingName, string>> = {
  name: words("basics.name"),
  description: words("basics.description"),
  token: words("basics.token"),
  active: words("basics.active"),
  zone: words("hours.zone"),
  zoneLocked: words("hours.zoneLocked"),
  durationMinutes: words("rules.durations"),
  otherDurations: words("rules.durations"),
  intervalMinutes: words("rules.interval"),
  offsetMinutes: words("rules.offset"),
  bufferBeforeMinutes: words("rules.bufferBefore"),
  bufferAfterMinutes: words("rules.bufferAfter"),
  noticeMinutes: words("rules.notice"),
  horizon: words("rules.horizon"),
  limits: words("rules.limits"),
  questions: words("questions.title"),
  extraGuests: words("rules.extraGuests"),
  seats: words("rules.seats"),
  showSeats: words("rules.showSeats"),
  waitingList: words("rules.waitingList"),
  makesLeads: words("rules.makesLeads"),
  places: words("place.title"),
  roomIds: words("place.rooms"),
  needsApproval: words("approval.title"),
  holdMinutes: words("approval.hold"),
  changeDeadlineMinutes: words("rules.deadline"),
  expiresAt: words("rules.expiresAt"),
  maxUses: words("rules.maxUses"),
  hosts: words("hours.hosts"),
  colour: words("look.colour"),
  logoId: words("look.logo"),
  afterNote: words("after.note"),
  redirectUrl: words("after.redirect"),
  reminderMinutes: words("after.reminders"),
};

export const settingName = (name: SettingName): string => NAMES[name];

const LONGEST = 120;

/** A setting's value in few words, for choosing between two. */
export function settingText(value: unknown): string {
  if (value === null || value === "") return "—";
  if (typeof value === "boolean") return value ? "✓" : "✗";
  if (Array.isArray(value)) {
    const parts = value.map((item: unknown) =>
      typeof item === "object" && item !== null && "label" in item
        ? String(item.label)
        : settingText(item),
    );
    return parts.join(", ").slice(0, LONGEST) || "—";
  }
  const text = typeof value === "object" ? Object.values(value).join(" ") : String(value);
  return text.slice(0, LONGEST);
}
