"use client";

import { Button, Checkbox, NumberInput, Popover, Select, TextInput } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import {
  IconClock,
  IconDeviceTv,
  IconFilterSearch,
  IconMapPin,
  IconPlus,
  IconUsers,
  IconX,
} from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { FormEvent, ReactNode } from "react";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { Interval } from "@/lib/time/interval";
import { minuteOfDayAt } from "@/lib/time/offset";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./find-bar.module.css";
import { rangeHere } from "./room-words";
import type { RoomsAsked } from "./rooms-address";
import { clockOf, isSearching, minuteOf, roomsAddress } from "./rooms-address";
import { t } from "./rooms-text";

function Chip({
  icon: ChipIcon,
  label,
  chosen,
  clear,
  children,
}: {
  icon: Icon;
  label: string;
  chosen: string | undefined;
  /** Where the filter is not any more. */
  clear: string;
  children: (close: () => void) => ReactNode;
}) {
  const [opened, setOpened] = useState(false);
  const Shown = chosen === undefined ? IconPlus : ChipIcon;
  return (
    <span className={classes.chip} data-chosen={chosen !== undefined || undefined}>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        shadow="md"
        width={260}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button type="button" className={classes.pick} onClick={() => setOpened((is) => !is)}>
            <Shown size={14} stroke={1.6} aria-hidden="true" />
            {chosen === undefined ? (
              label
            ) : (
              <>
                <span className="sr-only">{label}: </span>
                {chosen}
              </>
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown>{children(() => setOpened(false))}</Popover.Dropdown>
      </Popover>
      {chosen === undefined ? null : (
        <Link href={clear} className={classes.drop} aria-label={t("find.remove", { thing: label })}>
          <IconX size={14} stroke={1.6} aria-hidden="true" />
        </Link>
      )}
    </span>
  );
}

function PartForm({ onSend, children }: { onSend: (form: FormData) => void; children: ReactNode }) {
  return (
    <form
      className={classes.form}
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        onSend(new FormData(event.currentTarget));
      }}
    >
      {children}
      <Button type="submit">{t("find.apply")}</Button>
    </form>
  );
}

type Props = {
  readonly asked: RoomsAsked;
  readonly wanted: Interval;
  readonly reader: ScreenReader;
  readonly places: readonly string[];
  readonly things: readonly string[];
  readonly free: number;
  readonly all: number;
};

type Change = (change: Partial<RoomsAsked>, close: () => void) => void;

function TimeChip({ asked, wanted, reader, change }: Props & { readonly change: Change }) {
  const zone = zoneAbbreviation(wanted.from, reader.zone, reader.locale);
  const isChosen = isSearching(asked);
  return (
    <Chip
      icon={IconClock}
      label={t("find.time")}
      chosen={isChosen ? `${rangeHere(wanted, reader)} ${zone}` : undefined}
      clear={roomsAddress(asked, { at: undefined, until: undefined })}
    >
      {(close) => (
        <PartForm
          onSend={(form) => {
            const at = minuteOf(String(form.get("at")));
            const until = minuteOf(String(form.get("until")));
            if (at !== undefined) change({ at, until, firstHour: undefined }, close);
          }}
        >
          <div className={classes.pair}>
            {(["at", "until"] as const).map((name) => (
              <TextInput
                key={name}
                type="time"
                name={name}
                label={t(name === "at" ? "find.from" : "find.to")}
                defaultValue={clockOf(
                  minuteOfDayAt(reader.zone, name === "at" ? wanted.from : wanted.to),
                )}
                required
                withAsterisk={false}
              />
            ))}
          </div>
        </PartForm>
      )}
    </Chip>
  );
}

function OtherChips({ asked, places, things, change }: Props & { readonly change: Change }) {
  return (
    <>
      <Chip
        icon={IconUsers}
        label={t("find.people")}
        chosen={
          asked.people === undefined
            ? undefined
            : t("find.peopleChosen", { count: String(asked.people) })
        }
        clear={roomsAddress(asked, { people: undefined })}
      >
        {(close) => (
          <PartForm
            onSend={(form) => change({ people: Number(form.get("people")) || undefined }, close)}
          >
            <NumberInput
              name="people"
              label={t("find.people")}
              min={1}
              max={10_000}
              defaultValue={asked.people ?? 4}
            />
          </PartForm>
        )}
      </Chip>
      <Chip
        icon={IconDeviceTv}
        label={t("find.equipment")}
        chosen={asked.equipment.length === 0 ? undefined : asked.equipment.join(", ")}
        clear={roomsAddress(asked, { equipment: [] })}
      >
        {(close) => (
          <PartForm
            onSend={(form) => change({ equipment: form.getAll("with").map(String) }, close)}
          >
            {things.map((thing) => (
              <Checkbox
                key={thing}
                name="with"
                value={thing}
                label={thing}
                defaultChecked={asked.equipment.includes(thing)}
              />
            ))}
          </PartForm>
        )}
      </Chip>
      {places.length < 2 ? null : (
        <Chip
          icon={IconMapPin}
          label={t("find.place")}
          chosen={asked.place}
          clear={roomsAddress(asked, { place: undefined })}
        >
          {(close) => (
            <Select
              label={t("find.place")}
              data={[...places]}
              defaultValue={asked.place ?? null}
              placeholder={t("find.anyPlace")}
              comboboxProps={{ withinPortal: false }}
              onChange={(place) => change({ place: place ?? undefined }, close)}
            />
          )}
        </Chip>
      )}
    </>
  );
}

/** What is looked for, as chips that stand in the address; and how many rooms have it. */
export function FindBar(props: Props) {
  const { asked, free, all } = props;
  const router = useRouter();
  const change: Change = (part, close) => {
    close();
    router.push(roomsAddress(asked, part), { scroll: false });
  };
  const nothing = {
    at: undefined,
    until: undefined,
    people: undefined,
    equipment: [],
    place: undefined,
  };
  return (
    <search className={classes.bar} aria-label={t("find.title")}>
      <span className={classes.title}>
        <IconFilterSearch size={16} stroke={1.6} aria-hidden="true" />
        {t("find.title")}
      </span>
      <TimeChip {...props} change={change} />
      <OtherChips {...props} change={change} />
      {isSearching(asked) ? (
        <span className={classes.result} role="status">
          {t.rich("find.found", {
            free: String(free),
            all: String(all),
            b: (words) => <b>{words}</b>,
          })}
          <Link href={roomsAddress(asked, nothing)}>{t("find.clear")}</Link>
        </span>
      ) : null}
    </search>
  );
}
