"use client";

import { Combobox, Loader, Pill, PillsInput, useCombobox } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { UserId } from "@/lib/ids";
import { MOST_PEOPLE } from "@/lib/meetings/core/calendar";
import { calendarAddress, PEOPLE_COOKIE, remember } from "./calendar-address";
import { t } from "./calendar-text";
import type { CalendarProps } from "./grid-columns";
import classes from "./people-bar.module.css";

type Found = { readonly id: UserId; readonly name: string; readonly email: string };

/** Colleagues by part of their name or address, asked for after a pause in typing; undefined while that goes on. */
function useColleagues(words: string, wanted: boolean): readonly Found[] | undefined {
  const [found, setFound] = useState<readonly Found[]>();
  useEffect(() => {
    if (!wanted) return;
    setFound(undefined);
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/api/v1/people?q=${encodeURIComponent(words.trim())}`, {
          signal: abort.signal,
        });
        const body: { people?: readonly Found[] } = answer.ok ? await answer.json() : {};
        setFound(body.people ?? []);
      } catch {
        // Left before the answer, or offline: an empty list says so, and typing on asks again.
        if (!abort.signal.aborted) setFound([]);
      }
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [words, wanted]);
  return found;
}

/** Whose days stand side by side: each can be taken out, and colleagues added by name. */
export function PeopleBar({ asked, around, people, viewerId }: CalendarProps) {
  const router = useRouter();
  const [words, setWords] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useColleagues(words, combobox.dropdownOpened);
  const choices = found?.filter(({ id }) => !people.includes(id));
  const full = people.length >= MOST_PEOPLE;
  const show = (next: readonly UserId[]) => {
    remember(PEOPLE_COOKIE, next.join(","));
    router.push(calendarAddress(asked, { people: next, open: undefined }), { scroll: false });
  };
  const add = (id: string) => {
    const one = found?.find((person) => person.id === id);
    setWords("");
    combobox.closeDropdown();
    if (one !== undefined) show([...people, one.id]);
  };
  return (
    <div className={classes.bar}>
      <Combobox store={combobox} onOptionSubmit={add} position="bottom-start">
        <Combobox.DropdownTarget>
          <PillsInput size="sm" className={classes.field ?? ""} aria-label={t("people.choose")}>
            <Pill.Group>
              {around.people.map(({ id, name }) => (
                <Pill
                  key={id}
                  withRemoveButton={people.length > 1}
                  onRemove={() => show(people.filter((other) => other !== id))}
                  removeButtonProps={{
                    "aria-label": t("people.remove", { name }),
                    "aria-hidden": false,
                    tabIndex: 0,
                  }}
                >
                  {id === viewerId ? t("grid.you") : name}
                </Pill>
              ))}
              <Combobox.EventsTarget>
                <PillsInput.Field
                  value={words}
                  disabled={full}
                  placeholder={full ? t("people.full", { count: MOST_PEOPLE }) : t("people.find")}
                  aria-label={t("people.find")}
                  onFocus={() => combobox.openDropdown()}
                  onBlur={() => combobox.closeDropdown()}
                  onChange={(event) => {
                    setWords(event.currentTarget.value);
                    combobox.openDropdown();
                    combobox.updateSelectedOptionIndex();
                  }}
                  onKeyDown={(event) => {
                    const last = people.at(-1);
                    if (event.key === "Backspace" && words === "" && last && people.length > 1) {
                      show(people.slice(0, -1));
                    }
                  }}
                />
              </Combobox.EventsTarget>
            </Pill.Group>
          </PillsInput>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown>
          <Combobox.Options aria-label={t("people.find")}>
            {choices === undefined ? (
              <Combobox.Empty>
                <Loader size={14} />
              </Combobox.Empty>
            ) : null}
            {choices?.length === 0 ? <Combobox.Empty>{t("people.none")}</Combobox.Empty> : null}
            {choices?.map(({ id, name, email }) => (
              <Combobox.Option key={id} value={id}>
                {name} <small>{email}</small>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {people.length === 1 ? <p>{t("people.alone")}</p> : null}
    </div>
  );
}
