"use client";

import type { ClipboardEvent, KeyboardEvent } from "react";
import { useRef, useState } from "react";
import { decimalOf } from "@/lib/crm/core/money";
import type { TargetRow } from "@/lib/crm/core/target";
import { attainmentOf, sumTargets } from "@/lib/crm/core/target";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { CellChange, Cells } from "./grid-state";
import { keyOf, NOTHING, promisedIn, readPaste, readValue, stepOf, withValue } from "./grid-state";
import type { CellKeys } from "./target-cell";
import { Reached, TargetCell } from "./target-cell";
import type { Teller } from "./target-words";
import { shareTold, told, toldShort } from "./target-words";
import classes from "./targets.module.css";
import { t } from "./targets-text";
import type { Said } from "./use-targets";

type Place = readonly [row: number, column: number];

export type GridProps = {
  readonly rows: readonly TargetRow[];
  readonly months: readonly CalendarDate[];
  readonly monthNames: readonly string[];
  readonly year: number;
  readonly today: CalendarDate;
  readonly cells: Cells;
  readonly teller: Teller;
  /** Absent where the reader only reads. */
  readonly onChange: ((changes: readonly CellChange[]) => void) | undefined;
  readonly onSay: (said: Said) => void;
};

const withCells = (row: TargetRow, months: readonly CalendarDate[], cells: Cells): TargetRow => ({
  ...row,
  targets: months.map((month) => {
    const { amountMinor, deals, version } = cells.get(keyOf(row, month)) ?? NOTHING;
    return { month, amountMinor, deals, version };
  }),
});

/** How a line stands by today: what was won of what is due. */
function Standing({ row, props }: { row: TargetRow; props: GridProps }) {
  const { months, cells, teller, today } = props;
  const standing = attainmentOf(withCells(row, months, cells), months, today, teller.measure);
  if (standing === null) return <td className={classes.sum}>{t("notDue")}</td>;
  return (
    <td className={classes.sum}>
      <b data-behind={standing.share < 1 || undefined}>
        {shareTold(standing.share, teller.locale)}
      </b>
      <small>
        {t("due", { won: toldShort(standing.won, teller), due: toldShort(standing.due, teller) })}
      </small>
    </td>
  );
}

/** What the people of a team are promised together, where anything is: it need not be what the team is. */
function PeoplesSum({ values, teller }: { values: readonly (number | null)[]; teller: Teller }) {
  const sum = sumTargets(values);
  if (sum === null) return null;
  return (
    <small className={classes.won}>{t("peoplesSum", { amount: toldShort(sum, teller) })}</small>
  );
}

function SumLine({
  label,
  rows,
  props: { months, cells, teller },
}: {
  label: string;
  rows: readonly TargetRow[];
  props: GridProps;
}) {
  const sums = months.map((month) =>
    sumTargets(rows.map((row) => promisedIn(cells.get(keyOf(row, month)), teller.measure))),
  );
  return (
    <tr>
      <th scope="row">{label}</th>
      {months.map((month, at) => (
        <td key={month}>{told(sums[at] ?? null, teller)}</td>
      ))}
      <td className={classes.sum}>{told(sumTargets(sums), teller)}</td>
      <td className={classes.sum} />
    </tr>
  );
}

const typedOf = (value: number | null, { measure, currency }: Teller): string => {
  if (value === null) return "";
  return measure === "amount" ? decimalOf({ minor: value, currency }) : String(value);
};

/** What a cell does with keys, with what is typed and with what is pasted. */
function keysOf(
  [row, column]: Place,
  { rows, months, cells, teller, onSay }: GridProps,
  onChange: (changes: readonly CellChange[]) => void,
  go: (place: Place) => void,
): CellKeys {
  const size: Place = [rows.length, months.length];
  const change = (at: Place, value: number | null): CellChange[] => {
    const [of, month] = [rows[at[0]], months[at[1]]];
    if (of === undefined || month === undefined) return [];
    const before = cells.get(keyOf(of, month)) ?? NOTHING;
    return [{ row: of, month, ...withValue(before, teller.measure, value) }];
  };
  const complain = (text: string) => {
    const words = teller.measure === "amount" ? t("notAmount", { text }) : t("notCount", { text });
    onSay({ tone: "warn", words });
  };
  return {
    onFocus: () => go([row, column]),
    onEmpty: () => onChange(change([row, column], null)),
    onMove: (event: KeyboardEvent<HTMLElement>) => {
      const to = stepOf(event.key, [row, column], size);
      if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
      event.preventDefault();
      go(to);
      return true;
    },
    onType: (text, then) => {
      const value = readValue(text, teller);
      if (value === undefined) {
        complain(text);
        return false;
      }
      onChange(change([row, column], value));
      if (then !== "stay") {
        const key = then === "down" ? "ArrowDown" : "ArrowRight";
        go(stepOf(key, [row, column], size) ?? [row, column]);
      }
      return true;
    },
    onPaste: (event: ClipboardEvent<HTMLElement>) => {
      if (event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      const pasted = readPaste(event.clipboardData.getData("text/plain"), teller);
      if (!pasted.ok) return complain(pasted.text);
      const widest = Math.max(...pasted.values.map((line) => line.length));
      if (row + pasted.values.length > size[0] || column + widest > size[1])
        return onSay({ tone: "warn", words: t("tooWide") });
      onChange(
        pasted.values.flatMap((line, down) =>
          line.flatMap((value, right) => change([row + down, column + right], value)),
        ),
      );
    },
  };
}

/** Months beside each other, teams and their people below each other, sums at the edges. */
export function TargetGrid(props: GridProps) {
  const { rows, months, monthNames, year, today, cells, teller, onChange } = props;
  const [place, setPlace] = useState<Place>([0, 0]);
  const table = useRef<HTMLTableElement>(null);
  const go = (to: Place) => {
    setPlace(to);
    const cell = table.current?.querySelectorAll<HTMLElement>("[data-cell]");
    const wanted = cell?.[to[0] * months.length + to[1]];
    if (wanted !== document.activeElement) wanted?.focus();
  };
  const teams = rows.filter(({ holder }) => holder.kind === "team");
  const people = rows.filter(({ holder }) => holder.kind === "person");
  const measure = t(teller.measure);
  return (
    <div className={classes.wide}>
      <table
        ref={table}
        {...(onChange === undefined ? {} : { role: "grid" })}
        aria-label={t("grid", { year: String(year), measure })}
      >
        <thead>
          <tr>
            <th scope="col">{t("who")}</th>
            {monthNames.map((name, at) => (
              <th key={months[at]} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{t("year")}</th>
            <th scope="col">{t("reached")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, down) => {
            const of = people.filter(({ teamId }) => teamId === row.holder.id);
            const values = months.map((month) =>
              promisedIn(cells.get(keyOf(row, month)), teller.measure),
            );
            return (
              <tr key={`${row.holder.kind} ${row.holder.id}`} data-kind={row.holder.kind}>
                <th
                  scope="row"
                  data-below={(row.teamId !== null && row.holder.kind === "person") || undefined}
                >
                  {row.name}
                </th>
                {months.map((month, right) => (
                  <TargetCell
                    key={month}
                    label={t("edit", { who: row.name, month: monthNames[right] ?? month })}
                    value={values[right] ?? null}
                    raw={typedOf(values[right] ?? null, teller)}
                    current={place[0] === down && place[1] === right}
                    keys={onChange && keysOf([down, right], props, onChange, go)}
                    teller={teller}
                    reached={
                      <>
                        <Reached
                          won={row.won.find((won) => won.month === month)}
                          target={values[right] ?? null}
                          month={month}
                          today={today}
                          teller={teller}
                        />
                        {row.holder.kind === "team" ? (
                          <PeoplesSum
                            values={of.map((one) =>
                              promisedIn(cells.get(keyOf(one, month)), teller.measure),
                            )}
                            teller={teller}
                          />
                        ) : null}
                      </>
                    }
                  />
                ))}
                <td className={classes.sum}>{told(sumTargets(values), teller)}</td>
                <Standing row={row} props={props} />
              </tr>
            );
          })}
        </tbody>
        {teams.length + people.length < 2 ? null : (
          <tfoot>
            {teams.length > 1 ? <SumLine label={t("allTeams")} rows={teams} props={props} /> : null}
            {people.length > 1 ? (
              <SumLine label={t("allPeople")} rows={people} props={props} />
            ) : null}
          </tfoot>
        )}
      </table>
    </div>
  );
}
