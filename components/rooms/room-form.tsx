"use client";

import { Button, Checkbox, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useState, useTransition } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { groups } from "@/lib/access/actor";
import { rangeOf } from "@/lib/availability/core/day-hours";
import { hoursText } from "@/lib/availability/core/typed-hours";
import { saveRoomAction } from "@/lib/rooms/actions";
import type { Location, RoomSettings } from "@/lib/rooms/core/room";
import { USUAL_EQUIPMENT } from "@/lib/rooms/core/room";
import type { RoomAnswer } from "@/lib/rooms/core/room-answer";
import { formatWeekday } from "@/lib/time/format";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { UTC } from "@/lib/time/zone";
import classes from "./manage.module.css";
import { t } from "./rooms-text";

type Props = {
  /** Undefined for one that is about to be made. */
  readonly room: RoomSettings | undefined;
  readonly rooms: readonly RoomSettings[];
  readonly locations: readonly Location[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
};

type Problems = Readonly<Record<string, string>>;

function Part({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      {help === undefined ? null : <p className={classes.help}>{help}</p>}
      {children}
    </section>
  );
}

function Basics({ room, locations, problems }: Props & { readonly problems: Problems }) {
  return (
    <Part title={t("room.basics")}>
      <div className={classes.two}>
        <TextInput
          name="name"
          label={t("room.name")}
          defaultValue={room?.name ?? ""}
          maxLength={120}
          error={problems.name}
        />
        <Select
          name="location"
          label={t("room.location")}
          data={locations.map(({ name }) => name)}
          defaultValue={room?.location ?? locations[0]?.name ?? null}
          allowDeselect={false}
          error={problems.location}
        />
        <NumberInput
          name="capacity"
          label={t("room.capacity")}
          min={1}
          max={10_000}
          defaultValue={room?.capacity ?? 6}
          error={problems.capacity}
        />
        <TextInput
          name="floor"
          label={t("room.floor")}
          defaultValue={room?.floor ?? ""}
          maxLength={40}
          error={problems.floor}
        />
      </div>
      <TextInput
        name="detail"
        label={t("room.detail")}
        description={t("room.detailHelp")}
        defaultValue={room?.detail ?? ""}
        maxLength={200}
        error={problems.detail}
      />
      <TagsInput
        name="equipment"
        label={t("room.equipment")}
        description={t("room.equipmentHelp")}
        data={[...USUAL_EQUIPMENT]}
        defaultValue={[...(room?.equipment ?? [])]}
        maxTags={30}
        error={problems.equipment}
      />
      <Switch
        name="active"
        label={t("room.active")}
        description={t("room.activeHelp")}
        defaultChecked={room?.active ?? true}
      />
    </Part>
  );
}

/** A Sunday. */
const SUNDAY = 3 * DAY_MS;

function Hours({ room, problems }: Pick<Props, "room"> & { readonly problems: Problems }) {
  const textOf = (day: number): string => {
    const ranges = (room?.hours ?? []).filter(([on]) => on === day);
    return ranges.length === 0
      ? ""
      : hoursText(
          ranges.map(([, from, to]) => rangeOf(from, to)),
          24,
        );
  };
  return (
    <Part title={t("room.hours")} help={t("room.hoursHelp")}>
      <div className={classes.hours}>
        {[1, 2, 3, 4, 5, 6, 0].map((day) => (
          <label key={day} htmlFor={`hours-${day}`}>
            {formatWeekday(instantOf(SUNDAY + day * DAY_MS), { zone: UTC, locale: "en" })}
            <TextInput
              id={`hours-${day}`}
              name={`hours${day}`}
              defaultValue={textOf(day)}
              placeholder={t("room.closedDay")}
              error={problems[`hours${day}`]}
            />
          </label>
        ))}
      </div>
    </Part>
  );
}

function Booking({ room, people, problems }: Props & { readonly problems: Problems }) {
  return (
    <Part title={t("room.booking")} help={t("room.buffersHelp")}>
      <div className={classes.two}>
        <NumberInput
          name="setupMinutes"
          label={t("room.setup")}
          min={0}
          max={240}
          defaultValue={room?.setupMinutes ?? 0}
          error={problems.setupMinutes}
        />
        <NumberInput
          name="cleanupMinutes"
          label={t("room.cleanup")}
          min={0}
          max={240}
          defaultValue={room?.cleanupMinutes ?? 0}
          error={problems.cleanupMinutes}
        />
      </div>
      <Switch
        name="needsApproval"
        label={t("room.approval")}
        description={t("room.approvalHelp")}
        defaultChecked={room?.needsApproval ?? false}
      />
      <Select
        name="keeperId"
        label={t("room.keeper")}
        description={t("room.keeperHelp")}
        placeholder={t("room.nobody")}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={room?.keeperId ?? null}
        searchable
        clearable
        error={problems.keeperId}
      />
      <Checkbox.Group
        label={t("room.groups")}
        description={t("room.groupsHelp")}
        defaultValue={[...(room?.bookingGroups ?? [])]}
      >
        <div className={classes.checks}>
          {groups.map((group) => (
            <Checkbox
              key={group}
              name="bookingGroups"
              value={group}
              label={group.replaceAll("_", " ")}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Switch
        name="checkIn"
        label={t("room.checkIn")}
        description={t("room.checkInHelp")}
        defaultChecked={room?.checkIn ?? false}
      />
      <NumberInput
        name="releaseMinutes"
        label={t("room.release")}
        min={1}
        max={120}
        defaultValue={room?.releaseMinutes ?? 10}
        error={problems.releaseMinutes}
      />
    </Part>
  );
}

function Parts({ room, rooms }: Pick<Props, "room" | "rooms">) {
  const wholes = rooms.filter(({ id }) => room?.wholeIds.includes(id));
  const choices = rooms.filter(
    ({ id, partIds, location }) =>
      id !== room?.id && partIds.length === 0 && (room === undefined || location === room.location),
  );
  if (wholes.length > 0) {
    const names = wholes.map(({ name }) => name).join(", ");
    return (
      <Part title={t("room.partsTitle")} help={t("room.partOf", { rooms: names })}>
        {null}
      </Part>
    );
  }
  if (choices.length === 0) return null;
  return (
    <Part title={t("room.partsTitle")} help={t("room.partsHelp")}>
      <div className={classes.checks}>
        {choices.map(({ id, name, location }) => (
          <Checkbox
            key={id}
            name="parts"
            value={id}
            label={room === undefined ? `${name}, ${location}` : name}
            defaultChecked={room?.partIds.includes(id) ?? false}
          />
        ))}
      </div>
    </Part>
  );
}

/** Every setting of a room in one form; what is typed is kept when something is refused. */
export function RoomForm(props: Props) {
  const { room, rooms } = props;
  const router = useRouter();
  const [answer, setAnswer] = useState<RoomAnswer>({ status: "idle" });
  const [pending, startSaving] = useTransition();
  // What stands in the form was read with this version, whatever the page is refreshed with meanwhile.
  const [version, setVersion] = useState(room?.version);
  const save = (form: FormData) =>
    startSaving(async () => {
      const said = await saveRoomAction(answer, form);
      setAnswer(said);
      if (said.status !== "done") return;
      setVersion((seen) => seen && seen + 1);
      if (room === undefined && said.roomId !== undefined) {
        router.replace(`/rooms/manage/${said.roomId}`);
      } else router.refresh();
    });
  const problems = answer.status === "refused" ? answer.fields : {};
  return (
    <form
      // A refused form keeps what was typed: the browser would put back what it came with.
      onSubmit={(event) => {
        event.preventDefault();
        save(new FormData(event.currentTarget));
      }}
      className={classes.form}
      noValidate
    >
      {room === undefined ? null : (
        <>
          <input type="hidden" name="id" value={room.id} />
          <input type="hidden" name="version" value={version} />
        </>
      )}
      <Basics {...props} problems={problems} />
      <Hours room={room} problems={problems} />
      <Booking {...props} problems={problems} />
      <Parts room={room} rooms={rooms} />
      <AnswerLine answer={answer} />
      <div className={classes.save}>
        <Button type="submit" variant="filled" loading={pending}>
          {t(room === undefined ? "room.make" : "room.save")}
        </Button>
      </div>
    </form>
  );
}
