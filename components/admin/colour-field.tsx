"use client";

import { TextInput } from "@mantine/core";
import { textOn } from "@/lib/workspace/core/contrast";
import { t } from "./admin-text";
import classes from "./workspace.module.css";

const HEX = /^#[0-9a-f]{6}$/i;

/** A colour typed or picked, and how text looks on it. */
export function ColourField({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}) {
  const colour = HEX.test(value) ? value.toLowerCase() : undefined;
  const readable = colour === undefined ? undefined : textOn(colour);
  return (
    <div>
      <TextInput
        name="colour"
        label={t("workspace.colour")}
        description={t("workspace.colourHelp")}
        value={value}
        maxLength={7}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
        rightSection={
          <input
            type="color"
            className={classes.picker}
            aria-label={t("workspace.colourPick")}
            // A picker always has a colour; where none is set it begins at the one it says itself.
            {...(colour === undefined ? {} : { value: colour })}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        }
        {...(error === undefined ? {} : { error })}
      />
      {colour === undefined || readable === undefined ? null : (
        <p className={classes.sample}>
          <span style={{ background: colour, color: readable.text }}>
            {t("workspace.colourSample")}
          </span>
          {t("workspace.colourContrast", {
            text: t(`workspace.${readable.text}`),
            ratio: readable.contrast.toFixed(1),
          })}
        </p>
      )}
    </div>
  );
}
