import type { ScheduleHours } from "@/lib/availability/core/schedule";
import type { UserId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import type { HostSnapshot, LinkSnapshot } from "./snapshot";

/** What a page shows of a week that is not saved yet. */
export type HoursPreview = {
  readonly status: "shown";
  /** Every start a guest would be offered in the week asked for, ascending. */
  readonly starts: readonly Instant[];
  readonly durationMinutes: number;
  /** The link takes no bookings at all at the moment. */
  readonly closed: boolean;
};

export type HoursPreviewAnswer =
  | { readonly status: "idle" }
  | HoursPreview
  | { readonly status: "invalid"; readonly fields: Readonly<Record<string, string>> }
  | { readonly status: "refused"; readonly message: string };

const draftOf = (
  hours: ScheduleHours,
): Pick<HostSnapshot, "zone" | "hours" | "overrides" | "travel" | "observesHolidays"> => ({
  zone: hours.zone,
  hours: hours.weekly.map(({ day, fromMinute, toMinute }) => [day, fromMinute, toMinute] as const),
  overrides: hours.overrides.flatMap(({ date, ranges }): HostSnapshot["overrides"] =>
    ranges.length === 0
      ? [[date, null, null]]
      : ranges.map(({ fromMinute, toMinute }) => [date, fromMinute, toMinute]),
  ),
  travel: hours.travel.map(({ from, to, zone }) => [from, to, zone] as const),
  observesHolidays: hours.observesHolidays,
});

/** The link as it would be if this host kept these hours; everything else stays as it is. */
export const withHours = (
  link: LinkSnapshot,
  userId: UserId,
  hours: ScheduleHours,
): LinkSnapshot => ({
  ...link,
  hosts: link.hosts.map((host) => (host.userId === userId ? { ...host, ...draftOf(hours) } : host)),
});
