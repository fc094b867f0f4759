"use client";

import { ActionIcon, Button, Select, Textarea, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { ZoneSelect } from "@/components/settings/zone-select";
import { LOCALES, localeName } from "@/lib/i18n/locale";
import type { DraftGuest, MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { parseTimeZone } from "@/lib/time/zone";
import { readGuests } from "./guest-lines";
import classes from "./meeting-editor.module.css";
import { Section } from "./section";
import { words } from "./words";

const LANGUAGES = LOCALES.map((locale) => ({ value: locale, label: localeName(locale) }));

function GuestRow({
  guest,
  number,
  errors,
  onChange,
  onRemove,
}: {
  guest: DraftGuest;
  number: number;
  errors: Readonly<Record<string, string>>;
  onChange: (guest: DraftGuest) => void;
  onRemove: () => void;
}) {
  const name = guest.name || guest.email;
  const at = `guests.${number - 1}`;
  return (
    <li className={classes.guest}>
      <TextInput
        className={classes.guestName}
        aria-label={words("guests.name", { number })}
        placeholder={words("guests.name", { number })}
        value={guest.name}
        error={errors[`${at}.name`]}
        onChange={(event) => onChange({ ...guest, name: event.currentTarget.value })}
      />
      <TextInput
        className={classes.guestEmail}
        aria-label={words("guests.email", { number })}
        type="email"
        value={guest.email}
        error={errors[`${at}.email`]}
        onChange={(event) => onChange({ ...guest, email: event.currentTarget.value })}
      />
      <ZoneSelect
        label={null}
        aria-label={words("guests.zone", { name })}
        value={guest.zone}
        onChange={(value) => {
          const zone = parseTimeZone(value ?? "");
          if (zone !== undefined) onChange({ ...guest, zone });
        }}
      />
      <Select
        aria-label={words("guests.locale", { name })}
        data={LANGUAGES}
        value={guest.locale}
        allowDeselect={false}
        onChange={(locale) => onChange({ ...guest, locale: locale ?? guest.locale })}
      />
      <ActionIcon
        className={classes.guestRemove}
        aria-label={words("guests.remove", { name })}
        onClick={onRemove}
      >
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

/** Guests, typed or pasted as a list; each with the zone and the language of their mails. */
export function GuestsSection({
  draft,
  errors,
  set,
}: {
  draft: MeetingDraft;
  errors: Readonly<Record<string, string>>;
  set: (change: Partial<MeetingDraft>) => void;
}) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const { guests, host } = draft;
  const add = () => {
    const { guests: read, rest } = readGuests(typed);
    const known = new Set(guests.map(({ email }) => email.toLowerCase()));
    const fresh = read.filter(({ email }) => !known.has(email.toLowerCase()));
    const twice = read.filter(({ email }) => known.has(email.toLowerCase()));
    // Nobody's zone is known yet: most guests live where their host does.
    set({
      guests: [...guests, ...fresh.map((guest) => ({ ...guest, zone: host.zone, locale: "en" }))],
    });
    setTyped(rest.join("\n"));
    const lines = rest.join(", ");
    const names = twice.map(({ email }) => email).join(", ");
    if (rest.length > 0) setProblem(words("guests.notRead", { lines }));
    else setProblem(twice.length > 0 ? words("guests.already", { names }) : undefined);
  };
  return (
    <Section id="guests" title={words("guests.title")} words={words("guests.words")}>
      {guests.length === 0 ? null : (
        <ol className={classes.guests}>
          {guests.map((guest, index) => (
            <GuestRow
              // A guest has no other name than their place while their address is being typed.
              // biome-ignore lint/suspicious/noArrayIndexKey: typing in a row must keep the field that has the focus.
              key={index}
              guest={guest}
              number={index + 1}
              errors={errors}
              onChange={(next) =>
                set({ guests: guests.map((one, place) => (place === index ? next : one)) })
              }
              onRemove={() => set({ guests: guests.filter((_, place) => place !== index) })}
            />
          ))}
        </ol>
      )}
      <div className={classes.addGuests}>
        <Textarea
          label={words("guests.add")}
          description={words("guests.addHelp")}
          autosize
          minRows={1}
          maxRows={8}
          value={typed}
          error={problem}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey) return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add} disabled={typed.trim() === ""}>
          {words("guests.addButton")}
        </Button>
      </div>
    </Section>
  );
}
