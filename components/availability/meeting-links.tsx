import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import type { BookedMeeting } from "@/lib/availability/core/schedule";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import classes from "./availability.module.css";
import { words } from "./words";

const SHOWN = 5;

/** Booked meetings, each a way to it, in the reader's own zone; the first few, and how many more. */
export function MeetingLinks({
  meetings,
  reader,
}: {
  meetings: readonly BookedMeeting[];
  reader: ScreenReader;
}) {
  return (
    <ul className={classes.meetings}>
      {meetings.slice(0, SHOWN).map((meeting) => (
        <li key={meeting.id}>
          <Link href={`/meetings/${meeting.id}`} className="link" target="_blank">
            <time dateTime={toIso(meeting.start)}>
              {formatDateShort(meeting.start, reader)} {formatTime(meeting.start, reader)}
            </time>{" "}
            {meeting.subject}
          </Link>
          {meeting.guest === null ? null : `, ${meeting.guest}`}
        </li>
      ))}
      {meetings.length > SHOWN ? (
        <li>{words("editor.more", { count: meetings.length - SHOWN })}</li>
      ) : null}
    </ul>
  );
}
