import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import classes from "./answer-line.module.css";

/**
 * What became of a form, where it was sent from: done is read out politely, a refusal at once. The empty regions stay
 * in the page, because a region added later is not read.
 */
export function AnswerLine({
  answer,
}: {
  answer: { readonly status: string; readonly message?: string };
}) {
  return (
    <>
      <div role="status">
        {answer.status === "done" ? (
          <p className={classes.line} data-tone="ok">
            <IconCircleCheck size={16} stroke={1.6} aria-hidden="true" />
            <span>{answer.message}</span>
          </p>
        ) : null}
      </div>
      <div role="alert">
        {answer.status === "refused" ? (
          <p className={classes.line} data-tone="warn">
            <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
            <span>{answer.message}</span>
          </p>
        ) : null}
      </div>
    </>
  );
}
