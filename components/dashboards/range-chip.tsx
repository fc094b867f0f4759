"use client";

import { Button, Menu, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { FormEvent } from "react";
import { useState } from "react";
import { periodWords } from "@/lib/dashboards/core/period-words";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import { parseRange, rangeText } from "@/lib/dashboards/core/view-state";
import type { RangeChoice } from "@/lib/metrics/core/range";
import { COMPARISONS, comparedWith, elapsedOf, periodOf, RANGES } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import { Chip } from "./chip";
import classes from "./shell.module.css";
import { t } from "./shell-text";

export type Calendar = {
  readonly today: CalendarDate;
  readonly fiscalStart: number;
  readonly locale: string;
};

/** "This month · 1–20 Nov": the name of the range, and the days of it that have been. */
export function rangeWords(range: RangeChoice, calendar: Calendar): string {
  const whole = periodOf(range, calendar.today, calendar.fiscalStart);
  const days = periodWords(elapsedOf(whole, calendar.today) ?? whole, calendar);
  return "preset" in range ? `${t(`filter.preset.${range.preset}`)} · ${days}` : days;
}

/** "1–20 Oct": the days it is compared with; undefined when with none. */
export function comparedWords(
  { range, compare }: ViewState,
  calendar: Calendar,
): string | undefined {
  const period = comparedWith(range, compare, calendar);
  return period === null ? undefined : periodWords(period, calendar);
}

function OwnDays({
  range,
  calendar,
  onChoose,
}: {
  range: RangeChoice;
  calendar: Calendar;
  onChoose: (range: RangeChoice) => void;
}) {
  const period = periodOf(range, calendar.today, calendar.fiscalStart);
  const [from, setFrom] = useState<string>(period.from);
  const [until, setUntil] = useState<string>(addDays(period.to, -1));
  const chosen = parseRange(`${from}..${until}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== undefined) onChoose(chosen);
  };
  return (
    <form onSubmit={submit}>
      <div className={classes.days}>
        <TextInput
          type="date"
          label={t("filter.from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t("filter.until")}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
      {from !== "" && until !== "" && from > until ? (
        <p className={classes.wrong} role="alert">
          {t("filter.order")}
        </p>
      ) : null}
      <Button type="submit" fullWidth mt="xs" disabled={chosen === undefined}>
        {t("filter.show")}
      </Button>
    </form>
  );
}

/** Which days: a preset that moves with the calendar, or days of one's own. */
export function RangeChip({
  state,
  calendar,
  onShow,
}: {
  state: ViewState;
  calendar: Calendar;
  onShow: (state: ViewState) => void;
}) {
  const [opened, setOpened] = useState(false);
  const choose = (range: RangeChoice) => {
    setOpened(false);
    onShow({ ...state, range });
  };
  return (
    <Chip
      value={rangeWords(state.range, calendar)}
      on
      opened={opened}
      onChange={setOpened}
      field="range"
    >
      <div className={classes.popover}>
        <div className={classes.presets}>
          {RANGES.map((preset) => (
            <button
              key={preset}
              type="button"
              aria-pressed={rangeText(state.range) === preset}
              onClick={() => choose({ preset })}
            >
              {t(`filter.preset.${preset}`)}
            </button>
          ))}
        </div>
        <OwnDays
          key={rangeText(state.range)}
          range={state.range}
          calendar={calendar}
          onChoose={choose}
        />
      </div>
    </Chip>
  );
}

/** With which days every figure is compared. */
export function CompareChip({
  state,
  calendar,
  onShow,
}: {
  state: ViewState;
  calendar: Calendar;
  onShow: (state: ViewState) => void;
}) {
  return (
    <Menu position="bottom-start" width={320} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={classes.chip} data-filter="compare">
          <span>{t("filter.compared")}</span>{" "}
          <b>{comparedWords(state, calendar) ?? t("filter.nothing")}</b>
          <IconChevronDown size={12} stroke={1.8} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {COMPARISONS.map((compare) => {
          const words = comparedWords({ ...state, compare }, calendar);
          return (
            <Menu.RadioItem
              key={compare}
              value={compare}
              checked={state.compare === compare}
              closeMenuOnClick
              rightSection={
                words === undefined ? null : <span className={classes.quiet}>{words}</span>
              }
              onChange={() => onShow({ ...state, compare })}
            >
              {t(`filter.comparison.${compare}`)}
            </Menu.RadioItem>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
