"use client";

import { Button } from "@mantine/core";
import { IconArchive } from "@tabler/icons-react";
import { useState } from "react";
import { Tag } from "@/components/ui/tag";
import { archiveAction, saveTeamAction } from "@/lib/crm/actions/set-up";
import type { TeamSetUp } from "@/lib/crm/core/set-up";
import classes from "./set-up.module.css";
import { Act, SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";
import { Sortable } from "./sortable";
import { TeamFields } from "./team-fields";

type Named = { readonly id: string; readonly name: string };

function TeamLine({ team, people }: { team: TeamSetUp; people: readonly Named[] }) {
  const [editing, setEditing] = useState(false);
  const { id, name, version, members, managerName, zone, responseMinutes, hours, openDeals } = team;
  if (editing)
    return (
      <SetUpForm
        action={saveTeamAction}
        hidden={{ id, version }}
        label={t("teams.changeNamed", { name })}
        submit={t("save")}
        onDone={() => setEditing(false)}
        onCancel={() => setEditing(false)}
      >
        {(problems) => <TeamFields team={team} people={people} problems={problems} />}
      </SetUpForm>
    );
  return (
    <>
      <b>{name}</b>
      <span className={classes.tags}>
        <Tag>{t("teams.people", { count: members.length })}</Tag>
        <Tag>{zone.replaceAll("_", " ")}</Tag>
        <Tag>{t(hours.length === 0 ? "teams.alwaysOpen" : "teams.ownHours")}</Tag>
        {responseMinutes === null ? null : (
          <Tag>{t("teams.answersWithin", { minutes: responseMinutes })}</Tag>
        )}
        <span className={classes.fact}>{t("teams.open", { count: openDeals })}</span>
        <span className={classes.words}>
          {managerName === null ? t("teams.noManager") : t("teams.ledBy", { name: managerName })}
        </span>
      </span>
      <span className={classes.tools}>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t("teams.changeNamed", { name })}
          onClick={() => setEditing(true)}
        >
          {t("change")}
        </Button>
        <Act
          action={archiveAction}
          fields={{ what: "team", id, archived: "yes" }}
          label={t("archiveNamed", { name })}
          icon={<IconArchive size={16} stroke={1.6} aria-hidden="true" />}
        />
      </span>
    </>
  );
}

/** The teams in their order. */
export function TeamList({
  teams,
  people,
}: {
  teams: readonly TeamSetUp[];
  people: readonly Named[];
}) {
  return (
    <Sortable what="team" items={teams} label={t("teams.list")}>
      {(team) => <TeamLine team={team} people={people} />}
    </Sortable>
  );
}

/** A team that is about to be made. */
export function NewTeam({ people }: { people: readonly Named[] }) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t("teams.add")}</Button>
      </div>
    );
  return (
    <SetUpForm
      action={saveTeamAction}
      label={t("teams.add")}
      submit={t("teams.make")}
      onCancel={() => setOpen(false)}
    >
      {(problems) => <TeamFields team={undefined} people={people} problems={problems} />}
    </SetUpForm>
  );
}
