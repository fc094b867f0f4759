import type { CSSProperties } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { UserId } from "@/lib/ids";
import type { AwaySpan, CalendarSurroundings } from "@/lib/meetings/core/calendar";
import { formatTimeRange } from "@/lib/time/format";
import { DAY_MS } from "@/lib/time/instant";
import { zoneCity } from "@/lib/time/zone-names";
import classes from "./all-day.module.css";
import { t } from "./calendar-text";
import type { GridColumn } from "./grid-columns";

/** A line over one or several days: numbers of columns, the last included. */
export type AllDayBar = {
  readonly key: string;
  readonly kind: "holiday" | "away" | "stay";
  readonly words: string;
  readonly first: number;
  readonly last: number;
  readonly lane: number;
};

/** More lines than this would push the hours out of sight; the others are counted. */
const MOST_LANES = 3;

function awayWords(
  { from, to, name, personId }: AwaySpan,
  column: GridColumn | undefined,
  whose: { readonly reader: ScreenReader; readonly viewerId: UserId },
): string {
  const own = personId === whose.viewerId;
  const partly =
    column !== undefined &&
    (from > column.axis.start || to < column.axis.end) &&
    to - from < DAY_MS;
  if (!partly) return own ? t("grid.awayYou") : t("grid.away", { name });
  const time = formatTimeRange({ from, to }, whose.reader);
  return own ? t("grid.awayPartYou", { time }) : t("grid.awayPart", { name, time });
}

/** Holidays, who is away and who works elsewhere, each over its days, in as few lines as hold them. */
export function allDayBars(
  columns: readonly GridColumn[],
  around: CalendarSurroundings,
  whose: { readonly reader: ScreenReader; readonly viewerId: UserId; readonly besides: boolean },
): { readonly bars: readonly AllDayBar[]; readonly hidden: readonly number[] } {
  // Where people stand side by side, each column tells of its own person.
  const concerns = (column: GridColumn, personId: UserId) =>
    !whose.besides || column.personId === personId;
  const touched = (test: (column: GridColumn) => boolean) => ({
    first: columns.findIndex(test),
    last: columns.findLastIndex(test),
  });
  const found = [
    ...around.holidays.map(({ date, name }) => ({
      key: `holiday-${date}-${name}`,
      kind: "holiday" as const,
      words: name,
      ...touched((column) => column.date === date),
    })),
    ...around.away.map((away) => {
      const span = touched(
        (column) =>
          concerns(column, away.personId) &&
          away.from < column.axis.end &&
          away.to > column.axis.start,
      );
      return {
        key: `away-${away.personId}-${away.from}`,
        kind: "away" as const,
        words: awayWords(away, columns[span.first], whose),
        ...span,
      };
    }),
    ...around.stays.map(({ personId, name, zone, from, to }) => ({
      key: `stay-${personId}-${from}`,
      kind: "stay" as const,
      words:
        personId === whose.viewerId
          ? t("grid.stayYou", { city: zoneCity(zone) })
          : t("grid.stay", { name, city: zoneCity(zone) }),
      ...touched(
        (column) => concerns(column, personId) && column.date >= from && column.date <= to,
      ),
    })),
  ].filter(({ first }) => first !== -1);
  return inLanes(found, columns.length);
}

function inLanes(found: readonly Omit<AllDayBar, "lane">[], columns: number) {
  const ends: number[] = [];
  const hidden = Array.from({ length: columns }, () => 0);
  const bars: AllDayBar[] = [];
  for (const bar of found.toSorted((a, b) => a.first - b.first || b.last - a.last)) {
    const free = ends.findIndex((end) => end < bar.first);
    const lane = free === -1 ? ends.length : free;
    if (lane >= MOST_LANES) {
      for (let column = bar.first; column <= bar.last; column++)
        hidden[column] = (hidden[column] ?? 0) + 1;
      continue;
    }
    ends[lane] = bar.last;
    bars.push({ ...bar, lane });
  }
  return { bars, hidden };
}

/** The row of what lasts all day, above the hours. Nothing where there is nothing. */
export function AllDay({
  columns,
  bars,
  hidden,
}: {
  columns: readonly GridColumn[];
  bars: readonly AllDayBar[];
  hidden: readonly number[];
}) {
  if (bars.length === 0) return null;
  const selected = columns.findIndex((column) => column.selected);
  const over = hidden.some((count) => count > 0);
  return (
    <div className={classes.row}>
      <p>{t("grid.allDay")}</p>
      <ul aria-label={t("grid.allDay")}>
        {bars.map(({ key, kind, words, first, last, lane }) => (
          <li
            key={key}
            data-kind={kind}
            data-selected={(first <= selected && selected <= last) || undefined}
            style={
              { "--first": first + 3, "--last": last + 4, "--lane": lane + 1 } as CSSProperties
            }
            title={words}
          >
            {words}
          </li>
        ))}
        {over
          ? hidden.map((count, index) =>
              count === 0 ? null : (
                <li
                  key={columns[index]?.key}
                  data-kind="more"
                  data-selected={index === selected || undefined}
                  style={
                    {
                      "--first": index + 3,
                      "--last": index + 4,
                      "--lane": MOST_LANES + 1,
                    } as CSSProperties
                  }
                >
                  {t("grid.moreAllDay", { count })}
                </li>
              ),
            )
          : null}
      </ul>
    </div>
  );
}
