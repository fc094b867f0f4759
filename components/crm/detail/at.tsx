import type { ScreenReader } from "@/components/shell/viewer";
import { formatDateLong, formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { zoneAbbreviation } from "@/lib/time/zone-names";

/** "13:20" today, "Wed 18 Nov, 13:20" on another day; the full date on hover. */
export function At({
  moment,
  now,
  reader,
}: {
  moment: Instant;
  now: Instant;
  reader: ScreenReader;
}) {
  const today = calendarDateAt(reader.zone, moment) === calendarDateAt(reader.zone, now);
  const time = formatTime(moment, reader);
  return (
    <time
      dateTime={toIso(moment)}
      title={`${formatDateLong(moment, reader)}, ${time} ${zoneAbbreviation(moment, reader.zone, reader.locale)}`}
    >
      {today ? time : `${formatDateShort(moment, reader)}, ${time}`}
    </time>
  );
}
