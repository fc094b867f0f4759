"use client";

import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useId, useState } from "react";
import classes from "./editor.module.css";
import { WholeNumber } from "./whole-number";
import { words } from "./words";

const UNITS = { min: 1, hours: 60, days: 1_440 } as const;
type Unit = keyof typeof UNITS;

const unitOf = (minutes: number): Unit => {
  if (minutes > 0 && minutes % 1_440 === 0) return "days";
  return minutes > 0 && minutes % 60 === 0 ? "hours" : "min";
};

/** A span that may be minutes or days, kept in minutes and typed in whatever suits it. */
export function MinutesField({
  label,
  description,
  value,
  error,
  onChange,
}: {
  label: string;
  description?: ReactNode;
  value: number;
  error: string | undefined;
  onChange: (minutes: number) => void;
}) {
  const helpId = useId();
  const [unit, setUnit] = useState<Unit>(() => unitOf(value));
  // A value from elsewhere (discarded, merged) may not be whole in the unit that was chosen.
  const shown: Unit = value % UNITS[unit] === 0 || Number.isNaN(value) ? unit : unitOf(value);
  return (
    <div className={classes.span}>
      <WholeNumber
        label={label}
        aria-describedby={description === undefined ? undefined : helpId}
        value={value / UNITS[shown]}
        error={error}
        onChange={(count) => onChange(count * UNITS[shown])}
      />
      <Select
        aria-label={`${label}: ${words("rules.unit.min")}, ${words("rules.unit.hours")}, ${words("rules.unit.days")}`}
        className={classes.unit}
        data={(Object.keys(UNITS) as Unit[]).map((each) => ({
          value: each,
          label: words(`rules.unit.${each}`),
        }))}
        value={shown}
        allowDeselect={false}
        onChange={(next) => {
          const chosen = next === "days" || next === "hours" ? next : "min";
          const count = value / UNITS[shown];
          setUnit(chosen);
          if (Number.isFinite(count)) onChange(count * UNITS[chosen]);
        }}
      />
      {description === undefined ? null : (
        <p className={classes.spanHelp} id={helpId}>
          {description}
        </p>
      )}
    </div>
  );
}
