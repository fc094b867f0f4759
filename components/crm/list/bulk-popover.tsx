import { Button, Popover } from "@mantine/core";
import type { ReactNode } from "react";
import { useState } from "react";
import classes from "./leads.module.css";
import { t } from "./list-text";

/** A button of the bar with the question it asks before it does something to all that is selected. */
export function BulkPopover({
  label,
  count,
  onSubmit,
  children,
}: {
  label: string;
  count: number;
  /** Answers whether there is enough to begin with. */
  onSubmit: () => boolean;
  children: ReactNode;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      trapFocus
      returnFocus
      position="top-start"
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button variant="default" size="compact-sm" onClick={() => setOpened(!opened)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form
          className={classes.editor}
          onSubmit={(event) => {
            event.preventDefault();
            if (onSubmit()) setOpened(false);
          }}
        >
          {children}
          <Button type="submit" variant="filled" size="compact-sm">
            {t("bulk.do", { act: label, count })}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
