"use client";

import { ActionIcon, SegmentedControl, Select, Switch } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { WeeklyHours } from "@/components/availability/weekly-hours";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button-link";
import type { LinkPerson } from "@/lib/links/core/link-view";
import type { LinkDraft } from "@/lib/links/schema";
import { listTimeZones, zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import classes from "./editor.module.css";
import { Section } from "./section";
import type { SectionProps } from "./section-props";
import { rangesOf } from "./use-draft-hours";
import { WholeNumber } from "./whole-number";
import { words } from "./words";

type Host = LinkDraft["hosts"][number];

/** The hours of one host's schedule; changed in place by whoever may, for every link that reads them. */
function HostHours({ props, people }: { props: SectionProps; people: Map<string, LinkPerson> }) {
  const { draft, errors, hours, reader } = props;
  const [wanted, setWanted] = useState<string>();
  const host = draft.hosts.find(({ userId }) => userId === wanted) ?? draft.hosts[0];
  const person = people.get(host?.userId ?? "");
  const schedule = person?.schedules.find(({ id }) => id === host?.scheduleId);
  if (person === undefined || schedule === undefined) return null;
  const facts = { schedule: schedule.name, zone: zoneCity(schedule.zone) };
  return (
    <>
      {draft.hosts.length < 2 ? null : (
        <Select
          className={classes.addHost}
          label={words("hours.whose")}
          data={draft.hosts.map(({ userId }) => ({
            value: userId,
            label: people.get(userId)?.name ?? "…",
          }))}
          value={person.id}
          allowDeselect={false}
          onChange={(userId) => setWanted(userId ?? undefined)}
        />
      )}
      <div>
        {person.editable ? (
          <WeeklyHours
            value={hours.of(schedule)}
            saved={rangesOf(schedule)}
            zone={schedule.zone}
            weekStart={reader.weekStart}
            hourCycle={reader.hourCycle}
            onChange={(weekly) => hours.set(schedule.id, weekly)}
          />
        ) : null}
        <p className={classes.hint}>
          {words(person.editable ? "hours.shared" : "hours.readOnly", facts)}{" "}
          {person.editable ? (
            <ButtonLink href="/availability" size="xs" variant="subtle">
              {words("hours.open")}
            </ButtonLink>
          ) : null}
        </p>
      </div>
      {errors.hours === undefined ? null : <p className={classes.error}>{errors.hours}</p>}
    </>
  );
}

function HostRow({
  host,
  index,
  person,
  only,
  props,
  onChange,
  onRemove,
}: {
  host: Host;
  index: number;
  person: LinkPerson | undefined;
  only: boolean;
  props: SectionProps;
  onChange: (host: Host) => void;
  onRemove: () => void;
}) {
  const { errors } = props;
  const name = person?.name ?? "…";
  return (
    <li className={classes.host}>
      <Avatar name={name} size={28} />
      <p className={classes.hostName}>
        <b>{name}</b>
        <small>{person === undefined ? "" : (person.title ?? zoneCity(person.zone))}</small>
      </p>
      <Select
        aria-label={words("hours.schedule", { name })}
        className={classes.hostSchedule}
        data={(person?.schedules ?? []).map(({ id, name: label }) => ({ value: id, label }))}
        value={host.scheduleId}
        error={errors[`hosts.${index}.scheduleId`] ?? errors[`hosts.${index}.userId`]}
        allowDeselect={false}
        onChange={(scheduleId) => {
          if (scheduleId !== null) onChange({ ...host, scheduleId });
        }}
      />
      <SegmentedControl
        size="xs"
        className={classes.hostRole}
        aria-label={words("hours.role", { name })}
        value={host.role}
        data={[
          { value: "fixed", label: words("hours.fixed") },
          { value: "one_of", label: words("hours.one_of") },
        ]}
        onChange={(role) => onChange({ ...host, role: role === "one_of" ? "one_of" : "fixed" })}
      />
      {host.role === "one_of" ? (
        <WholeNumber
          aria-label={words("hours.weight", { name })}
          className={classes.hostWeight}
          prefix="× "
          title={words("hours.weight", { name })}
          min={1}
          max={100}
          value={host.weight}
          error={errors[`hosts.${index}.weight`]}
          onChange={(weight) => onChange({ ...host, weight })}
        />
      ) : (
        <span className={classes.hostWeight} />
      )}
      <ActionIcon
        className={classes.hostRemove}
        disabled={only}
        aria-label={words("hours.remove", { name })}
        onClick={onRemove}
      >
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

/** Who is met, when they can be, and on which clock the link counts. */
export function HoursSection(props: SectionProps) {
  const { draft, errors, set, choices, now } = props;
  const people = useMemo(
    () => new Map(choices.people.map((person) => [person.id, person])),
    [choices],
  );
  const zones = useMemo(
    () =>
      listTimeZones().map((zone) => ({
        value: zone,
        label: `${zoneCity(zone)} (${zoneAbbreviation(now, zone, "en")})`,
      })),
    [now],
  );
  const taking = draft.hosts.some(({ role }) => role === "one_of");
  const setHost = (index: number, host: Host) =>
    set({ hosts: draft.hosts.map((each, at) => (at === index ? host : each)) });
  const add = (userId: string | null) => {
    const schedule = userId === null ? undefined : people.get(userId)?.schedules[0];
    if (userId === null || schedule === undefined) return;
    const role = taking ? "one_of" : "fixed";
    set({ hosts: [...draft.hosts, { userId, role, weight: 1, scheduleId: schedule.id }] });
  };
  return (
    <Section id="hours" title={words("hours.title")} words={words("hours.words")}>
      <ul className={classes.hosts} aria-label={words("hours.hosts")}>
        {draft.hosts.map((host, index) => (
          <HostRow
            key={host.userId}
            host={host}
            index={index}
            person={people.get(host.userId)}
            only={draft.hosts.length === 1}
            props={props}
            onChange={(next) => setHost(index, next)}
            onRemove={() =>
              set({ hosts: draft.hosts.filter(({ userId }) => userId !== host.userId) })
            }
          />
        ))}
      </ul>
      {errors.hosts === undefined ? null : <p className={classes.error}>{errors.hosts}</p>}
      {draft.hosts.length < 2 ? null : (
        <p className={classes.hint}>{words(taking ? "hours.roundRobin" : "hours.collective")}</p>
      )}
      <Select
        className={classes.addHost}
        label={words("hours.add")}
        placeholder={words("hours.addHelp")}
        nothingFoundMessage={words("hours.nobody")}
        data={choices.people
          .filter(({ id }) => !draft.hosts.some(({ userId }) => userId === id))
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={null}
        searchable
        limit={50}
        onChange={add}
      />
      <HostHours props={props} people={people} />
      <div className={classes.two}>
        <Select
          label={words("hours.zone")}
          description={words("hours.zoneHelp")}
          data={zones}
          value={draft.zone}
          error={errors.zone}
          searchable
          allowDeselect={false}
          limit={60}
          onChange={(zone) => {
            if (zone !== null) set({ zone });
          }}
        />
        <Switch
          className={classes.besideField}
          label={words("hours.zoneLocked")}
          description={words("hours.zoneLockedHelp")}
          checked={draft.zoneLocked}
          onChange={(event) => set({ zoneLocked: event.currentTarget.checked })}
        />
      </div>
    </Section>
  );
}
