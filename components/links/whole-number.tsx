"use client";

import type { NumberInputProps } from "@mantine/core";
import { NumberInput } from "@mantine/core";

type Props = Omit<NumberInputProps, "value" | "onChange"> & {
  readonly value: number | null;
  /** What an empty field means; without it an empty field is a problem, which the schema names. */
  readonly empty?: null;
  readonly unit?: string;
  readonly onChange: (value: number) => void;
  readonly onEmpty?: () => void;
};

/** A whole number. What is no number is kept as such, so that it is named beside the field instead of being changed. */
export function WholeNumber({ value, empty, unit, onChange, onEmpty, ...rest }: Props) {
  return (
    <NumberInput
      hideControls
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      size="sm"
      value={value === null || Number.isNaN(value) ? "" : value}
      rightSection={unit === undefined ? undefined : <span>{unit}</span>}
      rightSectionWidth={unit === undefined ? undefined : 64}
      rightSectionPointerEvents="none"
      {...rest}
      onChange={(next) => {
        if (next === "" && empty === null) onEmpty?.();
        else onChange(next === "" ? Number.NaN : Number(next));
      }}
    />
  );
}
