"use client";

import { ActionIcon, Checkbox, Menu, MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconDoor,
  IconMapPin,
  IconPhone,
  IconPlus,
  IconVideo,
  IconX,
} from "@tabler/icons-react";
import { errorOf } from "@/lib/links/core/field-errors";
import type { LinkDraft } from "@/lib/links/schema";
import classes from "./editor.module.css";
import { Section } from "./section";
import type { SectionProps } from "./section-props";
import { words } from "./words";

type Place = LinkDraft["places"][number];
type Kind = Place["kind"];

const KINDS: readonly Kind[] = ["virtual", "room", "phone", "address"];
const ICONS = {
  virtual: IconVideo,
  room: IconDoor,
  phone: IconPhone,
  address: IconMapPin,
} as const;

const newPlace = (kind: Kind): Place => ({
  id: crypto.randomUUID(),
  kind,
  label: words(`place.default.${kind}`),
  detail: null,
  asks: kind === "phone" || kind === "address" ? kind : null,
  virtualRoomId: null,
});

function PlaceRow({
  place,
  index,
  props,
  onChange,
}: {
  place: Place;
  index: number;
  props: SectionProps;
  onChange: (place: Place) => void;
}) {
  const { draft, errors, set, choices } = props;
  const { places } = draft;
  const Icon = ICONS[place.kind];
  const name = place.label || words(`place.kind.${place.kind}`);
  const move = (by: 1 | -1) => {
    const order = [...places];
    order.splice(index, 1);
    order.splice(index + by, 0, place);
    set({ places: order });
  };
  const remove = () => {
    const left = places.filter(({ id }) => id !== place.id);
    const inARoom = left.some(({ kind }) => kind === "room");
    set({ places: left, roomIds: inARoom ? draft.roomIds : [] });
  };
  return (
    <li className={classes.place}>
      <Icon size={18} stroke={1.6} aria-hidden="true" className={classes.placeIcon} />
      <div className={classes.placeFields}>
        <div className={classes.two}>
          <TextInput
            label={`${words(`place.kind.${place.kind}`)}: ${words("place.label").toLowerCase()}`}
            value={place.label}
            error={errors[`places.${index}.label`]}
            onChange={(event) => onChange({ ...place, label: event.currentTarget.value })}
          />
          <TextInput
            label={words("place.detail")}
            value={place.detail ?? ""}
            error={errors[`places.${index}.detail`]}
            onChange={(event) => onChange({ ...place, detail: event.currentTarget.value || null })}
          />
        </div>
        {place.kind === "phone" || place.kind === "address" ? (
          <Checkbox
            label={words(place.kind === "phone" ? "place.asksPhone" : "place.asksAddress")}
            checked={place.asks !== null}
            error={errors[`places.${index}.asks`]}
            onChange={(event) =>
              onChange({
                ...place,
                asks: event.currentTarget.checked ? (place.kind as "phone") : null,
              })
            }
          />
        ) : null}
        {place.kind === "virtual" && choices.virtualRooms.length > 0 ? (
          <NativeSelect
            label={words("place.virtualRoom")}
            description={words("place.virtualRoomHelp")}
            data={[
              { value: "", label: words("place.ownJitsi") },
              ...choices.virtualRooms.map(({ id, name: label }) => ({ value: id, label })),
            ]}
            value={place.virtualRoomId ?? ""}
            error={errors[`places.${index}.virtualRoomId`]}
            onChange={(event) =>
              onChange({ ...place, virtualRoomId: event.currentTarget.value || null })
            }
          />
        ) : null}
        {place.kind === "room" ? (
          <MultiSelect
            label={words("place.rooms")}
            data={choices.rooms.map((room) => ({
              value: room.id,
              label: words("place.roomCapacity", { ...room }),
            }))}
            value={draft.roomIds}
            error={errorOf(errors, "roomIds")}
            nothingFoundMessage={words("place.noRooms")}
            searchable
            onChange={(roomIds) => set({ roomIds })}
          />
        ) : null}
      </div>
      <div className={classes.rowTools}>
        <ActionIcon
          disabled={index === 0}
          aria-label={words("place.up", { name })}
          onClick={() => move(-1)}
        >
          <IconArrowUp size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          disabled={index === places.length - 1}
          aria-label={words("place.down", { name })}
          onClick={() => move(1)}
        >
          <IconArrowDown size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon aria-label={words("place.remove", { name })} onClick={remove}>
          <IconX size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </div>
    </li>
  );
}

/** Where meetings are held; with more than one place the guest chooses. */
export function PlaceSection(props: SectionProps) {
  const { draft, errors, set } = props;
  const { places } = draft;
  return (
    <Section id="place" title={words("place.title")} words={words("place.words")}>
      {places.length === 0 ? (
        <p className={classes.hint}>{words("place.none")}</p>
      ) : (
        <ol className={classes.rows}>
          {places.map((place, index) => (
            <PlaceRow
              key={place.id}
              place={place}
              index={index}
              props={props}
              onChange={(next) =>
                set({ places: places.map((each) => (each.id === next.id ? next : each)) })
              }
            />
          ))}
        </ol>
      )}
      {errors.places === undefined ? null : <p className={classes.error}>{errors.places}</p>}
      <Menu keepMounted={false} position="bottom-start">
        <Menu.Target>
          <button type="button" className={classes.add}>
            <IconPlus size={14} stroke={1.6} aria-hidden="true" />
            {words("place.add")}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {KINDS.map((kind) => {
            const Icon = ICONS[kind];
            return (
              <Menu.Item
                key={kind}
                leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />}
                onClick={() => set({ places: [...places, newPlace(kind)] })}
              >
                {words(`place.kind.${kind}`)}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </Section>
  );
}
