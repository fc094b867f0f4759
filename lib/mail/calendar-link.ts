import { signPayload, verifyPayload } from "@/lib/crypto/capability";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";

/** A calendar file is fetched when somebody adds a meeting, which is before it; the link outlives it a little. */
const LIFETIME_MS = 400 * DAY_MS;

export type CalendarFileOf = {
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly attendeeId: string;
};

/** The signed address of one reader's calendar file: the only way to it, and nothing else can be made of it. */
export function calendarFileUrl(
  { keys, appUrl, now }: { keys: KeyRing; appUrl: string; now: () => Instant },
  file: CalendarFileOf,
): string {
  const payload = [file.workspaceId, file.meetingId, file.attendeeId].join("/");
  const signed = signPayload(keys, "calendar-file", payload, instantOf(now() + LIFETIME_MS));
  return `${appUrl}/api/v1/calendar-files/${signed}`;
}

/** Whose file a signed part names; undefined when it is not ours, was altered, or has expired. */
export function readCalendarLink(
  keys: KeyRing,
  signed: string,
  now: Instant,
): CalendarFileOf | undefined {
  const [workspaceId, meetingId, attendeeId, ...rest] =
    verifyPayload(keys, "calendar-file", signed, now)?.split("/") ?? [];
  if (rest.length > 0 || workspaceId === undefined || meetingId === undefined) return undefined;
  return attendeeId === undefined ? undefined : { workspaceId, meetingId, attendeeId };
}
