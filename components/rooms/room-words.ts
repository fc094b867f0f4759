import type { ScreenReader } from "@/components/shell/viewer";
import type { TimelineRoom } from "@/lib/occupancy/core/timeline";
import type { WhyNot } from "@/lib/rooms/core/free";
import { formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { t } from "./rooms-text";

/** The zone's name where the reader could doubt it: of rooms that are elsewhere. */
const zoneWords = (at: number, zone: TimeZone, reader: ScreenReader): string =>
  zone === reader.zone ? "" : zoneAbbreviation(instantOf(at), zone, reader.locale);

/** "16:30 JST", on the clocks where the room is. */
export const timeThere = (at: number, zone: TimeZone, reader: ScreenReader): string =>
  [formatTime(instantOf(at), { ...reader, zone }), zoneWords(at, zone, reader)]
    .filter(Boolean)
    .join(" ");

/** "15:00–16:00", on the reader's own clock. */
export const rangeHere = (
  { from, to }: { readonly from: number; readonly to: number },
  reader: ScreenReader,
): string => formatTimeRange({ from: instantOf(from), to: instantOf(to) }, reader);

/** "Thu 19 Nov", or the time when it is the same day there. */
export const backAt = (at: number, now: number, zone: TimeZone, reader: ScreenReader): string => {
  const there = { ...reader, zone };
  const dayOf = (moment: number) => calendarDateAt(zone, instantOf(moment));
  return dayOf(at) === dayOf(now)
    ? timeThere(at, zone, reader)
    : formatDateShort(instantOf(at), there);
};

/** A room's state in a word or two: free, or why not. */
export function standingWords(
  standing: true | WhyNot,
  room: Pick<TimelineRoom, "zone">,
  reader: ScreenReader,
): string {
  if (standing === true) return t("rooms.free");
  const at = (moment: number) => timeThere(moment, room.zone, reader);
  switch (standing.kind) {
    case "taken":
      return t("rooms.until", { time: at(standing.until), zone: "" }).trim();
    case "closed":
      return standing.opens === null
        ? t("rooms.closed")
        : t("rooms.from", { time: at(standing.opens), zone: "" }).trim();
    case "out-of-service":
      return t("rooms.outOfService");
    case "too-small":
      return t("rooms.tooSmall", { count: standing.capacity });
    case "lacks":
      return t("rooms.lacks", { thing: (standing.equipment[0] ?? "").toLowerCase() });
    case "elsewhere":
      return t("rooms.elsewhere");
    case "not-yours":
      return t("rooms.notYours");
  }
}
