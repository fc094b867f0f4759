"use client";

import { Textarea } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useId, useRef, useState } from "react";
import type { Named } from "@/lib/crm/core/deal-view";
import classes from "./composer.module.css";
import { t } from "./deal-text";

/** People of these whose "@Name" stands in the text. */
export const namedIn = (text: string, people: readonly Named[]): readonly string[] =>
  people.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);

/** What is typed after the last @ before the caret; undefined when no name is being typed. */
function asked(
  text: string,
  caret: number,
): { readonly from: number; readonly q: string } | undefined {
  const found = /(?:^|\s)@([\p{L}\p{M}'. -]{0,40})$/u.exec(text.slice(0, caret));
  const q = found?.[1];
  return q === undefined ? undefined : { from: caret - q.length - 1, q: q.toLowerCase() };
}

const STEPS: ReadonlyMap<string, number> = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
]);

/** A text in which @ offers people: arrows choose, Enter or Tab takes, Escape closes; ⌘ Enter sends. */
export function NoteField({
  value,
  onChange,
  onSend,
  people,
  label,
  placeholder,
  autoFocus = false,
}: {
  value: string;
  onChange: (text: string) => void;
  onSend: () => void;
  people: readonly Named[];
  label: string;
  placeholder?: string;
  autoFocus?: boolean;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  const query = closed ? undefined : asked(value, caret);
  const offered =
    query === undefined
      ? []
      : people.filter(({ name }) => name.toLowerCase().startsWith(query.q)).slice(0, 6);

  const take = (person: Named | undefined) => {
    if (person === undefined || query === undefined) return;
    const text = `${value.slice(0, query.from)}@${person.name} ${value.slice(caret)}`;
    onChange(text);
    setClosed(true);
    const at = query.from + person.name.length + 2;
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      return onSend();
    }
    if (offered.length === 0) return;
    const step = STEPS.get(event.key);
    const takes = event.key === "Enter" || event.key === "Tab";
    if (step === undefined && !takes && event.key !== "Escape") return;
    event.preventDefault();
    if (step !== undefined) return setChosen((chosen + step + offered.length) % offered.length);
    if (takes) return take(offered[chosen] ?? offered[0]);
    event.stopPropagation();
    setClosed(true);
  };
  const open = offered.length > 0;
  return (
    <div className={classes.field}>
      <Textarea
        ref={field}
        aria-label={label}
        {...(placeholder === undefined ? {} : { placeholder })}
        value={value}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        autoFocus={autoFocus}
        aria-haspopup="listbox"
        aria-autocomplete="list"
        aria-controls={listId}
        {...(open ? { "aria-activedescendant": `${listId}-${chosen}` } : {})}
        onKeyDown={onKeyDown}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setClosed(false);
          setChosen(0);
        }}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={t("composer.mentions")}
        className={classes.people}
        hidden={!open}
      >
        {offered.map((person, index) => (
          <div
            key={person.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            // The field keeps the focus: a press must not take it away before it is read.
            onMouseDown={(event) => {
              event.preventDefault();
              take(person);
            }}
          >
            {person.name}
          </div>
        ))}
      </div>
    </div>
  );
}
