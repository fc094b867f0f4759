"use client";

import type { ClipboardEvent, KeyboardEvent, ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import type { Won } from "@/lib/crm/core/target";
import { elapsedShare, wonOf } from "@/lib/crm/core/target";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Teller } from "./target-words";
import { shareTold, told, toldShort } from "./target-words";
import classes from "./targets.module.css";
import { t } from "./targets-text";

/** What was won in a month, and what share of what is due by today. */
export function Reached({
  won,
  target,
  month,
  today,
  teller,
}: {
  won: Won | undefined;
  target: number | null;
  month: CalendarDate;
  today: CalendarDate;
  teller: Teller;
}) {
  const passed = elapsedShare(month, today);
  const sum = wonOf(won, teller.measure);
  if (passed === 0 || (sum === 0 && target === null)) return null;
  const amount = toldShort(sum, teller);
  const due = (target ?? 0) * passed;
  const missing = teller.measure === "amount" ? (won?.withoutRate ?? 0) : 0;
  return (
    <small className={classes.won} data-behind={(due > 0 && sum < due) || undefined}>
      {due > 0
        ? t("wonShare", { amount, share: shareTold(sum / due, teller.locale) })
        : t("won", { amount })}
      {missing === 0 ? null : `, ${t("withoutRate", { count: missing })}`}
    </small>
  );
}

export type CellKeys = {
  readonly onMove: (event: KeyboardEvent<HTMLElement>) => boolean;
  readonly onPaste: (event: ClipboardEvent<HTMLElement>) => void;
  /** False when what was typed is no target: it stays to be corrected. */
  readonly onType: (text: string, then: "down" | "right" | "stay") => boolean;
  readonly onEmpty: () => void;
  readonly onFocus: () => void;
};

function Editor({
  label,
  first,
  onType,
  onEnd,
}: {
  label: string;
  first: string;
  onType: CellKeys["onType"];
  /** `back`: the cell has the focus again. */
  onEnd: (back: boolean) => void;
}) {
  const [text, setText] = useState(first);
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(first.length, first.length);
  }, [first.length]);
  const end = (then: "down" | "right" | "stay") => {
    if (ended.current) return;
    ended.current = true;
    // What is no target stays to be corrected.
    if (onType(text, then)) onEnd(false);
    else ended.current = false;
  };
  return (
    <input
      ref={input}
      className={classes.editor}
      aria-label={label}
      inputMode="decimal"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => end("stay")}
      onKeyDown={(event) => {
        // The grid's own keys are the text's now.
        event.stopPropagation();
        if (event.key === "Escape") {
          ended.current = true;
          onEnd(true);
        }
        if (event.key === "Enter" || event.key === "Tab") {
          event.preventDefault();
          end(event.key === "Enter" ? "down" : "right");
        }
      }}
    />
  );
}

/** A cell like a spreadsheet's: focus moves by arrows, typing replaces, Enter changes, Delete empties. */
export function TargetCell({
  label,
  value,
  raw,
  current,
  keys,
  reached,
  teller,
}: {
  label: string;
  value: number | null;
  /** As it is typed. */
  raw: string;
  /** The one cell of the grid the Tab key comes to. */
  current: boolean;
  /** Absent where nothing may be changed. */
  keys: CellKeys | undefined;
  reached: ReactNode;
  teller: Teller;
}) {
  const [first, setFirst] = useState<string>();
  const cell = useRef<HTMLTableCellElement>(null);
  const shown = (
    <>
      <span className={classes.value} data-none={value === null || undefined}>
        {told(value, teller)}
      </span>
      {reached}
    </>
  );
  if (keys === undefined) return <td>{shown}</td>;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (keys.onMove(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Delete" || event.key === "Backspace") keys.onEmpty();
    else if (event.key === "Enter" || event.key === "F2") setFirst(raw);
    else if (event.key.length === 1 && event.key !== " ") setFirst(event.key);
    else return;
    event.preventDefault();
  };
  return (
    <td
      ref={cell}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid, WAI-ARIA's own pattern
      role="gridcell"
      tabIndex={current ? 0 : -1}
      data-cell=""
      // The field inside it keeps the focus it was given.
      onFocus={(event) => {
        if (event.target === event.currentTarget) keys.onFocus();
      }}
      onKeyDown={onKeyDown}
      onPaste={keys.onPaste}
      onDoubleClick={() => setFirst(raw)}
    >
      {first === undefined ? (
        shown
      ) : (
        <Editor
          label={label}
          first={first}
          onType={keys.onType}
          onEnd={(back) => {
            setFirst(undefined);
            if (back) cell.current?.focus();
          }}
        />
      )}
    </td>
  );
}
