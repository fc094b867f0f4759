"use client";

import { ActionIcon, Select, TextInput } from "@mantine/core";
import { IconDoor, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { Tag } from "@/components/ui/tag";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { formatTime, formatTimeRange } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./meeting-editor.module.css";
import { Section } from "./section";
import type { OfferedRoom } from "./use-free-rooms";
import { words } from "./words";

export type VirtualChoice = { readonly id: string; readonly name: string };

function whyNotText({ free }: OfferedRoom, reader: ScreenReader): string | undefined {
  if (free === true) return undefined;
  switch (free.kind) {
    case "taken":
      return words("where.taken", { time: formatTime(instantOf(free.until), reader) });
    case "closed":
      return words("where.closedRoom");
    case "out-of-service":
      return words("where.outOfService");
    case "not-yours":
      return words("where.notYours");
    default:
      return words("where.takenNow");
  }
}

/** Capacity, equipment and whether it can be had: one line that also the search reads. */
function roomLine(room: OfferedRoom, reader: ScreenReader): string {
  const facts = [words("where.seats", { capacity: room.capacity }), ...room.equipment];
  return [
    `${room.name}, ${room.location}`,
    facts.join(", "),
    whyNotText(room, reader) ?? words("where.roomFree"),
  ].join(" · ");
}

function ChosenRoom({
  room,
  offered,
  draft,
  comers,
  reader,
  onRemove,
}: {
  room: MeetingDraft["rooms"][number];
  offered: OfferedRoom | undefined;
  draft: MeetingDraft;
  comers: number;
  reader: ScreenReader;
  onRemove: () => void;
}) {
  const capacity = offered?.capacity ?? room.capacity;
  const why = offered && whyNotText(offered, reader);
  const there = { ...reader, zone: room.zone };
  return (
    <li className={classes.room}>
      <IconDoor size={16} stroke={1.6} aria-hidden="true" />
      <span className={classes.roomName}>
        <b>
          {room.name}, {room.location}
        </b>
        <small>
          {formatTimeRange({ from: draft.start, to: draft.end }, there)}{" "}
          {zoneAbbreviation(draft.start, room.zone, reader.locale)}
          {capacity === null
            ? ""
            : `, ${words(capacity < comers ? "where.tooSmall" : "where.fits", { capacity, people: comers })}`}
        </small>
      </span>
      {why === undefined ? null : <Tag tone="warn">{why}</Tag>}
      {offered?.needsApproval ? <Tag>{words("where.asks")}</Tag> : null}
      <ActionIcon aria-label={words("where.removeRoom", { name: room.name })} onClick={onRemove}>
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

/** Rooms in as many cities as it takes, the virtual room, or another place in words. */
export function WhereSection({
  draft,
  errors,
  set,
  offered,
  virtualRooms,
  reader,
}: {
  draft: MeetingDraft;
  errors: Readonly<Record<string, string>>;
  set: (change: Partial<MeetingDraft>) => void;
  offered: readonly OfferedRoom[] | undefined;
  virtualRooms: readonly VirtualChoice[];
  reader: ScreenReader;
}) {
  const [round, setRound] = useState(0);
  const { rooms, place } = draft;
  const comers = 1 + draft.people.length + draft.guests.length;
  const left = (offered ?? []).filter(({ id }) => rooms.every((room) => room.id !== id));
  const add = (id: string | null) => {
    const room = left.find((one) => one.id === id);
    if (room === undefined) return;
    const { name, location, zone, capacity } = room;
    set({ rooms: [...rooms, { id: room.id, name, location, zone, capacity }] });
    setRound(round + 1);
  };
  return (
    <Section id="where" title={words("where.title")}>
      {rooms.length === 0 ? null : (
        <ul className={classes.rooms} aria-label={words("where.rooms")}>
          {rooms.map((room) => (
            <ChosenRoom
              key={room.id}
              room={room}
              offered={offered?.find(({ id }) => id === room.id)}
              draft={draft}
              comers={comers}
              reader={reader}
              onRemove={() => set({ rooms: rooms.filter(({ id }) => id !== room.id) })}
            />
          ))}
        </ul>
      )}
      <div className={classes.two}>
        <Select
          key={round}
          searchable
          label={words("where.addRoom")}
          placeholder={words("where.roomSearch")}
          nothingFoundMessage={words("where.noRoom")}
          data={left.map((room) => ({
            value: room.id,
            label: roomLine(room, reader),
            disabled: room.free !== true && room.free.kind === "not-yours",
          }))}
          error={errors.roomIds ?? errors["roomIds.0"]}
          onChange={add}
        />
        <Select
          label={words("where.virtual")}
          description={null}
          data={[
            { value: "", label: words("where.virtualNone") },
            ...virtualRooms.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={draft.virtualRoomId ?? ""}
          allowDeselect={false}
          error={errors.virtualRoomId}
          onChange={(value) => set({ virtualRoomId: value === "" ? null : value })}
        />
      </div>
      <div className={classes.two}>
        <Select
          label={words("where.other")}
          data={[
            { value: "", label: words("where.otherNone") },
            { value: "phone", label: words("where.phone") },
            { value: "address", label: words("where.address") },
          ]}
          value={place?.kind ?? ""}
          allowDeselect={false}
          onChange={(kind) =>
            set({
              place:
                kind === "phone" || kind === "address"
                  ? { kind, detail: place?.detail ?? "" }
                  : null,
            })
          }
        />
        {place === null ? null : (
          <TextInput
            label={words(place.kind === "phone" ? "where.detailPhone" : "where.detailAddress")}
            value={place.detail}
            error={errors["place.detail"]}
            onChange={(event) => set({ place: { ...place, detail: event.currentTarget.value } })}
          />
        )}
      </div>
    </Section>
  );
}
