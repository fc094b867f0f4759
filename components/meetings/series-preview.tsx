"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { ShownConflict } from "@/lib/meetings/core/check-time";
import { momentOfWall } from "@/lib/meetings/core/recurrence";
import { localText } from "@/lib/meetings/core/series";
import type { DateChoice } from "@/lib/meetings/core/series-input";
import type { PreviewAnswer, ShownClash } from "@/lib/meetings/core/series-wire";
import { minuteOfDayOf, parseCalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import classes from "./series.module.css";
import { say } from "./series-words";

export type RoomChoice = { readonly id: string; readonly name: string };

const isHard = ({ conflicts }: ShownClash): boolean => conflicts.some(({ required }) => required);

function whyText({ name, subject, why, required }: ShownConflict): string {
  if (!required) return say("preview.optional", { name });
  if (why === "busy-elsewhere") return say("preview.elsewhere", { name });
  if (why === "out-of-service") return say("preview.outOfService", { name });
  if (why === "closed") return say("preview.closed", { name });
  return subject === null
    ? say("preview.busyPrivate", { name })
    : say("preview.busy", { name, subject });
}

const dayOf = (moment: Instant, reader: ScreenReader): string =>
  `${formatDateShort(moment, reader)} ${formatTime(moment, reader)}`;

const wallText = (moment: Instant, zone: TimeZone): string =>
  localText({
    date: calendarDateAt(zone, moment),
    minute: minuteOfDayOf(minuteOfDayAt(zone, moment)),
  });

/** The moment a browser's date-and-time field means in this zone. */
function momentIn(text: string, zone: TimeZone): Instant | undefined {
  const date = parseCalendarDate(text.slice(0, 10));
  const minute = Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
  if (date === undefined || !Number.isInteger(minute) || minute > 1_439) return undefined;
  return momentOfWall({ date, minute: minuteOfDayOf(minute) }, zone);
}

type ChoiceProps = {
  readonly clash: Pick<ShownClash, "at" | "conflicts">;
  readonly choice: DateChoice | undefined;
  readonly rooms: readonly RoomChoice[];
  readonly reader: ScreenReader;
  readonly onChoose: (choice: DateChoice | undefined) => void;
};

/** What happens on one date: left out, at another time, in another room. */
function Choice({ clash, choice, rooms, reader, onChoose }: ChoiceProps) {
  const { at } = clash;
  const date = dayOf(at, reader);
  const offersRooms = rooms.length > 0 && clash.conflicts.some(({ kind }) => kind === "room");
  const options = [
    { value: "none", label: say("preview.undecided") },
    { value: "skip", label: say("preview.skip") },
    { value: "move", label: say("preview.move") },
    ...(offersRooms || choice?.do === "rooms"
      ? [{ value: "rooms", label: say("preview.rooms") }]
      : []),
  ];
  const choose = (value: string | null) => {
    if (value === "skip") onChoose({ at, do: "skip" });
    else if (value === "move") onChoose({ at, do: "move", start: at });
    else if (value === "rooms")
      onChoose({ at, do: "rooms", roomIds: rooms.slice(0, 1).map(({ id }) => id) });
    else onChoose(undefined);
  };
  return (
    <div className={classes.choice}>
      <Select
        size="xs"
        aria-label={say("preview.choice", { date })}
        value={choice?.do ?? "none"}
        data={options}
        allowDeselect={false}
        onChange={choose}
      />
      {choice?.do === "move" ? (
        <TextInput
          size="xs"
          type="datetime-local"
          aria-label={say("preview.moveTo", { date })}
          value={wallText(choice.start, reader.zone)}
          onChange={(event) => {
            const start = momentIn(event.currentTarget.value, reader.zone);
            if (start !== undefined) onChoose({ at, do: "move", start });
          }}
        />
      ) : null}
      {choice?.do === "rooms" ? (
        <Select
          size="xs"
          aria-label={say("preview.roomTo", { date })}
          value={choice.roomIds[0] ?? null}
          data={rooms.map(({ id, name }) => ({ value: id, label: name }))}
          allowDeselect={false}
          searchable
          onChange={(id) => {
            if (id !== null) onChoose({ at, do: "rooms", roomIds: [id] });
          }}
        />
      ) : null}
    </div>
  );
}

/** A date nothing is in the way of any more, because of what was chosen for it, can still be chosen otherwise. */
const settled = (choices: readonly DateChoice[], clashes: readonly ShownClash[]): ShownClash[] =>
  choices
    .filter(({ at }) => !clashes.some((clash) => clash.at === at))
    .map(({ at }) => ({ at, start: at, end: at, conflicts: [] }));

function Clashes({
  clashes,
  choices,
  rooms,
  reader,
  onChoices,
}: {
  readonly clashes: readonly ShownClash[];
  readonly choices: readonly DateChoice[];
  readonly rooms: readonly RoomChoice[];
  readonly reader: ScreenReader;
  readonly onChoices: (choices: readonly DateChoice[]) => void;
}) {
  const shown = [...clashes, ...settled(choices, clashes)].sort((a, b) => a.at - b.at);
  return (
    <ul className={classes.clashes}>
      {shown.map((clash) => (
        <li key={clash.at} className={classes.clash}>
          <div>
            <h3>{dayOf(clash.at, reader)}</h3>
            <ul className={classes.why}>
              {clash.conflicts.map((conflict) => (
                <li key={`${conflict.name} ${conflict.from}`} data-hard={conflict.required}>
                  {whyText(conflict)}
                </li>
              ))}
            </ul>
          </div>
          <Choice
            clash={clash}
            choice={choices.find(({ at }) => at === clash.at)}
            rooms={rooms}
            reader={reader}
            onChoose={(choice) =>
              onChoices([
                ...choices.filter(({ at }) => at !== clash.at),
                ...(choice === undefined ? [] : [choice]),
              ])
            }
          />
        </li>
      ))}
    </ul>
  );
}

/** The dates a series would have, who stands in whose way on which, and what is to happen on those. */
export function SeriesPreview({
  answer,
  choices,
  rooms,
  reader,
  onChoices,
}: {
  readonly answer: PreviewAnswer | undefined;
  readonly choices: readonly DateChoice[];
  readonly rooms: readonly RoomChoice[];
  readonly reader: ScreenReader;
  readonly onChoices: (choices: readonly DateChoice[]) => void;
}) {
  const [open, setOpen] = useState(false);
  // What was found last stays until the next answer, so that a choice does not make the list jump.
  const [last, setLast] = useState(answer);
  if (answer !== undefined && answer !== last) setLast(answer);
  const shown = answer ?? last;
  if (shown === undefined) return <p className={classes.help}>{say("preview.asking")}</p>;
  if (shown.status === "refused")
    return (
      <p className={classes.warning} role="status">
        {shown.message}
      </p>
    );
  const { dates, clashes, skipped } = shown;
  const hard = clashes.filter(isHard);
  const [first, end] = [dates[0], dates.at(-1)];
  const held =
    first === undefined || end === undefined
      ? ""
      : say("preview.held", {
          count: dates.length,
          first: formatDateShort(first.start, reader),
          last: formatDateShort(end.start, reader),
        });
  return (
    <div className={classes.preview} aria-busy={answer === undefined}>
      <p className={classes.held} role="status">
        <strong>{held}</strong>{" "}
        {hard.length > 0
          ? say("preview.clashes", { count: hard.length })
          : clashes.length === 0 && say("preview.free")}
        {hard.length === 0 && clashes.length > 0
          ? say("preview.warned", { count: clashes.length })
          : null}{" "}
        {skipped.length > 0 ? say("preview.left", { count: skipped.length }) : null}
      </p>
      <Clashes {...{ clashes, choices, rooms, reader, onChoices }} />
      <div className={classes.chips}>
        {hard.length > 1 ? (
          <Button
            size="xs"
            onClick={() =>
              onChoices([
                ...choices.filter(({ at }) => !hard.some((clash) => clash.at === at)),
                ...hard.map(({ at }) => ({ at, do: "skip" as const })),
              ])
            }
          >
            {say("preview.all")}
          </Button>
        ) : null}
        <Button size="xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(open ? "preview.hide" : "preview.show")}
        </Button>
      </div>
      {open ? (
        <ul className={classes.dates}>
          {dates.map((date) => (
            <li key={date.at}>{dayOf(date.start, reader)}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
