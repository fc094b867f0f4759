"use client";

import { Button, MultiSelect, Select, Switch, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Tag } from "@/components/ui/tag";
import { removeRuleAction, saveRuleAction } from "@/lib/crm/actions/rules";
import type { AssignmentRule } from "@/lib/crm/core/assignment-rule";
import { LEAD_KINDS } from "@/lib/crm/core/lead";
import { decimalOf, formatMoney } from "@/lib/crm/core/money";
import classes from "./set-up.module.css";
import { Act, SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";
import { Sortable } from "./sortable";

type Named = { readonly id: string; readonly name: string };

/** What a rule can ask for and whom it can name. */
export type RuleChoices = {
  readonly teams: readonly Named[];
  readonly people: readonly Named[];
  readonly sources: readonly Named[];
  readonly currency: string;
};

type Problems = Readonly<Record<string, string>>;

const chosen = (all: readonly Named[]) => all.map(({ id, name }) => ({ value: id, label: name }));
const nameIn = (all: readonly Named[], id: string | null): string =>
  all.find((one) => one.id === id)?.name ?? t("rules.gone");

/** A choice of several that a form sends one by one. */
function Several({
  name,
  label,
  data,
  values,
}: {
  name: string;
  label: string;
  data: readonly { readonly value: string; readonly label: string }[];
  values: readonly string[];
}) {
  const [value, setValue] = useState<string[]>([...values]);
  return (
    <>
      <MultiSelect
        label={label}
        data={data}
        value={value}
        onChange={setValue}
        placeholder={value.length === 0 ? t("rules.any") : ""}
        searchable
        clearable
      />
      {value.map((one) => (
        <input key={one} type="hidden" name={name} value={one} />
      ))}
    </>
  );
}

function Conditions({
  rule,
  choices,
  problems,
}: {
  rule: AssignmentRule | undefined;
  choices: RuleChoices;
  problems: Problems;
}) {
  const { sources, countries, industries, kinds, minAmountMinor, emailDomains } =
    rule?.conditions ?? {};
  const { currency } = choices;
  const typed = (name: string, values: readonly string[] | undefined, label: string) => (
    <TextInput
      name={name}
      label={label}
      description={t("rules.commas")}
      placeholder={t("rules.any")}
      defaultValue={(values ?? []).join(", ")}
      error={problems[name]}
    />
  );
  return (
    <fieldset className={classes.options}>
      <legend>{t("rules.conditions")}</legend>
      <div className={classes.two}>
        <Several
          name="sources"
          label={t("rules.sources")}
          data={chosen(choices.sources)}
          values={sources ?? []}
        />
        <Several
          name="kinds"
          label={t("rules.kind")}
          data={LEAD_KINDS.map((value) => ({ value, label: t(`rules.kinds.${value}`) }))}
          values={kinds ?? []}
        />
        {typed("countries", countries, t("rules.countries"))}
        {typed("industries", industries, t("rules.industries"))}
        {typed("emailDomains", emailDomains, t("rules.domains"))}
        <TextInput
          name="minAmount"
          label={t("rules.least", { currency })}
          description={t("rules.leastHelp")}
          inputMode="decimal"
          defaultValue={
            minAmountMinor == null ? "" : decimalOf({ minor: minAmountMinor, currency })
          }
          error={problems.minAmount}
        />
      </div>
    </fieldset>
  );
}

function RuleFields({
  rule,
  choices,
  problems,
}: {
  rule: AssignmentRule | undefined;
  choices: RuleChoices;
  problems: Problems;
}) {
  return (
    <>
      <div className={classes.three}>
        <TextInput
          name="name"
          label={t("rules.name")}
          defaultValue={rule?.name ?? ""}
          maxLength={120}
          error={problems.name}
        />
        <Select
          name="teamId"
          label={t("rules.team")}
          data={chosen(choices.teams)}
          defaultValue={rule?.teamId ?? choices.teams[0]?.id ?? null}
          allowDeselect={false}
          error={problems.teamId}
        />
        <Select
          name="personId"
          label={t("rules.person")}
          placeholder={t("rules.inTurn")}
          data={chosen(choices.people)}
          defaultValue={rule?.personId ?? null}
          searchable
          clearable
          error={problems.personId}
        />
      </div>
      <Conditions rule={rule} choices={choices} problems={problems} />
      <Switch
        name="inHours"
        label={t("rules.inHours")}
        description={t("rules.inHoursHelp")}
        defaultChecked={rule?.inHours ?? true}
      />
      <Switch name="active" label={t("rules.active")} defaultChecked={rule?.active ?? true} />
    </>
  );
}

function conditionWords(
  { conditions }: AssignmentRule,
  { sources, currency }: RuleChoices,
): string {
  const { minAmountMinor } = conditions;
  const parts = [
    (conditions.kinds ?? []).map((kind) => t(`rules.kinds.${kind}`)).join(", "),
    (conditions.sources ?? []).map((id) => nameIn(sources, id)).join(", "),
    (conditions.countries ?? []).join(", "),
    (conditions.industries ?? []).join(", "),
    (conditions.emailDomains ?? []).join(", "),
    minAmountMinor == null
      ? ""
      : t("rules.from", { amount: formatMoney({ minor: minAmountMinor, currency }, "en") }),
  ].filter((part) => part !== "");
  return parts.length === 0 ? t("rules.takesAll") : parts.join(" · ");
}

function RuleLine({ rule, choices }: { rule: AssignmentRule; choices: RuleChoices }) {
  const [editing, setEditing] = useState(false);
  const { id, version, name, teamId, personId, inHours, active } = rule;
  const end = () => setEditing(false);
  if (editing)
    return (
      <SetUpForm
        action={saveRuleAction}
        hidden={{ id, version, currency: choices.currency }}
        label={t("rules.changeNamed", { name })}
        submit={t("save")}
        onDone={end}
        onCancel={end}
      >
        {(problems) => <RuleFields rule={rule} choices={choices} problems={problems} />}
      </SetUpForm>
    );
  return (
    <>
      <b>{name}</b>
      <span className={classes.tags}>
        <Tag>{nameIn(choices.teams, teamId)}</Tag>
        <Tag>{personId === null ? t("rules.inTurn") : nameIn(choices.people, personId)}</Tag>
        {inHours ? <Tag>{t("rules.waits")}</Tag> : null}
        {active ? null : <Tag tone="warn">{t("rules.off")}</Tag>}
        <span className={classes.words}>{conditionWords(rule, choices)}</span>
      </span>
      <span className={classes.tools}>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t("rules.changeNamed", { name })}
          onClick={() => setEditing(true)}
        >
          {t("change")}
        </Button>
        <Act
          action={removeRuleAction}
          fields={{ id }}
          label={t("rules.removeNamed", { name })}
          icon={<IconTrash size={16} stroke={1.6} aria-hidden="true" />}
        />
      </span>
    </>
  );
}

/** The rules in their order: the first that takes a lead decides. */
export function RuleList({
  rules,
  choices,
}: {
  rules: readonly AssignmentRule[];
  choices: RuleChoices;
}) {
  return (
    <Sortable what="rule" items={rules} label={t("rules.list")}>
      {(rule) => <RuleLine rule={rule} choices={choices} />}
    </Sortable>
  );
}

/** A rule that is about to be made, after the others. */
export function NewRule({ choices }: { choices: RuleChoices }) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t("rules.add")}</Button>
      </div>
    );
  return (
    <SetUpForm
      action={saveRuleAction}
      hidden={{ currency: choices.currency }}
      label={t("rules.add")}
      submit={t("rules.make")}
      onCancel={() => setOpen(false)}
    >
      {(problems) => <RuleFields rule={undefined} choices={choices} problems={problems} />}
    </SetUpForm>
  );
}
