import type { Difference } from "@/lib/meetings/core/differences";
import { words } from "./editor/words";
import classes from "./meeting-timeline.module.css";

/** "Subject: old → new"; of people who came or went only who; of long texts only that they differ. */
function DifferenceWords({ field, before, after }: Difference) {
  if (field === "people" && before === null) return words("diff.added", { name: after ?? "" });
  if (field === "people" && after === null) return words("diff.removed", { name: before ?? "" });
  const name = words(`diff.fields.${field}`);
  if (before === null && after === null) return words("diff.changed", { name });
  return (
    <>
      {name}: {before === null ? null : <s>{before}</s>}
      {before === null || after === null ? null : (
        <>
          <span className="sr-only"> {words("diff.to")}</span> <span aria-hidden="true">
            →
          </span>{" "}
        </>
      )}
      {after ?? ` ${words("diff.none")}`}
    </>
  );
}

/** What differs since an entry of the history, line by line. */
export function Differences({ changes }: { changes: readonly Difference[] }) {
  return changes.map((change) => (
    <p
      key={`${change.field} ${change.before} ${change.after}`}
      className={`${classes.sub} ${classes.diff}`}
    >
      <DifferenceWords {...change} />
    </p>
  ));
}
