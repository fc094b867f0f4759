import { IconMoon } from "@tabler/icons-react";
import Link from "next/link";
import type { CSSProperties } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import { formatDateLong, formatDayOfMonth, formatTime, formatWeekday } from "@/lib/time/format";
import { isNight } from "@/lib/time/night";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { calendarAddress } from "./calendar-address";
import { t } from "./calendar-text";
import type { Axis } from "./grid-axis";
import type { CalendarProps, GridColumn } from "./grid-columns";
import { looksOf, subjectOf } from "./grid-event";
import type { GridHours } from "./grid-layout";
import { clockShift, EVENING, hourRows } from "./grid-layout";
import { NowMark } from "./now-line";
import classes from "./time-grid.module.css";

/** "+1 h" where that day's second clock differs from the one beside the hours, as around a change of clocks. */
function shiftText(minutes: number): string {
  const size = Math.abs(minutes);
  const hours = size % 60 === 0 ? `${size / 60}` : (size / 60).toFixed(1);
  return `${minutes < 0 ? "−" : "+"}${hours} h`;
}

function DayHead({
  column,
  base,
  props,
}: {
  column: GridColumn;
  base: number;
  props: CalendarProps;
}) {
  const { asked, reader } = props;
  const { axis, narrow } = column;
  const shift = asked.zone2 === undefined ? 0 : clockShift(axis, asked.zone2) - base;
  return (
    <p
      className={classes.head}
      data-today={column.today || undefined}
      data-past={column.past || undefined}
      data-weekend={narrow || undefined}
    >
      <span>{formatWeekday(axis.start, reader, narrow ? "narrow" : "short")}</span>
      <b>{formatDayOfMonth(axis.start, reader)}</b>
      {shift === 0 || asked.zone2 === undefined || narrow ? null : (
        <span className={classes.shift}>
          {t("grid.shifted", {
            zone: zoneAbbreviation(axis.end, asked.zone2, reader.locale),
            shift: shiftText(shift),
          })}
        </span>
      )}
    </p>
  );
}

/** Who it is, and what their clock says now, with a moon at night. */
function PersonHead({ column, props }: { column: GridColumn; props: CalendarProps }) {
  const { reader, viewerId, now } = props;
  const { person } = column;
  if (person === undefined) return null;
  const theirs = { ...reader, zone: person.zone };
  const time = t("people.clock", {
    time: formatTime(now, theirs),
    zone: zoneAbbreviation(now, person.zone, reader.locale),
  });
  return (
    <p className={classes.person}>
      <Avatar name={person.name} photoId={person.photoId} size={24} />
      <span>
        <b>{person.id === viewerId ? t("grid.you") : person.name}</b>
        <span title={time}>
          {isNight(person.zone, now) ? (
            <IconMoon size={12} stroke={1.6} aria-label={t("grid.night")} />
          ) : null}
          {formatTime(now, theirs)} {zoneAbbreviation(now, person.zone, reader.locale)}
        </span>
      </span>
    </p>
  );
}

/** What stands above the columns: the zones of the hours, and the days or people. */
export function Heads({
  columns,
  props,
}: {
  columns: readonly GridColumn[];
  props: CalendarProps;
}) {
  const { asked, reader, now } = props;
  const shown = columns.find(({ selected }) => selected) ?? columns[0];
  const base =
    shown === undefined || asked.zone2 === undefined ? 0 : clockShift(shown.axis, asked.zone2);
  const noon = shown?.axis.end ?? now;
  return (
    <div className={classes.heads} data-people={asked.view === "people" || undefined}>
      <div className={classes.zones}>
        {asked.zone2 === undefined ? (
          <span />
        ) : (
          <span>{zoneAbbreviation(noon, asked.zone2, reader.locale)}</span>
        )}
        <b>{zoneAbbreviation(noon, reader.zone, reader.locale)}</b>
      </div>
      {columns.map((column) =>
        asked.view === "people" ? (
          <PersonHead key={column.key} column={column} props={props} />
        ) : (
          <DayHead key={column.key} column={column} base={base} props={props} />
        ),
      )}
    </div>
  );
}

/** Minutes of a wall clock as the reader writes a full hour. */
function clockText(minutes: number, { hourCycle }: ScreenReader): string {
  const hour = Math.floor(minutes / 60);
  const minute = String(minutes % 60).padStart(2, "0");
  if (hourCycle === 24) return `${String(hour).padStart(2, "0")}:${minute}`;
  const past = minute === "00" ? "" : `:${minute}`;
  return `${hour % 12 || 12}${past} ${hour < 12 ? "am" : "pm"}`;
}

const NIGHT_ENDS = 7 * 60;
const NIGHT_BEGINS = EVENING * 60;

/** The hours beside the grid: the reader's, and of a second zone, whose nights have a moon. */
export function Hours({
  hours,
  props,
}: {
  hours: GridHours;
  props: CalendarProps & { readonly axis: Axis; readonly nowAxis: Axis | undefined };
}) {
  const { asked, reader, axis, now, nowAxis } = props;
  const rows = hourRows(axis, hours, asked.zone2);
  // Where the clock is turned back an hour comes twice, and says which of the two it is.
  const twice = (index: number) =>
    rows[index]?.minute === rows[index - 1]?.minute ||
    rows[index]?.minute === rows[index + 1]?.minute;
  return (
    <>
      <ol className={classes.hours} data-beside aria-hidden="true">
        {rows.map(({ hour, secondMinute }) => (
          <li key={hour}>
            {secondMinute === undefined ? null : (
              <span>
                {secondMinute < NIGHT_ENDS || secondMinute >= NIGHT_BEGINS ? (
                  <IconMoon size={9} stroke={1.8} />
                ) : null}
                {clockText(secondMinute, reader)}
              </span>
            )}
          </li>
        ))}
      </ol>
      <ol className={classes.hours} aria-hidden="true">
        {rows.map(({ hour, minute, at }, index) => (
          <li key={hour}>
            <span>
              {clockText(minute, reader)}
              {at !== undefined && twice(index) ? (
                <small>{zoneAbbreviation(at, reader.zone, reader.locale)}</small>
              ) : null}
            </span>
          </li>
        ))}
        {nowAxis === undefined ? null : (
          <NowMark axis={nowAxis} now={now} reader={reader} hours={hours} />
        )}
      </ol>
    </>
  );
}

/** Stretches that are night there, away or taken elsewhere. */
export function Shades({ column, hours }: { column: GridColumn; hours: GridHours }) {
  const [first, last] = [hours.first * 60, hours.last * 60];
  return column.shades.map(({ kind, from, to }) => {
    const [top, bottom] = [Math.max(from, first), Math.min(to, last)];
    if (bottom <= top) return null;
    const words = kind === "taken" || kind === "gap" ? t(`grid.${kind}`) : "";
    return (
      <span
        key={`${kind}-${from}`}
        className={classes.shade}
        data-kind={kind}
        title={words || undefined}
        style={{ "--from": top - first, "--minutes": bottom - top } as CSSProperties}
      >
        {words === "" ? null : <span className="sr-only">{words}</span>}
      </span>
    );
  });
}

/** What begins after the hours shown, in a row of its own. */
export function Later({
  columns,
  props,
}: {
  columns: readonly GridColumn[];
  props: CalendarProps;
}) {
  const { asked, reader, now } = props;
  if (columns.every(({ later }) => later.length === 0)) return null;
  return (
    <div className={classes.later} data-people={asked.view === "people" || undefined}>
      <p>{t("grid.later", { hour: clockText(EVENING * 60, reader) })}</p>
      {columns.map((column) => (
        <div key={column.key} data-selected={column.selected || undefined}>
          {column.later.map((block) =>
            block.id === null ? (
              <span key={block.key} data-kind="private">
                <span className="num">{formatTime(block.start, reader)}</span> {subjectOf(block)}
              </span>
            ) : (
              <Link
                key={block.key}
                href={calendarAddress(asked, { open: block.id })}
                scroll={false}
                data-row
                data-block={block.key}
                {...looksOf(block, now)}
                title={`${formatTime(block.start, reader)} ${subjectOf(block)}`}
              >
                <span className="num">{formatTime(block.start, reader)}</span> {subjectOf(block)}
              </Link>
            ),
          )}
        </div>
      ))}
    </div>
  );
}

export const columnLabel = (column: GridColumn, reader: ScreenReader): string => {
  const date = formatDateLong(column.axis.start, reader);
  return column.person === undefined
    ? date
    : t("grid.personLabel", { name: column.person.name, date });
};
