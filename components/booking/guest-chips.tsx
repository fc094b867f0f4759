"use client";

import type { KeyboardEvent } from "react";
import { useCallback, useEffect, useRef, useState } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import { useScripted } from "@/components/guest/use-scripted";
import type { Words } from "@/components/guest/words";
import styles from "./details.module.css";

const SEPARATORS = /[\s,;]+/;

/** Addresses in a text, each once, in order. */
export const addressesIn = (text: string): readonly string[] => [
  ...new Set(text.split(SEPARATORS).filter((part) => part !== "")),
];

/**
 * The addresses of other guests: one to a line in a plain field until a script runs, then one to a chip. What is
 * still being typed is sent along with the chips.
 */
export function GuestChips({
  initial,
  limit,
  invalid,
  describedBy,
  words,
}: {
  readonly initial: readonly string[];
  readonly limit: number;
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly words: Words;
}) {
  const scripted = useScripted();
  const [guests, setGuests] = useState(initial);
  const [said, setSaid] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const wasTyping = useRef(false);
  /** What was typed before scripts ran is carried over, and so is the place where it was being typed. */
  const carryOver = useCallback((plain: HTMLTextAreaElement) => {
    return () => {
      const typed = addressesIn(plain.value);
      wasTyping.current = document.activeElement === plain;
      setGuests((guests) => [...new Set([...guests, ...typed])]);
    };
  }, []);
  useEffect(() => {
    if (scripted && wasTyping.current) field.current?.focus();
  }, [scripted]);
  if (!scripted) {
    return (
      <textarea
        ref={carryOver}
        className={controls.input}
        id="guests"
        name="guests"
        rows={2}
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={initial.join("\n")}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
      />
    );
  }
  const add = () => {
    const typed = addressesIn(field.current?.value ?? "");
    if (field.current) field.current.value = "";
    const added = typed.filter((address) => !guests.includes(address));
    if (added.length === 0) return;
    setGuests([...guests, ...added]);
    setSaid(words("details.guestAdded", { email: added.join(", ") }));
  };
  const remove = (address: string) => {
    setGuests(guests.filter((guest) => guest !== address));
    setSaid(words("details.guestRemoved", { email: address }));
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const text = event.currentTarget.value.trim();
    if ((event.key === "Enter" || event.key === "," || event.key === ";") && text !== "") {
      event.preventDefault();
      add();
    }
    const last = guests.at(-1);
    if (event.key === "Backspace" && event.currentTarget.value === "" && last !== undefined) {
      remove(last);
    }
  };
  return (
    <div className={`${controls.input} ${styles.chips} ${invalid ? controls.invalid : ""}`}>
      {guests.map((guest) => (
        <span className={styles.chip} key={guest}>
          {guest}
          <input type="hidden" name="guests" value={guest} />
          <button
            type="button"
            aria-label={words("details.guestRemove", { email: guest })}
            onClick={() => remove(guest)}
          >
            <Icon name="cross" />
          </button>
        </span>
      ))}
      <input
        id="guests"
        name="guests"
        type="text"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        ref={field}
        placeholder={guests.length < limit ? words("details.guestsAdd") : ""}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onKeyDown={onKey}
        onBlur={add}
      />
      <span className="sr-only" role="status">
        {said}
      </span>
    </div>
  );
}
