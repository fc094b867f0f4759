import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import type { ActionAnswer } from "@/lib/meetings/actions";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./answer-notice.module.css";

/**
 * What became of an action, in the place where it was asked for: done is read out politely, a refusal at once
 * and with the next free times. The empty regions stay in the page, because a region added later is not read.
 */
export function AnswerNotice({ answer, reader }: { answer: ActionAnswer; reader: ScreenReader }) {
  return (
    <>
      <div role="status">
        {answer.status === "done" ? (
          <p className={classes.notice} data-tone="ok">
            <IconCircleCheck size={16} stroke={1.6} aria-hidden="true" />
            <span>{answer.message}</span>
          </p>
        ) : null}
      </div>
      <div role="alert">
        {answer.status === "refused" ? (
          <div className={classes.notice} data-tone="warn">
            <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
            <div>
              <p>{answer.message}</p>
              {answer.nextStarts === undefined || answer.nextStarts.length === 0 ? null : (
                <p className={classes.next}>
                  {t("answer.nextFree")}{" "}
                  {answer.nextStarts
                    .map(
                      (start) => `${formatDateShort(start, reader)} ${formatTime(start, reader)}`,
                    )
                    .join(", ")}{" "}
                  {answer.nextStarts[0] === undefined
                    ? ""
                    : zoneAbbreviation(answer.nextStarts[0], reader.zone, reader.locale)}
                </p>
              )}
            </div>
          </div>
        ) : null}
      </div>
    </>
  );
}
