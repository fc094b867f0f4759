"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowsHorizontal } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { useId, useState } from "react";
import { durationText } from "@/components/ui/duration";
import { hoursOn, minutesOpen, withDay } from "@/lib/availability/core/day-hours";
import type { DayRange, WeeklyRange } from "@/lib/availability/core/query";
import { hoursText } from "@/lib/availability/core/typed-hours";
import type { DayOfWeek } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import { CopyDay } from "./copy-day";
import type { Axis } from "./day-track";
import { DayTrack } from "./day-track";
import { axisOf } from "./hour-drag";
import { TypedDay } from "./typed-day";
import { dayName, daysFrom } from "./week-names";
import classes from "./weekly-hours.module.css";
import { words } from "./words";

type Hours = readonly WeeklyRange[];

/** Every second hour of the line; on a phone the style leaves out every other one of these. */
function AxisHours({ axis }: { axis: Axis }) {
  const marks = Array.from(
    { length: axis.to - axis.from + 1 },
    (_, step) => axis.from + step,
  ).filter((hour) => (hour - axis.from) % 2 === 0);
  return (
    <div className={classes.axis} aria-hidden="true">
      {marks.map((hour) => (
        <span
          key={hour}
          data-next={hour > 24 || undefined}
          style={{ left: `${((hour - axis.from) / (axis.to - axis.from)) * 100}%` }}
        >
          {String(hour > 24 ? hour - 24 : hour).padStart(2, "0")}
        </span>
      ))}
    </div>
  );
}

/**
 * The week's opening hours: by dragging, by keyboard, and typed. `value` is any list of ranges; `onChange` receives
 * the whole week with one day exchanged, each day tidy (ascending, disjoint). The zone is only named.
 */
export function WeeklyHours({
  value,
  onChange,
  zone,
  weekStart,
  hourCycle,
  saved,
}: {
  value: Hours;
  onChange: (value: Hours) => void;
  zone: TimeZone;
  weekStart: DayOfWeek;
  hourCycle: 12 | 24;
  /** The hours as they are kept, so that days that differ are marked. */
  saved?: Hours;
}) {
  const [typing, setTyping] = useState<DayOfWeek>();
  const [whole, setWhole] = useState(false);
  const [said, setSaid] = useState("");
  const hintId = useId();
  const days = daysFrom(weekStart);
  const axis = axisOf(value, whole);
  const text = (ranges: readonly DayRange[]) => hoursText(ranges, hourCycle);

  const change = (day: DayOfWeek, ranges: readonly DayRange[], what?: string) => {
    onChange(withDay(value, day, ranges));
    setSaid(what ?? words("hours.changed", { day: dayName(day), hours: text(ranges) }));
  };
  const copy = (from: DayOfWeek, to: readonly DayOfWeek[]) => {
    const ranges = hoursOn(value, from);
    onChange(to.reduce((week, day) => withDay(week, day, ranges), value));
    setSaid(words("hours.copied", { days: to.map((day) => dayName(day)).join(", ") }));
  };
  const closeTyping = (day: DayOfWeek) => {
    setTyping(undefined);
    // Back to where it was opened from.
    requestAnimationFrame(() => document.getElementById(`${hintId}-${day}`)?.focus());
  };

  return (
    <fieldset className={classes.hours} aria-label={words("hours.label", { zone: zoneCity(zone) })}>
      <p id={hintId} hidden>
        {words("hours.keys")}
      </p>
      <div className={classes.axisRow}>
        <AxisHours axis={axis} />
        <Tooltip label={words("hours.allHours")}>
          <ActionIcon
            size={24}
            aria-label={words("hours.allHours")}
            aria-pressed={whole}
            onClick={() => setWhole(!whole)}
          >
            <IconArrowsHorizontal size={14} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </div>
      <ul style={{ "--hours": axis.to - axis.from } as CSSProperties}>
        {days.map((day) => {
          const ranges = hoursOn(value, day);
          const name = dayName(day);
          const minutes = minutesOpen(ranges);
          const changed = saved !== undefined && text(hoursOn(saved, day)) !== text(ranges);
          if (typing === day)
            return (
              <li key={day} className={classes.typing}>
                <TypedDay
                  label={words("hours.typed", { day: name })}
                  ranges={ranges}
                  hourCycle={hourCycle}
                  onUse={(next) => {
                    change(day, next);
                    closeTyping(day);
                  }}
                  onCancel={() => closeTyping(day)}
                />
              </li>
            );
          return (
            <li key={day} className={classes.row} data-changed={changed || undefined}>
              <button
                id={`${hintId}-${day}`}
                type="button"
                className={classes.day}
                data-closed={ranges.length === 0 || undefined}
                aria-label={words("hours.type", {
                  day: dayName(day, "short"),
                  hours: text(ranges),
                })}
                onClick={() => setTyping(day)}
              >
                {dayName(day, "short")}
              </button>
              <DayTrack
                dayLabel={name}
                ranges={ranges}
                axis={axis}
                hourCycle={hourCycle}
                hintId={hintId}
                onChange={(next, what) => change(day, next, what)}
                onRefuse={() => setSaid(words("hours.fullDay"))}
                onType={() => setTyping(day)}
              />
              <span className={classes.total}>
                {minutes === 0 ? null : (
                  <>
                    {durationText(minutes)}
                    <span className="sr-only"> {words("hours.total", { hours: "" }).trim()}</span>
                  </>
                )}
              </span>
              <CopyDay day={day} days={days} hours={text(ranges)} onCopy={(to) => copy(day, to)} />
            </li>
          );
        })}
      </ul>
      <p className="sr-only" role="status">
        {said}
      </p>
    </fieldset>
  );
}
