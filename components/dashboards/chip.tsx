"use client";

import { Popover } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./shell.module.css";

/** A filter as a chip that opens its editor. `op` is grey, `value` is what it is set to. */
export function Chip({
  op,
  value,
  on,
  opened,
  onChange,
  field,
  children,
}: {
  op?: string;
  value: string;
  /** Set to something: drawn so. */
  on: boolean;
  opened: boolean;
  onChange: (opened: boolean) => void;
  /** Names it for the keyboard and for tests. */
  field: string;
  children: ReactNode;
}) {
  return (
    <Popover
      opened={opened}
      onChange={onChange}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.chip}
          data-on={on || undefined}
          data-filter={field}
          onClick={() => onChange(!opened)}
        >
          {op === undefined ? null : <span>{op}</span>} <b>{value}</b>
          <IconChevronDown size={12} stroke={1.8} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p="sm">{children}</Popover.Dropdown>
    </Popover>
  );
}
