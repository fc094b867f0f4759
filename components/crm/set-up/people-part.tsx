"use client";

import { Button, NumberInput, Select, Switch } from "@mantine/core";
import { useState } from "react";
import { Tag } from "@/components/ui/tag";
import { savePersonAction } from "@/lib/crm/actions/set-up";
import { SCOPE_KINDS } from "@/lib/crm/core/scope";
import type { SalesPerson } from "@/lib/crm/core/set-up";
import classes from "./set-up.module.css";
import { SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";

type Named = { readonly id: string; readonly name: string };

function Facts({ person, teams }: { person: SalesPerson; teams: readonly Named[] }) {
  const { manages, scope, capacity, open, takesLeads, teams: names, defaultTeamId } = person;
  const own = teams.find(({ id }) => id === defaultTeamId)?.name;
  return (
    <span className={classes.tags}>
      <Tag>{t(manages ? "people.seesAll" : `people.scopes.${scope}`)}</Tag>
      <span className={classes.fact}>
        {capacity === null
          ? t("people.open", { count: open })
          : t("people.openOf", { count: open, capacity: String(capacity) })}
      </span>
      {takesLeads ? null : <Tag tone="warn">{t("people.takesNone")}</Tag>}
      <span className={classes.words}>
        {names.length === 0 ? t("people.noTeam") : names.join(", ")}
        {own === undefined || names.length < 2 ? null : `, ${t("people.ownTeam", { name: own })}`}
      </span>
    </span>
  );
}

function PersonLine({ person, teams }: { person: SalesPerson; teams: readonly Named[] }) {
  const [editing, setEditing] = useState(false);
  const { id, name, manages, scope, capacity, takesLeads, defaultTeamId } = person;
  if (editing)
    return (
      <SetUpForm
        action={savePersonAction}
        hidden={{ id }}
        label={t("people.changeNamed", { name })}
        submit={t("save")}
        onDone={() => setEditing(false)}
        onCancel={() => setEditing(false)}
      >
        {(problems) => (
          <>
            <b>{name}</b>
            <div className={classes.three}>
              <Select
                name="scope"
                label={t("people.scope")}
                {...(manages ? { description: t("people.scopeManages") } : {})}
                data={SCOPE_KINDS.map((value) => ({ value, label: t(`people.scopes.${value}`) }))}
                defaultValue={scope}
                allowDeselect={false}
                error={problems.scope}
              />
              <NumberInput
                name="capacity"
                label={t("people.capacity")}
                description={t("people.capacityHelp")}
                defaultValue={capacity ?? ""}
                min={0}
                max={100_000}
                allowDecimal={false}
                error={problems.capacity}
              />
              <Select
                name="defaultTeamId"
                label={t("people.defaultTeam")}
                data={teams.map((team) => ({ value: team.id, label: team.name }))}
                defaultValue={defaultTeamId}
                clearable
                error={problems.defaultTeamId}
              />
            </div>
            <Switch
              name="takesLeads"
              label={t("people.takesLeads")}
              description={t("people.takesHelp")}
              defaultChecked={takesLeads}
            />
          </>
        )}
      </SetUpForm>
    );
  return (
    <>
      <b>{name}</b>
      <Facts person={person} teams={teams} />
      <span className={classes.tools}>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t("people.changeNamed", { name })}
          onClick={() => setEditing(true)}
        >
          {t("change")}
        </Button>
      </span>
    </>
  );
}

/** Everybody of sales: what they see, how much they take on, whether they are given leads. */
export function PeoplePart({
  people,
  teams,
}: {
  people: readonly SalesPerson[];
  teams: readonly Named[];
}) {
  return (
    <section className={classes.part} aria-label={t("people.title")}>
      <h2>{t("people.title")}</h2>
      <p className={classes.help}>{t("people.context")}</p>
      <ul className={classes.lines} aria-label={t("people.title")}>
        {people.map((person) => (
          <li key={person.id} className={classes.line}>
            <div className={classes.content}>
              <PersonLine person={person} teams={teams} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
