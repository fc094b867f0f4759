"use client";

import { Button, Popover } from "@mantine/core";
import { IconCheck, IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { errorOf } from "@/lib/links/core/field-errors";
import classes from "./editor.module.css";
import type { SectionProps } from "./section-props";
import { WholeNumber } from "./whole-number";
import { words } from "./words";

const OFFERED = [15, 30, 45, 60, 90];

/** Lengths a guest may choose: the usual one is marked; another is added, made the usual one, or taken away. */
export function DurationChips({
  draft,
  errors,
  set,
}: Pick<SectionProps, "draft" | "errors" | "set">) {
  const [typing, setTyping] = useState(false);
  const [typed, setTyped] = useState(Number.NaN);
  const chosen = [draft.durationMinutes, ...draft.otherDurations];
  const shown = [...new Set([...OFFERED, ...chosen])]
    .filter((each) => each > 0)
    .sort((a, b) => a - b);
  const without = (minutes: number) => draft.otherDurations.filter((each) => each !== minutes);
  const makeUsual = (minutes: number) =>
    set({
      durationMinutes: minutes,
      otherDurations: [...without(minutes), draft.durationMinutes].sort((a, b) => a - b),
    });
  const error = errorOf(errors, "durationMinutes") ?? errorOf(errors, "otherDurations");
  return (
    <fieldset className={classes.durations}>
      <legend>{words("rules.durations")}</legend>
      <p className={classes.help}>{words("rules.durationsHelp")}</p>
      <div className={classes.chips}>
        {shown.map((minutes) => {
          const usual = minutes === draft.durationMinutes;
          const offered = draft.otherDurations.includes(minutes);
          return (
            <span key={minutes} className={classes.chip} data-on={usual || offered || undefined}>
              <button
                type="button"
                aria-pressed={usual || offered}
                disabled={usual}
                onClick={() =>
                  set({
                    otherDurations: offered
                      ? without(minutes)
                      : [...draft.otherDurations, minutes].sort((a, b) => a - b),
                  })
                }
              >
                {words("rules.minutes", { minutes })}
                {usual ? <small>{words("rules.usual")}</small> : null}
              </button>
              {offered ? (
                <button
                  type="button"
                  className={classes.chipMark}
                  aria-label={words("rules.makeUsual", { minutes })}
                  title={words("rules.makeUsual", { minutes })}
                  onClick={() => makeUsual(minutes)}
                >
                  <IconCheck size={12} stroke={1.8} aria-hidden="true" />
                </button>
              ) : null}
            </span>
          );
        })}
        <Popover opened={typing} onChange={setTyping} position="bottom-start" trapFocus>
          <Popover.Target>
            <button
              type="button"
              className={classes.addChip}
              aria-expanded={typing}
              onClick={() => setTyping(!typing)}
            >
              <IconPlus size={14} stroke={1.6} aria-hidden="true" />
              {words("rules.addDuration")}
            </button>
          </Popover.Target>
          <Popover.Dropdown>
            <form
              className={classes.inline}
              onSubmit={(event) => {
                event.preventDefault();
                event.stopPropagation();
                if (!(typed >= 5 && typed <= 1_440)) return;
                if (!chosen.includes(typed)) {
                  set({ otherDurations: [...draft.otherDurations, typed].sort((a, b) => a - b) });
                }
                setTyping(false);
              }}
            >
              <WholeNumber
                aria-label={words("rules.addDuration")}
                value={typed}
                unit={words("rules.unit.min")}
                onChange={setTyped}
              />
              <Button type="submit">{words("rules.addDuration")}</Button>
            </form>
          </Popover.Dropdown>
        </Popover>
      </div>
      {error === undefined ? null : (
        <p className={classes.error}>
          <IconX size={12} aria-hidden="true" /> {error}
        </p>
      )}
    </fieldset>
  );
}
