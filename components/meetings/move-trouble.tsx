import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { ShownConflict } from "@/lib/meetings/core/check-time";
import { formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { t } from "./calendar-text";
import type { Span } from "./grid-move";
import classes from "./move-trouble.module.css";

// More would push what is behind out of sight; the first are the ones to solve.
const MOST_NAMED = 4;
const MOST_OFFERED = 3;

function conflictText(conflict: ShownConflict, reader: ScreenReader): string {
  const time = formatTimeRange(conflict, reader);
  const { name } = conflict;
  if (conflict.why === "closed") return t("move.closed", { name, time });
  if (conflict.why === "out-of-service") return t("move.outOfService", { name, time });
  return conflict.subject === null
    ? t("move.taken", { name, time })
    : t("move.takenBy", { name, subject: conflict.subject, time });
}

/** "16:00", with its day where that is another. */
function startText(start: Instant, near: Instant, reader: ScreenReader): string {
  const sameDay = calendarDateAt(reader.zone, start) === calendarDateAt(reader.zone, near);
  const time = formatTime(start, reader);
  return sameDay ? time : `${formatDateShort(start, reader)} ${time}`;
}

/** Why a meeting stays where it was or could not be made, who and what is in the way, and when nothing is. */
export function MoveTrouble({
  message,
  stays,
  conflicts,
  nextStarts,
  near,
  minutes,
  reader,
  onChoose,
  onClose,
}: {
  message: string;
  /** What became of the meeting. */
  stays: string;
  conflicts: readonly ShownConflict[];
  nextStarts: readonly Instant[];
  /** The time that was wanted. */
  near: Instant;
  minutes: number;
  reader: ScreenReader;
  onChoose: (span: Span) => void;
  onClose: () => void;
}) {
  const hard = conflicts.filter(({ required }) => required).slice(0, MOST_NAMED);
  return (
    <div className={classes.trouble} role="alert">
      <p>
        <b>{message}</b> {stays}
      </p>
      {hard.length === 0 ? null : (
        <ul>
          {hard.map((conflict) => (
            <li key={`${conflict.name}-${conflict.from}`}>{conflictText(conflict, reader)}</li>
          ))}
        </ul>
      )}
      {nextStarts.length === 0 ? null : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are ways out.
        <div className={classes.next} role="group" aria-label={t("move.next")}>
          <span aria-hidden="true">{t("move.next")}</span>
          {nextStarts.slice(0, MOST_OFFERED).map((start) => (
            <Button
              key={start}
              size="xs"
              onClick={() => onChoose({ start, end: addMinutes(start, minutes) })}
            >
              {startText(start, near, reader)}
            </Button>
          ))}
        </div>
      )}
      <button
        type="button"
        onClick={onClose}
        aria-label={t("move.close")}
        className={classes.close}
      >
        <IconX size={14} stroke={1.6} aria-hidden="true" />
      </button>
    </div>
  );
}
