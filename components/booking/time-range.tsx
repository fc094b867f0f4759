import { formatTimeRange } from "@/lib/time/format";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";

/** "10:30–11:30 JST". Isolated: a 24-hour range runs from the left in every language, one with day halves as its words do. */
export function TimeRange({
  span,
  zone,
  locale,
  hourCycle,
  struck = false,
}: {
  readonly span: Interval;
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
  readonly struck?: boolean;
}) {
  const range = <bdi>{formatTimeRange(span, { zone, locale, hourCycle })}</bdi>;
  return (
    <>
      {struck ? <s>{range}</s> : range}
      <small> {zoneAbbreviation(span.from, zone, locale)}</small>
    </>
  );
}
