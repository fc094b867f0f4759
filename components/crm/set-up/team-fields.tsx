"use client";

import { ActionIcon, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { WeeklyHours } from "@/components/availability/weekly-hours";
import { browserZone, ZoneSelect } from "@/components/settings/zone-select";
import type { WeeklyRange } from "@/lib/availability/core/query";
import type { TeamHours, TeamMember, TeamSetUp } from "@/lib/crm/core/set-up";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import type { DayOfWeek } from "@/lib/time/offset";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

type Named = { readonly id: string; readonly name: string };
type Problems = Readonly<Record<string, string>>;

const WEEKDAYS: TeamHours = [1, 2, 3, 4, 5].map((day) => [day, 540, 1080] as const);

/** Who is in the team, and how many of its leads each is given in relation to the others. */
function Members({
  members: before,
  people,
  problem,
}: {
  members: readonly TeamMember[];
  people: readonly Named[];
  problem: string | undefined;
}) {
  const [members, setMembers] = useState(before);
  const others = people.filter(({ id }) => !members.some(({ userId }) => userId === id));
  return (
    <fieldset className={classes.options}>
      <legend>{t("teams.members")}</legend>
      <p className={classes.help}>{t("teams.weightHelp")}</p>
      <input
        type="hidden"
        name="members"
        value={JSON.stringify(members.map(({ userId, weight }) => ({ userId, weight })))}
      />
      {members.map(({ userId, name, weight }) => (
        <div key={userId} className={classes.member}>
          <span>{name}</span>
          <NumberInput
            aria-label={t("teams.weightOf", { name })}
            value={weight}
            min={0}
            max={100}
            allowDecimal={false}
            onChange={(value) =>
              setMembers(
                members.map((member) =>
                  member.userId === userId ? { ...member, weight: Number(value) || 0 } : member,
                ),
              )
            }
          />
          <ActionIcon
            aria-label={t("teams.leave", { name })}
            onClick={() => setMembers(members.filter((member) => member.userId !== userId))}
          >
            <IconTrash size={16} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <Select
        label={t("teams.addMember")}
        placeholder={t("teams.chooseMember")}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={null}
        searchable
        error={problem}
        onChange={(id) => {
          const found = others.find((person) => person.id === id);
          if (found !== undefined)
            setMembers([...members, { userId: found.id, name: found.name, weight: 1 }]);
        }}
      />
    </fieldset>
  );
}

const rangesOf = (hours: TeamHours): readonly WeeklyRange[] =>
  hours.map(([day, from, to]) => ({
    day: day as DayOfWeek,
    fromMinute: minuteOfDayOf(from),
    toMinute: minuteOfDayOf(to),
  }));

/** A range that runs into the next day is two: the columns know one day. */
const hoursOf = (ranges: readonly WeeklyRange[]): TeamHours =>
  ranges
    .flatMap(({ day, fromMinute, toMinute }): (readonly [number, number, number])[] => {
      const end = toMinute > fromMinute ? toMinute : toMinute + 1440;
      return end <= 1440
        ? [[day, fromMinute, end]]
        : [
            [day, fromMinute, 1440],
            [(day + 1) % 7, 0, end - 1440],
          ];
    })
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);

function Hours({
  hours,
  zone,
  problem,
}: {
  hours: TeamHours;
  zone: string;
  problem: string | undefined;
}) {
  const [always, setAlways] = useState(hours.length === 0);
  const [ranges, setRanges] = useState(() => rangesOf(hours.length === 0 ? WEEKDAYS : hours));
  return (
    <fieldset className={classes.options}>
      <legend>{t("teams.hours")}</legend>
      <input type="hidden" name="hours" value={JSON.stringify(always ? [] : hoursOf(ranges))} />
      <Switch
        label={t("teams.always")}
        description={t("teams.alwaysHelp")}
        checked={always}
        onChange={(event) => setAlways(event.currentTarget.checked)}
      />
      {always ? null : (
        <WeeklyHours
          value={ranges}
          onChange={setRanges}
          zone={parseTimeZone(zone) ?? UTC}
          weekStart={1}
          hourCycle={24}
        />
      )}
      {problem === undefined ? null : <p role="alert">{problem}</p>}
    </fieldset>
  );
}

/** Everything of a team in one form. */
export function TeamFields({
  team,
  people,
  problems,
}: {
  team: TeamSetUp | undefined;
  people: readonly Named[];
  problems: Problems;
}) {
  const [zone, setZone] = useState(team?.zone ?? browserZone() ?? "UTC");
  return (
    <>
      <div className={classes.two}>
        <TextInput
          name="name"
          label={t("teams.name")}
          defaultValue={team?.name ?? ""}
          maxLength={120}
          error={problems.name}
          data-autofocus
        />
        <Select
          name="managerId"
          label={t("teams.manager")}
          description={t("teams.managerHelp")}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={team?.managerId ?? null}
          searchable
          clearable
          error={problems.managerId}
        />
        <ZoneSelect
          name="zone"
          label={t("teams.zone")}
          value={zone}
          onChange={(value) => setZone(value ?? zone)}
          error={problems.zone}
        />
        <NumberInput
          name="responseMinutes"
          label={t("teams.response")}
          description={t("teams.responseHelp")}
          defaultValue={team?.responseMinutes ?? ""}
          min={1}
          max={100_000}
          allowDecimal={false}
          error={problems.responseMinutes}
        />
      </div>
      <Members members={team?.members ?? []} people={people} problem={problems.members} />
      <Hours hours={team?.hours ?? WEEKDAYS} zone={zone} problem={problems.hours} />
      <Switch
        name="observesHolidays"
        label={t("teams.holidays")}
        description={t("teams.holidaysHelp")}
        defaultChecked={team?.observesHolidays ?? true}
      />
    </>
  );
}
