import { instantOf } from "./instant";
import { offsetMinutesAt } from "./offset";
import { parseTimeZone } from "./zone";

// British Columbia stopped changing its clocks with tzdata 2026b: older data would put its winter mails an hour off.
const PROBE_ZONE = "America/Vancouver";
const PROBE = instantOf(Date.UTC(2026, 11, 15, 12));
const EXPECTED_MINUTES = -7 * 60;

export type TzdataState = { readonly current: boolean; readonly detail: string };

/** Whether this runtime's time zone data knows 2026's changes. `detail` is for the health page and the log. */
export function tzdataIsCurrent(): TzdataState {
  const version = process.versions.tz ?? "unknown";
  const zone = parseTimeZone(PROBE_ZONE);
  const actual = zone === undefined ? undefined : offsetMinutesAt(zone, PROBE);
  const current = actual === EXPECTED_MINUTES;
  const detail = current
    ? `tzdata ${version}`
    : `tzdata ${version} is out of date: ${PROBE_ZONE} is ${actual ?? "unknown"} minutes from UTC in December 2026, not ${EXPECTED_MINUTES}. Update Node, or point NODE_ICU_DATA at newer data.`;
  return { current, detail };
}
