"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { HOURS_PROBLEMS } from "@/lib/availability/core/day-hours";
import type { DayRange } from "@/lib/availability/core/query";
import { hoursText, parseTypedHours } from "@/lib/availability/core/typed-hours";
import classes from "./weekly-hours.module.css";
import { words } from "./words";

/** The hours of one day as text. What is not understood stays in the field, with what is wrong beside it. */
export function TypedDay({
  label,
  ranges,
  hourCycle,
  onUse,
  onCancel,
}: {
  label: string;
  ranges: readonly DayRange[];
  hourCycle: 12 | 24;
  onUse: (ranges: readonly DayRange[]) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState(() => hoursText(ranges, hourCycle));
  const [error, setError] = useState<string>();
  const use = () => {
    const hours = parseTypedHours(text);
    if (hours.ok) onUse(hours.value);
    else
      setError(
        hours.refusal === "not-understood"
          ? words("hours.notUnderstood")
          : HOURS_PROBLEMS[hours.refusal],
      );
  };
  return (
    // Enter belongs to this field, also where the hours are part of a larger form.
    <div className={classes.typed}>
      <TextInput
        label={label}
        description={words("hours.typedHelp")}
        value={text}
        error={error}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setError(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel();
          if (event.key !== "Enter") return;
          event.preventDefault();
          use();
        }}
      />
      <div className={classes.typedActs}>
        <Button size="xs" variant="filled" onClick={use}>
          {words("hours.use")}
        </Button>
        <Button size="xs" variant="subtle" onClick={onCancel}>
          {words("hours.cancel")}
        </Button>
      </div>
    </div>
  );
}
