"use client";

import { ActionIcon, Button, Switch, TextInput } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useMounted } from "@mantine/hooks";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { SectionHead } from "@/components/ui/page-head";
import { HOURS_PROBLEMS } from "@/lib/availability/core/day-hours";
import type { DayRange } from "@/lib/availability/core/query";
import type { DatedHours, Holiday } from "@/lib/availability/core/schedule";
import { hoursText, parseTypedHours } from "@/lib/availability/core/typed-hours";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import classes from "./availability.module.css";
import { dateWords } from "./date-words";
import { UndoLine } from "./undo-line";
import { words } from "./words";

type Props = {
  readonly overrides: readonly DatedHours[];
  readonly observesHolidays: boolean;
  readonly holidays: readonly Holiday[];
  readonly today: CalendarDate;
  readonly weekStart: 0 | 1 | 2 | 3 | 4 | 5 | 6;
  readonly hourCycle: 12 | 24;
  readonly locale: string;
  /** What the server said of the list or one of its entries. */
  readonly problem: string | undefined;
  readonly onOverrides: (overrides: readonly DatedHours[]) => void;
  readonly onObserve: (observes: boolean) => void;
};

const without = (overrides: readonly DatedHours[], dates: readonly string[]) =>
  overrides.filter(({ date }) => !dates.includes(date));

function DateForm({
  picked,
  initial,
  hourCycle,
  locale,
  today,
  onSet,
  onClear,
}: {
  picked: readonly CalendarDate[];
  initial: DatedHours | undefined;
  hourCycle: 12 | 24;
  locale: string;
  today: CalendarDate;
  onSet: (ranges: readonly DayRange[], note: string | null) => void;
  onClear: () => void;
}) {
  const [text, setText] = useState(() => (initial ? hoursText(initial.ranges, hourCycle) : ""));
  const [note, setNote] = useState(initial?.note ?? "");
  const [error, setError] = useState<string>();
  const kept = note.trim() === "" ? null : note.trim();
  const set = () => {
    const hours = parseTypedHours(text);
    if (hours.ok) onSet(hours.value, kept);
    else
      setError(
        hours.refusal === "not-understood"
          ? words("hours.notUnderstood")
          : HOURS_PROBLEMS[hours.refusal],
      );
  };
  return (
    <div className={classes.dateForm}>
      <p className={classes.picked}>
        {words("dates.picked", {
          count: picked.length,
          dates: picked.map((date) => dateWords(date, today, locale)).join(", "),
        })}
      </p>
      <TextInput
        label={words("dates.hours")}
        description={words("hours.typedHelp")}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setError(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") set();
        }}
      />
      <TextInput
        label={words("dates.note")}
        description={words("dates.noteHelp")}
        value={note}
        maxLength={200}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.acts}>
        <Button variant="filled" onClick={set}>
          {words("dates.set")}
        </Button>
        <Button onClick={() => onSet([], kept)}>{words("dates.close")}</Button>
        <Button variant="subtle" onClick={onClear}>
          {words("dates.clear")}
        </Button>
      </div>
    </div>
  );
}

function DateRow({
  dated,
  today,
  hourCycle,
  locale,
  onEdit,
  onRemove,
}: {
  dated: DatedHours;
  today: CalendarDate;
  hourCycle: 12 | 24;
  locale: string;
  onEdit?: () => void;
  onRemove: () => void;
}) {
  const date = dateWords(dated.date, today, locale);
  return (
    <li className={classes.entry}>
      <b>{date}</b>
      <span>
        {dated.ranges.length === 0 ? words("dates.closed") : hoursText(dated.ranges, hourCycle)}
        {dated.note === null ? null : <small>{dated.note}</small>}
      </span>
      {onEdit === undefined ? null : (
        <ActionIcon onClick={onEdit} aria-label={words("dates.edit", { date })}>
          <IconPencil size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      )}
      <ActionIcon onClick={onRemove} aria-label={words("dates.remove", { date })}>
        <IconTrash size={16} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

function Holidays({
  holidays,
  overrides,
  today,
  locale,
}: {
  holidays: readonly Holiday[];
  overrides: readonly DatedHours[];
  today: CalendarDate;
  locale: string;
}) {
  const coming = holidays.filter(({ date }) => date >= today);
  if (coming.length === 0) return <p className={classes.quiet}>{words("dates.noHolidays")}</p>;
  const own = new Set(overrides.map(({ date }) => date));
  const row = ({ date, name }: Holiday) => (
    <li key={`${date} ${name}`} className={classes.entry}>
      <b>{dateWords(date, today, locale)}</b>
      <span>
        {name}
        {own.has(date) ? <small>{words("dates.ownHours")}</small> : null}
      </span>
    </li>
  );
  return (
    <>
      <ul className={classes.entries} aria-label={words("dates.holidays")}>
        {coming.slice(0, 3).map(row)}
      </ul>
      {coming.length > 3 ? (
        <details className={classes.folded}>
          <summary>{words("dates.moreHolidays", { count: coming.length - 3 })}</summary>
          <ul className={classes.entries}>{coming.slice(3).map(row)}</ul>
        </details>
      ) : null}
    </>
  );
}

/** Single dates with other hours: chosen in a calendar, listed with a way back, past ones folded away. */
export function DatesSection(props: Props) {
  const { overrides, observesHolidays, holidays, today, weekStart, hourCycle, locale, problem } =
    props;
  const { onOverrides, onObserve } = props;
  const mounted = useMounted();
  const [picked, setPicked] = useState<readonly CalendarDate[]>([]);
  const [removed, setRemoved] = useState<DatedHours>();
  const coming = overrides.filter(({ date }) => date >= today);
  const past = overrides.filter(({ date }) => date < today);
  const named = new Map(overrides.map((dated) => [dated.date as string, dated]));
  const closed = new Set(observesHolidays ? holidays.map(({ date }) => date as string) : []);

  const markOf = (date: string): string | undefined => {
    const own = named.get(date);
    if (own === undefined) return closed.has(date) ? "holiday" : undefined;
    return own.ranges.length === 0 ? "closed" : "hours";
  };
  const set = (ranges: readonly DayRange[], note: string | null) => {
    const added = picked.map((date) => ({ date, ranges, note }));
    onOverrides(
      [...without(overrides, picked), ...added].sort((a, b) => (a.date < b.date ? -1 : 1)),
    );
    setPicked([]);
    setRemoved(undefined);
  };
  const remove = (dated: DatedHours) => {
    onOverrides(without(overrides, [dated.date]));
    setRemoved(dated);
  };

  return (
    <section className={classes.section} aria-labelledby="dates">
      <SectionHead id="dates" title={words("dates.title")} hint={words("dates.hint")} />
      <div className={classes.calendarBeside}>
        <div className={classes.calendar}>
          {/* Which day can be tabbed to depends on the browser's own date, which the server does not know. */}
          {mounted ? (
            <DatePicker
              type="multiple"
              aria-label={words("dates.calendar")}
              firstDayOfWeek={weekStart}
              weekendDays={[]}
              minDate={today}
              maxDate={addDays(today, 5 * 366)}
              defaultDate={today}
              value={[...picked]}
              onChange={(dates) => setPicked([...dates].sort() as CalendarDate[])}
              getDayProps={(date) => ({ "data-mark": markOf(date) })}
              ariaLabels={{ previousMonth: "Earlier month", nextMonth: "Later month" }}
            />
          ) : null}
        </div>
        {picked.length === 0 ? (
          <p className={classes.quiet}>{words("dates.pick")}</p>
        ) : (
          <DateForm
            key={picked.join()}
            picked={picked}
            initial={named.get(picked[0] ?? "")}
            hourCycle={hourCycle}
            locale={locale}
            today={today}
            onSet={set}
            onClear={() => setPicked([])}
          />
        )}
      </div>
      {problem === undefined ? null : (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {removed === undefined ? null : (
        <UndoLine
          undo={words("dates.undo")}
          onUndo={() => {
            onOverrides(
              [...without(overrides, [removed.date]), removed].sort((a, b) =>
                a.date < b.date ? -1 : 1,
              ),
            );
            setRemoved(undefined);
          }}
        >
          {words("dates.removed", { date: dateWords(removed.date, today, locale) })}
        </UndoLine>
      )}
      {coming.length === 0 ? (
        <p className={classes.quiet}>{words("dates.none")}</p>
      ) : (
        <ul className={classes.entries} aria-label={words("dates.list")}>
          {coming.map((dated) => (
            <DateRow
              key={dated.date}
              dated={dated}
              today={today}
              hourCycle={hourCycle}
              locale={locale}
              onEdit={() => setPicked([dated.date])}
              onRemove={() => remove(dated)}
            />
          ))}
        </ul>
      )}
      {past.length === 0 ? null : (
        <details className={classes.folded}>
          <summary>{words("dates.past", { count: past.length })}</summary>
          <ul className={classes.entries}>
            {past.map((dated) => (
              <DateRow
                key={dated.date}
                dated={dated}
                today={today}
                hourCycle={hourCycle}
                locale={locale}
                onRemove={() => remove(dated)}
              />
            ))}
          </ul>
        </details>
      )}
      <Switch
        className={classes.observe}
        checked={observesHolidays}
        onChange={(event) => onObserve(event.currentTarget.checked)}
        label={words("dates.observe")}
        description={words("dates.observeHelp")}
      />
      <Holidays holidays={holidays} overrides={overrides} today={today} locale={locale} />
    </section>
  );
}
