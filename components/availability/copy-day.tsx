"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import type { DayOfWeek } from "@/lib/time/offset";
import { dayName } from "./week-names";
import { words } from "./words";

const WEEKDAYS: readonly DayOfWeek[] = [1, 2, 3, 4, 5];

/** Takes one day's hours to others; the menu stays open, so that several days can be picked one by one. */
export function CopyDay({
  day,
  days,
  hours,
  onCopy,
}: {
  day: DayOfWeek;
  days: readonly DayOfWeek[];
  hours: string;
  onCopy: (to: readonly DayOfWeek[]) => void;
}) {
  return (
    <Menu keepMounted={false} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon size={28} aria-label={words("hours.copy", { day: dayName(day) })}>
          <IconCopy size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words("hours.copyTo", { hours })}</Menu.Label>
        <Menu.Item onClick={() => onCopy(WEEKDAYS)} closeMenuOnClick>
          {words("hours.weekdays")}
        </Menu.Item>
        <Menu.Item onClick={() => onCopy(days)} closeMenuOnClick>
          {words("hours.everyDay")}
        </Menu.Item>
        <Menu.Divider />
        {days
          .filter((other) => other !== day)
          .map((other) => (
            <Menu.Item key={other} onClick={() => onCopy([other])}>
              {dayName(other)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
