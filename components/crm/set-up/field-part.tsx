"use client";

import { ActionIcon, Button, Checkbox, Select, TextInput } from "@mantine/core";
import { IconArchive, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Tag } from "@/components/ui/tag";
import { archiveAction, saveFieldAction } from "@/lib/crm/actions/set-up";
import type { FieldKind, FieldRecord, FieldSetUp } from "@/lib/crm/core/set-up";
import { FIELD_KINDS } from "@/lib/crm/core/set-up";
import { Archived } from "./archived";
import classes from "./set-up.module.css";
import { Act, SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";
import { Sortable } from "./sortable";

type Option = { readonly key: number; readonly was?: string; readonly name: string };

const optionsOf = (names: readonly string[]): readonly Option[] =>
  names.length === 0
    ? [{ key: 0, name: "" }]
    : names.map((name, key) => ({ key, was: name, name }));

/** The options of a choice: each can be renamed, which renames it in records, and new ones are added below. */
function Options({ names, problem }: { names: readonly string[]; problem: string | undefined }) {
  const [options, setOptions] = useState(() => optionsOf(names));
  const change = (key: number, name: string) =>
    setOptions(options.map((option) => (option.key === key ? { ...option, name } : option)));
  const sent = options
    .filter(({ name }) => name.trim() !== "")
    .map(({ was, name }) => (was === undefined ? { name } : { was, name }));
  return (
    <fieldset className={classes.options}>
      <legend>{t("fields.options")}</legend>
      <input type="hidden" name="options" value={JSON.stringify(sent)} />
      {options.map(({ key, name }, at) => (
        <div key={key} className={classes.option}>
          <TextInput
            aria-label={t("fields.option", { number: at + 1 })}
            value={name}
            maxLength={120}
            error={at === 0 && problem !== undefined}
            onChange={(event) => change(key, event.currentTarget.value)}
          />
          <ActionIcon
            aria-label={t("fields.removeOption", { number: at + 1 })}
            onClick={() => setOptions(options.filter((option) => option.key !== key))}
          >
            <IconTrash size={16} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      {problem === undefined ? null : <p role="alert">{problem}</p>}
      <div>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={14} stroke={1.6} aria-hidden="true" />}
          onClick={() =>
            setOptions([
              ...options,
              { key: 1 + Math.max(0, ...options.map(({ key }) => key)), name: "" },
            ])
          }
        >
          {t("fields.addOption")}
        </Button>
      </div>
      <p className={classes.help}>{t("fields.optionsHelp")}</p>
    </fieldset>
  );
}

function Fields({
  field,
  problems,
}: {
  field: FieldSetUp | undefined;
  problems: Readonly<Record<string, string>>;
}) {
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? "text");
  return (
    <>
      <div className={classes.two}>
        <TextInput
          name="label"
          label={t("fields.label")}
          defaultValue={field?.label ?? ""}
          maxLength={80}
          error={problems.label}
        />
        {field === undefined ? (
          <Select
            name="kind"
            label={t("fields.kind")}
            description={t("fields.kindHelp")}
            data={FIELD_KINDS.map((value) => ({ value, label: t(`fields.kinds.${value}`) }))}
            value={kind}
            onChange={(value) => setKind((value ?? "text") as FieldKind)}
            allowDeselect={false}
            error={problems.kind}
          />
        ) : (
          <input type="hidden" name="kind" value={field.kind} />
        )}
      </div>
      {kind === "select" ? (
        <Options names={field?.options ?? []} problem={problems.options} />
      ) : null}
      <Checkbox
        name="required"
        label={t("fields.required")}
        description={t("fields.requiredHelp")}
        defaultChecked={field?.required ?? false}
      />
    </>
  );
}

function Line({ field }: { field: FieldSetUp }) {
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState("");
  const { id, record, label, kind, key, options, required, used } = field;
  if (editing)
    return (
      <SetUpForm
        action={saveFieldAction}
        hidden={{ id, record }}
        label={t("fields.changeNamed", { name: label })}
        submit={t("save")}
        onDone={({ message }) => {
          setSaid(message);
          setEditing(false);
        }}
        onCancel={() => setEditing(false)}
      >
        {(problems) => <Fields field={field} problems={problems} />}
      </SetUpForm>
    );
  return (
    <>
      <b>{label}</b>
      <span className={classes.tags}>
        <Tag>{t(`fields.kinds.${kind}`)}</Tag>
        {required ? <Tag tone="info">{t("fields.required")}</Tag> : null}
        <span className={classes.words}>{key}</span>
        <span className={classes.fact}>{t("fields.used", { count: used })}</span>
        {options.length === 0 ? null : <span className={classes.words}>{options.join(", ")}</span>}
      </span>
      <span className={classes.tools}>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t("fields.changeNamed", { name: label })}
          onClick={() => setEditing(true)}
        >
          {t("change")}
        </Button>
        <Act
          action={archiveAction}
          fields={{ what: "field", id, archived: "yes" }}
          label={t("archiveNamed", { name: label })}
          icon={<IconArchive size={16} stroke={1.6} aria-hidden="true" />}
        />
      </span>
      <p className={classes.note} role="status">
        {said}
      </p>
    </>
  );
}

/** The fields of one kind of record. */
export function FieldPart({
  record,
  fields,
}: {
  record: FieldRecord;
  fields: readonly FieldSetUp[];
}) {
  const [adding, setAdding] = useState(false);
  const title = t(`fields.records.${record}`);
  const here = fields
    .filter(({ archived }) => !archived)
    .map((field) => ({ ...field, name: field.label }));
  const away = fields
    .filter(({ archived }) => archived)
    .map(({ id, label }) => ({ id, name: label }));
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      {here.length === 0 ? <p className={classes.help}>{t("fields.none")}</p> : null}
      <Sortable what="field" items={here} label={title}>
        {(field) => <Line field={field} />}
      </Sortable>
      {adding ? (
        <SetUpForm
          action={saveFieldAction}
          hidden={{ record }}
          label={t("fields.addTo", { record: title })}
          submit={t("fields.make")}
          onDone={() => setAdding(false)}
          onCancel={() => setAdding(false)}
        >
          {(problems) => <Fields field={undefined} problems={problems} />}
        </SetUpForm>
      ) : (
        <div>
          <Button size="xs" onClick={() => setAdding(true)}>
            {t("fields.addTo", { record: title })}
          </Button>
        </div>
      )}
      <Archived what="field" items={away} />
    </section>
  );
}
