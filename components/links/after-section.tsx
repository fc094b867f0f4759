"use client";

import { Select, Textarea, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { durationText } from "@/components/ui/duration";
import { errorOf } from "@/lib/links/core/field-errors";
import { MOST_REMINDERS } from "@/lib/links/schema";
import classes from "./editor.module.css";
import { Section } from "./section";
import type { SectionProps } from "./section-props";
import { words } from "./words";

const OFFERED = [10, 15, 30, 60, 120, 240, 720, 1_440, 2_880, 4_320, 10_080];

/** What a guest finds once a time is booked, and what everybody is reminded of. */
export function AfterSection({ draft, errors, set }: SectionProps) {
  const { reminderMinutes } = draft;
  const beforeText = (minutes: number) => words("after.before", { time: durationText(minutes) });
  return (
    <Section id="after" title={words("after.title")}>
      <div className={classes.stack}>
        <Textarea
          label={words("after.note")}
          description={words("after.noteHelp")}
          autosize
          minRows={2}
          maxRows={8}
          value={draft.afterNote ?? ""}
          error={errors.afterNote}
          onChange={(event) => set({ afterNote: event.currentTarget.value || null })}
        />
        <TextInput
          type="url"
          label={words("after.redirect")}
          description={words("after.redirectHelp")}
          placeholder="https://"
          value={draft.redirectUrl ?? ""}
          error={errors.redirectUrl}
          onChange={(event) => set({ redirectUrl: event.currentTarget.value || null })}
        />
        <fieldset className={classes.group}>
          <legend>{words("after.reminders")}</legend>
          <p className={classes.help}>{words("after.remindersHelp")}</p>
          <div className={classes.chips}>
            {reminderMinutes.map((minutes) => (
              <span key={minutes} className={classes.chip} data-on>
                <button
                  type="button"
                  aria-label={words("after.removeReminder", { time: durationText(minutes) })}
                  onClick={() =>
                    set({ reminderMinutes: reminderMinutes.filter((each) => each !== minutes) })
                  }
                >
                  {beforeText(minutes)}
                  <IconX size={12} stroke={1.8} aria-hidden="true" />
                </button>
              </span>
            ))}
            {reminderMinutes.length < MOST_REMINDERS ? (
              <Select
                className={classes.addReminder}
                aria-label={words("after.addReminder")}
                placeholder={words("after.addReminder")}
                data={OFFERED.filter((minutes) => !reminderMinutes.includes(minutes)).map(
                  (minutes) => ({ value: String(minutes), label: beforeText(minutes) }),
                )}
                value={null}
                onChange={(value) => {
                  if (value === null) return;
                  const next = [...reminderMinutes, Number(value)].sort((a, b) => b - a);
                  set({ reminderMinutes: next });
                }}
              />
            ) : null}
          </div>
          {errorOf(errors, "reminderMinutes") === undefined ? null : (
            <p className={classes.error}>{errorOf(errors, "reminderMinutes")}</p>
          )}
        </fieldset>
      </div>
    </Section>
  );
}
