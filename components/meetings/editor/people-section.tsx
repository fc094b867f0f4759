"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { FreeBusy } from "@/lib/meetings/core/free-busy";
import { guestSought } from "@/lib/meetings/core/free-busy";
import type { DraftPerson, MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Interval } from "@/lib/time/interval";
import type { GridRow } from "./busy-grid";
import { BusyGrid } from "./busy-grid";
import { ColleagueSearch } from "./colleague-search";
import classes from "./meeting-editor.module.css";
import { Section } from "./section";
import { words } from "./words";

function PersonMenu({
  person,
  onChange,
  onRemove,
}: {
  person: DraftPerson;
  onChange: (person: DraftPerson) => void;
  onRemove: () => void;
}) {
  const { name, required, coHost } = person;
  return (
    <Menu width={200}>
      <Menu.Target>
        <ActionIcon size={28} aria-label={words("who.change", { name })}>
          <IconDots size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChange({ ...person, required: !required })}>
          {words(required ? "who.makeOptional" : "who.makeRequired")}
        </Menu.Item>
        <Menu.Item onClick={() => onChange({ ...person, coHost: !coHost })}>
          {words(coHost ? "who.noCoHost" : "who.makeCoHost")}
        </Menu.Item>
        <Menu.Item color="danger" onClick={onRemove}>
          {words("who.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Being required is the rule, and needs no word. */
const roleOf = ({ required, coHost }: DraftPerson): string =>
  [
    ...(coHost ? [words("who.roleCoHost")] : []),
    ...(required ? [] : [words("who.roleOptional")]),
  ].join(", ");

type Known = (FreeBusy & { readonly window: Interval }) | undefined;

/** Host, colleagues, guests and rooms as lines of the grid, each with its days where they are known. */
export function gridRows(
  draft: MeetingDraft,
  known: Known,
  menuOf: (person: DraftPerson) => GridRow["menu"],
): readonly GridRow[] {
  const daysOf = (id: string) => known?.people.find((person) => person.id === id);
  const photoOf = (id: string) => daysOf(id)?.photoId ?? null;
  const { host, people, guests, rooms } = draft;
  return [
    {
      key: host.userId,
      kind: "person",
      name: host.name,
      zone: host.zone,
      role: words("who.roleHost"),
      required: true,
      photoId: photoOf(host.userId) ?? host.photoId,
      days: daysOf(host.userId),
    },
    ...people.map((person) => ({
      key: person.userId,
      kind: "person" as const,
      name: person.name,
      zone: person.zone,
      role: roleOf(person),
      required: person.required,
      photoId: photoOf(person.userId) ?? person.photoId,
      days: daysOf(person.userId),
      menu: menuOf(person),
    })),
    ...guests.map((guest) => ({
      key: guest.email,
      kind: "guest" as const,
      name: guest.name || guest.email,
      zone: guest.zone,
      role: words("who.roleGuest"),
      required: true,
      photoId: null,
      days: known && {
        busy: [],
        working: guestSought(guest.email, guest.zone, known.window).working,
      },
    })),
    ...rooms.map((room) => {
      const days = known?.rooms.find(({ id }) => id === room.id);
      const seats = room.capacity ?? days?.capacity;
      return {
        key: room.id,
        kind: "room" as const,
        name: room.name,
        zone: room.zone,
        role: seats === undefined ? room.location : words("who.roleRoom", { seats }),
        required: true,
        photoId: null,
        days: days && { busy: days.busy },
      };
    }),
  ];
}

/** Colleagues, and who of everybody and everything is free when. */
export function PeopleSection({
  draft,
  set,
  known,
  failed,
  day,
  reader,
  onMove,
  onDay,
}: {
  draft: MeetingDraft;
  set: (change: Partial<MeetingDraft>) => void;
  known: Known;
  failed: boolean;
  day: CalendarDate;
  reader: ScreenReader;
  onMove: (wanted: Interval) => void;
  onDay: (day: CalendarDate) => void;
}) {
  const [said, setSaid] = useState("");
  const { people } = draft;
  const change = (person: DraftPerson) =>
    set({ people: people.map((one) => (one.userId === person.userId ? person : one)) });
  const remove = ({ userId, name }: DraftPerson) => {
    set({ people: people.filter((one) => one.userId !== userId) });
    setSaid(words("who.removed", { name }));
  };
  const rows = gridRows(draft, known, (person) => (
    <PersonMenu person={person} onChange={change} onRemove={() => remove(person)} />
  ));
  return (
    <Section id="who" title={words("who.title")} words={words("who.words")}>
      <div className={classes.add}>
        <ColleagueSearch
          label={words("who.add")}
          without={[draft.host.userId, ...people.map(({ userId }) => userId)]}
          onChoose={(person) =>
            set({ people: [...people, { ...person, required: true, coHost: false }] })
          }
        />
      </div>
      <BusyGrid
        rows={rows}
        day={day}
        wanted={{ from: draft.start, to: draft.end }}
        reader={reader}
        failed={failed}
        onMove={onMove}
        onDay={onDay}
      />
      <p className="sr-only" role="status">
        {said}
      </p>
    </Section>
  );
}
