"use client";

import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { FormEvent, HTMLInputTypeAttribute } from "react";
import { useActionState, useId, useState, useSyncExternalStore } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import { newLeadAction } from "@/lib/crm/actions/new-lead";
import type { TypedPerson } from "@/lib/crm/core/alike";
import type { FieldDefinition } from "@/lib/crm/core/deal-view";
import { CURRENCIES } from "@/lib/crm/core/money";
import type { NewLeadField, NewLeadView } from "@/lib/crm/core/new-lead-input";
import type { PartySource } from "../detail/use-suggestions";
import { useSuggestions } from "../detail/use-suggestions";
import { AlikeList } from "./alike-list";
import classes from "./new-lead.module.css";
import { t } from "./new-text";
import { useAlike } from "./use-alike";

/** What every field of the form gets: its name, what was typed before, what is wrong with it. */
type FieldOf = (
  name: NewLeadField,
  otherwise?: string,
) => {
  readonly name: NewLeadField;
  readonly defaultValue: string;
  readonly error: string | undefined;
};

const choices = (rows: readonly { readonly id: string; readonly name: string }[]) =>
  rows.map(({ id, name }) => ({ value: id, label: name }));

const NONE = { value: "", label: t("none") };

/** A name that is found while it is typed; any other is made. */
function PartyInput({
  label,
  source,
  field,
}: {
  label: string;
  source: PartySource;
  field: ReturnType<FieldOf>;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const names = useSuggestions(source, typed);
  return (
    <>
      <TextInput
        label={label}
        list={id}
        autoComplete="off"
        maxLength={200}
        {...field}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <datalist id={id}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

function Who({ field }: { field: FieldOf }) {
  return (
    <div className={classes.pair}>
      <PartyInput label={t("company")} source="companies" field={field("companyName")} />
      <PartyInput label={t("contact")} source="contacts" field={field("contactName")} />
      <TextInput label={t("email")} type="email" maxLength={254} {...field("email")} />
      <TextInput
        label={t("phone")}
        description={t("phoneHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        type="tel"
        maxLength={40}
        {...field("phone")}
      />
    </div>
  );
}

function Worth({ field, view }: { field: FieldOf; view: NewLeadView }) {
  const { stages, choices: given } = view;
  const pipelineOf = (id: string) =>
    given.pipelines.length < 2
      ? ""
      : ` · ${given.pipelines.find((pipeline) => pipeline.id === id)?.name}`;
  return (
    <div className={classes.pair}>
      <TextInput label={t("amount")} inputMode="decimal" maxLength={40} {...field("amount")} />
      <NativeSelect
        label={t("currency")}
        data={[...CURRENCIES]}
        {...field("currency", view.baseCurrency)}
      />
      <NativeSelect
        label={t("stage")}
        data={stages.map(({ id, name, pipelineId }) => ({
          value: id,
          label: `${name}${pipelineOf(pipelineId)}`,
        }))}
        {...field("stageId", stages[0]?.id)}
      />
      <TextInput label={t("expected")} type="date" {...field("expectedClose")} />
      <NativeSelect
        label={t("product")}
        data={[NONE, ...choices(given.products)]}
        {...field("productId")}
      />
      <NativeSelect
        label={t("source")}
        data={[NONE, ...choices(given.sources)]}
        {...field("sourceId")}
      />
    </div>
  );
}

function Owner({ field, view }: { field: FieldOf; view: NewLeadView }) {
  const { people } = view.choices;
  const me = people.find(({ id }) => id === view.readerId);
  return (
    <NativeSelect
      label={t("owner")}
      data={[
        ...(me === undefined ? [] : [{ value: me.id, label: t("me", { name: me.name }) }]),
        { value: "rules", label: t("byRules") },
        ...(view.mayAssign
          ? [
              { value: "", label: t("nobody") },
              ...choices(people.filter(({ id }) => id !== view.readerId)),
            ]
          : []),
      ]}
      {...field("ownerId", me?.id ?? "rules")}
    />
  );
}

const TYPES: Readonly<Partial<Record<FieldDefinition["kind"], HTMLInputTypeAttribute>>> = {
  date: "date",
  url: "url",
};

/** A field the workspace added; every kind is a text on its way. */
function OwnField({ own, field }: { own: FieldDefinition; field: ReturnType<FieldOf> }) {
  const { label, kind, required } = own;
  if (kind === "select" || kind === "checkbox") {
    const data =
      kind === "select"
        ? own.options
        : [
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ];
    return <NativeSelect label={label} data={[NONE, ...data]} {...field} />;
  }
  return (
    <TextInput
      label={label}
      type={TYPES[kind] ?? "text"}
      {...(kind === "number" ? { inputMode: "decimal" as const } : {})}
      required={required}
      withAsterisk={false}
      maxLength={2_000}
      {...field}
    />
  );
}

function Own({ field, fields }: { field: FieldOf; fields: readonly FieldDefinition[] }) {
  if (fields.length === 0) return null;
  return (
    <div className={classes.pair}>
      {fields.map((own) => (
        <OwnField key={own.key} own={own} field={field(`custom.${own.key}`)} />
      ))}
    </div>
  );
}

const personIn = (of: (name: keyof TypedPerson) => string | undefined): TypedPerson => ({
  email: of("email") ?? "",
  phone: of("phone") ?? "",
  companyName: of("companyName") ?? "",
  contactName: of("contactName") ?? "",
});

const never = () => () => undefined;

/** Whether scripts run here: then what may be the same is shown while it is typed, and nobody is asked again. */
const useScripts = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** A new deal or lead: works before any script, says beside each field what is wrong with it, keeps what was typed. */
export function NewLeadScreen({
  view,
  given,
}: {
  view: NewLeadView;
  given: Readonly<Record<string, string>>;
}) {
  const [answer, make, making] = useActionState(newLeadAction, { status: "idle" });
  const typed: Readonly<Record<string, string | undefined>> =
    answer.status === "idle" ? given : answer.typed;
  const troubles = answer.status === "refused" ? answer.fields : {};
  const field: FieldOf = (name, otherwise = "") => ({
    name,
    defaultValue: typed[name] ?? otherwise,
    error: troubles[name],
  });
  const scripts = useScripts();
  const [person, setPerson] = useState(() => personIn((name) => typed[name]));
  const whileTyping = useAlike(person);
  const asks = answer.status === "similar";
  const onInput = (event: FormEvent<HTMLFormElement>) => {
    const form = new FormData(event.currentTarget);
    setPerson(personIn((name) => String(form.get(name) ?? "")));
  };
  return (
    <div className={classes.screen}>
      <PageHead title={t("title")} context={t("context")} />
      <div role="alert">
        {asks ? (
          <p className={classes.trouble}>{t("wrong", { message: t("similarWhy") })}</p>
        ) : null}
        {answer.status === "refused" ? (
          <p className={classes.trouble}>{t("wrong", { message: answer.message })}</p>
        ) : null}
      </div>
      <form
        action={make}
        className={classes.form}
        key={JSON.stringify(typed)}
        onInput={onInput}
        noValidate
      >
        <input
          type="hidden"
          name="anyway"
          value={scripts || asks || typed.anyway === "yes" ? "yes" : ""}
        />
        <NativeSelect
          label={t("kind")}
          data={[
            { value: "opportunity", label: t("deal") },
            { value: "lead", label: t("lead") },
          ]}
          {...field("kind", "opportunity")}
        />
        <TextInput
          label={t("name")}
          description={t("nameHelp")}
          maxLength={200}
          required
          withAsterisk={false}
          autoFocus
          {...field("name")}
        />
        <Who field={field} />
        <AlikeList found={asks && !scripts ? answer.found : whileTyping} />
        <Worth field={field} view={view} />
        <Own field={field} fields={view.choices.fields} />
        <Owner field={field} view={view} />
        <Textarea
          label={t("description")}
          autosize
          minRows={3}
          maxLength={20_000}
          {...field("description")}
        />
        <div className={classes.acts}>
          <Button type="submit" variant="filled" size="md" loading={making}>
            {t(asks ? "anyway" : "submit")}
          </Button>
          <ButtonLink href="/leads" size="md" variant="subtle">
            {t("cancel")}
          </ButtonLink>
        </div>
      </form>
    </div>
  );
}
