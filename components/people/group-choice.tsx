"use client";

import { Checkbox, Stack } from "@mantine/core";
import type { Group } from "@/lib/access/actor";
import { groups } from "@/lib/access/actor";
import classes from "./dialog.module.css";
import { t } from "./people-text";

/** Which groups, each with what it lets people do. Sends `groups` with its form. */
export function GroupChoice({
  value,
  onChange,
  disabled = false,
}: {
  value: readonly Group[];
  onChange: (value: readonly Group[]) => void;
  disabled?: boolean;
}) {
  return (
    <Checkbox.Group
      label={t("groups.label")}
      value={[...value]}
      onChange={(names) => onChange(groups.filter((group) => names.includes(group)))}
    >
      <Stack gap={8} mt={4}>
        {groups.map((group) => (
          <Checkbox
            key={group}
            name="groups"
            value={group}
            disabled={disabled}
            label={t(`groups.${group}`)}
            description={t(`groups.${group}_may`)}
            classNames={{ description: classes.may ?? "" }}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
