"use client";

import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { ZoneSelect } from "@/components/settings/zone-select";
import { SectionHead } from "@/components/ui/page-head";
import type { ZoneStay } from "@/lib/availability/core/query";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { parseTimeZone } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import classes from "./availability.module.css";
import { dateWords } from "./date-words";
import { UndoLine } from "./undo-line";
import { words } from "./words";

const inOrder = (stays: readonly ZoneStay[]) =>
  [...stays].sort((a, b) => (a.from < b.from ? -1 : 1));

type Typed = { readonly from: string; readonly to: string; readonly zone: string | null };
const EMPTY: Typed = { from: "", to: "", zone: null };

/** The journey typed, or what is wrong with it. */
function stayOf(
  typed: Typed,
  stays: readonly ZoneStay[],
  { today, locale }: { readonly today: CalendarDate; readonly locale: string },
): ZoneStay | string {
  const from = parseCalendarDate(typed.from);
  const to = parseCalendarDate(typed.to);
  const zone = parseTimeZone(typed.zone ?? "");
  if (from === undefined || to === undefined || zone === undefined)
    return words("travel.incomplete");
  if (to < from) return words("travel.backwards");
  const other = stays.find((stay) => stay.from <= to && from <= stay.to);
  if (other === undefined) return { from, to, zone };
  return words("travel.overlap", {
    from: dateWords(other.from, today, locale),
    to: dateWords(other.to, today, locale),
  });
}

/** From when to when the hours are read on the clocks of another place. */
export function TravelSection({
  travel,
  today,
  locale,
  problem,
  onTravel,
}: {
  travel: readonly ZoneStay[];
  today: CalendarDate;
  locale: string;
  problem: string | undefined;
  onTravel: (travel: readonly ZoneStay[]) => void;
}) {
  const [typed, setTyped] = useState(EMPTY);
  const [wrong, setWrong] = useState<string>();
  const [removed, setRemoved] = useState<ZoneStay>();
  const past = travel.filter(({ to }) => to < today);
  const coming = travel.filter(({ to }) => to >= today);

  const type = (change: Partial<Typed>) => {
    setTyped({ ...typed, ...change });
    setWrong(undefined);
  };
  const add = () => {
    const stay = stayOf(typed, travel, { today, locale });
    if (typeof stay === "string") {
      setWrong(stay);
      return;
    }
    onTravel(inOrder([...travel, stay]));
    setTyped(EMPTY);
    setRemoved(undefined);
  };
  const row = (stay: ZoneStay) => {
    const from = dateWords(stay.from, today, locale);
    const to = dateWords(stay.to, today, locale);
    const zone = zoneCity(stay.zone);
    return (
      <li key={stay.from} className={classes.entry}>
        <b>{stay.from === stay.to ? from : `${from} – ${to}`}</b>
        <span>{zone}</span>
        <ActionIcon
          aria-label={words("travel.remove", { zone, from, to })}
          onClick={() => {
            onTravel(travel.filter((other) => other !== stay));
            setRemoved(stay);
          }}
        >
          <IconTrash size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </li>
    );
  };

  return (
    <section className={classes.section} aria-labelledby="travel">
      <SectionHead id="travel" title={words("travel.title")} hint={words("travel.hint")} />
      <div className={classes.stay}>
        <TextInput
          type="date"
          label={words("travel.from")}
          value={typed.from}
          onChange={(event) => type({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={words("travel.to")}
          value={typed.to}
          min={typed.from}
          onChange={(event) => type({ to: event.currentTarget.value })}
        />
        <ZoneSelect
          label={words("travel.zone")}
          value={typed.zone}
          onChange={(zone) => type({ zone })}
        />
        <Button leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />} onClick={add}>
          {words("travel.add")}
        </Button>
      </div>
      {(wrong ?? problem) === undefined ? null : (
        <p className={classes.problem} role="alert">
          {wrong ?? problem}
        </p>
      )}
      {removed === undefined ? null : (
        <UndoLine
          undo={words("travel.undo")}
          onUndo={() => {
            onTravel(inOrder([...travel, removed]));
            setRemoved(undefined);
          }}
        >
          {words("travel.removed", { zone: zoneCity(removed.zone) })}
        </UndoLine>
      )}
      {coming.length === 0 ? (
        <p className={classes.quiet}>{words("travel.none")}</p>
      ) : (
        <ul className={classes.entries}>{coming.map(row)}</ul>
      )}
      {past.length === 0 ? null : (
        <details className={classes.folded}>
          <summary>{words("travel.past", { count: past.length })}</summary>
          <ul className={classes.entries}>{past.map(row)}</ul>
        </details>
      )}
    </section>
  );
}
