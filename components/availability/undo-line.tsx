"use client";

import { Button } from "@mantine/core";
import classes from "./availability.module.css";

/** What was taken away a moment ago, and the way back. */
export function UndoLine({
  children,
  undo,
  onUndo,
}: {
  children: string;
  undo: string;
  onUndo: () => void;
}) {
  return (
    <p className={classes.undo} role="status">
      <span>{children}</span>
      <Button size="xs" variant="subtle" onClick={onUndo}>
        {undo}
      </Button>
    </p>
  );
}
