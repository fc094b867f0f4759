import { t } from "./calendar-text";
import classes from "./moved-notice.module.css";

/** What was moved, whom that concerns, and the way back. */
export function MovedNotice({
  words,
  told,
  onUndo,
}: {
  words: string;
  told: string;
  onUndo: () => void;
}) {
  return (
    <span className={classes.notice}>
      <span>
        {words} {told}
      </span>
      <button type="button" onClick={onUndo}>
        {t("move.undo")}
      </button>
    </span>
  );
}
