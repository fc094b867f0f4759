import classes from "./list-skeleton.module.css";
import { t } from "./office-text";

/** A page with a list, not yet there: same head, same rows, so that nothing jumps when it comes. */
export function ListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={classes.page} role="status">
      <span className="sr-only">{t("loading")}</span>
      <div className={classes.title} />
      <div className={classes.context} />
      <div className={classes.rows}>
        {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key) => (
          <div key={key} />
        ))}
      </div>
    </div>
  );
}
