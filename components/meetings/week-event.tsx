import { IconDoor, IconLock, IconVideo } from "@tabler/icons-react";
import Link from "next/link";
import type { CSSProperties } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import { formatTime } from "@/lib/time/format";
import { weekAddress } from "./week-address";
import type { WeekProps } from "./week-days";
import { EVENING_MINUTE } from "./week-days";
import classes from "./week-event.module.css";
import type { Placed } from "./week-layout";

/** Size decides what is said: half an hour a title, an hour also its start and place. */
const sizeOf = (minutes: number): "xs" | "sm" | "md" => {
  if (minutes < 45) return "xs";
  return minutes < 60 ? "sm" : "md";
};

function EventWords({ row, reader }: { row: MeetingRow; reader: ScreenReader }) {
  return (
    <>
      <span className="sr-only">
        {row.status === "pending" ? `${t("status.pending")}. ` : ""}
        {formatTime(row.start, reader)} {t("home.until")} {formatTime(row.end, reader)}.{" "}
      </span>
      <b>
        {row.kind === "private" ? <IconLock size={12} stroke={1.6} aria-hidden="true" /> : null}
        {row.subject === "" ? t("status.private") : row.subject}
      </b>
      <i>
        <span aria-hidden="true">{formatTime(row.start, reader)}</span>
        {row.place === null ? null : (
          <span>
            {row.joinUrl === null ? (
              <IconDoor size={12} stroke={1.6} aria-hidden="true" />
            ) : (
              <IconVideo size={12} stroke={1.6} aria-hidden="true" />
            )}
            {row.place}
          </span>
        )}
      </i>
    </>
  );
}

/** A meeting in its day: a block as long as it takes, which opens it. */
export function WeekEvent({
  placed,
  first,
  week,
}: {
  placed: Placed<MeetingRow>;
  first: number;
  week: WeekProps;
}) {
  const { item: row, fromMinute, toMinute, lane, lanes } = placed;
  const until = Math.min(toMinute, EVENING_MINUTE);
  const style = {
    "--from": fromMinute - first * 60,
    "--minutes": until - fromMinute,
    "--lane": lane,
    "--lanes": lanes,
  } as CSSProperties;
  const props = {
    className: classes.event,
    style,
    title: `${formatTime(row.start, week.reader)} ${row.subject}`,
    "data-kind": row.kind,
    "data-pending": row.status === "pending" || undefined,
    "data-past": row.end <= week.now || undefined,
    "data-size": sizeOf(until - fromMinute),
    "data-narrow": lanes > 1 || undefined,
  };
  return (
    <Link
      {...props}
      href={weekAddress(week.asked, { open: row.id })}
      scroll={false}
      data-row
      aria-current={row.id === week.asked.open ? "true" : undefined}
    >
      <EventWords row={row} reader={week.reader} />
    </Link>
  );
}
