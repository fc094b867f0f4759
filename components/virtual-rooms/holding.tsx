import type { ScreenReader } from "@/components/shell/viewer";
import type { RoomAnswer } from "@/lib/conferencing/core/room-answer";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { instantOf, toIso } from "@/lib/time/instant";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

/** What stands in the way of a change: meetings to come by name and time, and links. */
export function Holding({ answer, reader }: { answer: RoomAnswer; reader: ScreenReader }) {
  const holding = answer.status === "refused" ? answer.holding : undefined;
  if (holding === undefined) return null;
  const { meetings, more, links } = holding;
  return (
    <div className={classes.holding}>
      {meetings.length === 0 ? null : (
        <>
          <p>{t("holding.meetings")}</p>
          <ul>
            {meetings.map(({ subject, start }) => {
              const moment = instantOf(start);
              return (
                <li key={`${start}${subject}`}>
                  <time dateTime={toIso(moment)}>
                    {formatDateShort(moment, reader)}, {formatTime(moment, reader)}
                  </time>{" "}
                  {subject ?? t("holding.private")}
                </li>
              );
            })}
            {more === 0 ? null : <li>{t("holding.more", { count: more })}</li>}
          </ul>
        </>
      )}
      {links.length === 0 ? null : <p>{t("holding.links", { names: links.join(", ") })}</p>}
    </div>
  );
}
