"use client";

import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { PageHead } from "@/components/ui/page-head";
import { beginImportAction } from "@/lib/crm/actions/import";
import type { MappingView } from "@/lib/crm/core/import-answer";
import type { ImportMapping } from "@/lib/crm/core/import-mapping";
import { DATE_FORMATS, IMPORT_FIELDS } from "@/lib/crm/core/import-mapping";
import { CURRENCIES } from "@/lib/crm/core/money";
import classes from "./import.module.css";
import { t } from "./import-text";
import { replacementText, withConstant, withField, withReplacements } from "./mapping-draft";

type Change = (mapping: ImportMapping) => void;
type Part = { mapping: ImportMapping; change: Change; view: MappingView };

const MAKES = ["companies", "contacts", "sources", "products", "teams", "lostReasons"] as const;

function Column({
  column,
  mapping,
  change,
  fields,
}: {
  column: MappingView["columns"][number];
  mapping: ImportMapping;
  change: Change;
  fields: readonly { value: string; label: string }[];
}) {
  const { name, samples } = column;
  const rule = mapping.columns.find((one) => one.column === name);
  const [typed, setTyped] = useState(replacementText(rule?.values));
  return (
    <li className={classes.column}>
      <b>{name}</b>
      <span className={classes.samples}>{samples.join(" · ")}</span>
      <NativeSelect
        aria-label={t("mapping.fieldOf", { column: name })}
        data={[...fields]}
        value={rule?.field ?? ""}
        onChange={(event) => change(withField(mapping, name, event.currentTarget.value))}
      />
      {rule === undefined ? null : (
        <details className={classes.replace} open={typed !== "" || undefined}>
          <summary>{t("mapping.replace")}</summary>
          <Textarea
            aria-label={t("mapping.replaceOf", { column: name })}
            description={t("mapping.replaceHelp")}
            autosize
            minRows={2}
            maxLength={4_000}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              change(withReplacements(mapping, name, event.currentTarget.value));
            }}
          />
        </details>
      )}
    </li>
  );
}

function Reading({ mapping, change }: Omit<Part, "view">) {
  return (
    <>
      <NativeSelect
        label={t("mapping.kind")}
        data={(["opportunity", "lead"] as const).map((value) => ({
          value,
          label: t(`mapping.kinds.${value}`),
        }))}
        value={mapping.kind}
        onChange={(event) =>
          change({ ...mapping, kind: event.currentTarget.value as ImportMapping["kind"] })
        }
      />
      <NativeSelect
        label={t("mapping.dateFormat")}
        data={[...DATE_FORMATS]}
        value={mapping.dateFormat}
        onChange={(event) =>
          change({
            ...mapping,
            dateFormat: event.currentTarget.value as ImportMapping["dateFormat"],
          })
        }
      />
      <NativeSelect
        label={t("mapping.decimal")}
        data={(["point", "comma"] as const).map((value) => ({
          value,
          label: t(`mapping.decimals.${value}`),
        }))}
        value={mapping.decimal}
        onChange={(event) =>
          change({ ...mapping, decimal: event.currentTarget.value as ImportMapping["decimal"] })
        }
      />
      <NativeSelect
        label={t("mapping.formulas")}
        data={(["fail", "value"] as const).map((value) => ({
          value,
          label: t(`mapping.formulaKinds.${value}`),
        }))}
        value={mapping.formulas}
        onChange={(event) =>
          change({ ...mapping, formulas: event.currentTarget.value as ImportMapping["formulas"] })
        }
      />
    </>
  );
}

function Pipeline({ mapping, change, view }: Part) {
  const standard = view.pipelines.find(({ isDefault }) => isDefault)?.name ?? "";
  const name = mapping.pipeline?.name ?? standard;
  const stages = view.pipelines.find((one) => one.name === name)?.stages ?? [];
  return (
    <NativeSelect
      label={t("mapping.pipeline")}
      description={t("mapping.stages", { stages: stages.join(", ") })}
      inputWrapperOrder={["label", "input", "description"]}
      data={view.pipelines.map((one) => one.name)}
      value={name}
      onChange={(event) =>
        change({ ...mapping, pipeline: { name: event.currentTarget.value, stages: [] } })
      }
    />
  );
}

function Defaults({ mapping, change, view }: Part) {
  const [country, setCountry] = useState(mapping.phoneCountry ?? "");
  return (
    <>
      <NativeSelect
        label={t("mapping.currency")}
        data={[...CURRENCIES]}
        value={mapping.constants?.currency ?? view.baseCurrency}
        onChange={(event) => change(withConstant(mapping, "currency", event.currentTarget.value))}
      />
      <TextInput
        label={t("mapping.phoneCountry")}
        description={t("mapping.phoneHelp")}
        inputWrapperOrder={["label", "input", "description"]}
        maxLength={2}
        value={country}
        onChange={(event) => {
          const text = event.currentTarget.value.toUpperCase();
          setCountry(text);
          const { phoneCountry: _, ...rest } = mapping;
          change(/^[A-Z]{2}$/.test(text) ? { ...rest, phoneCountry: text } : rest);
        }}
      />
      <TextInput
        label={t("mapping.lostReason")}
        description={t("mapping.lostReasonHelp")}
        inputWrapperOrder={["label", "input", "description"]}
        maxLength={120}
        value={mapping.constants?.lostReason ?? ""}
        onChange={(event) => change(withConstant(mapping, "lostReason", event.currentTarget.value))}
      />
      <TextInput
        label={t("mapping.source")}
        description={t("mapping.sourceHelp")}
        inputWrapperOrder={["label", "input", "description"]}
        maxLength={60}
        required
        withAsterisk={false}
        value={mapping.externalSource}
        onChange={(event) => change({ ...mapping, externalSource: event.currentTarget.value })}
      />
    </>
  );
}

function Makes({ mapping, change }: Omit<Part, "view">) {
  return (
    <fieldset className={classes.part}>
      <legend className={classes.help}>{t("mapping.make")}</legend>
      <div className={classes.makes}>
        {MAKES.map((one) => (
          <Checkbox
            key={one}
            label={t(`mapping.makes.${one}`)}
            checked={mapping.make.includes(one)}
            onChange={(event) =>
              change({
                ...mapping,
                make: event.currentTarget.checked
                  ? [...mapping.make, one]
                  : mapping.make.filter((other) => other !== one),
              })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

/** What each column of a file becomes, and how its cells are read. */
export function MappingForm({
  id,
  fileName,
  given,
  suggestedName,
  view,
}: {
  id: string;
  fileName: string;
  given: ImportMapping;
  suggestedName: string;
  view: MappingView;
}) {
  const router = useRouter();
  const [mapping, change] = useState(given);
  const [name, setName] = useState(suggestedName);
  const [trouble, setTrouble] = useState<string>();
  const [pending, start] = useTransition();
  const fields = [
    { value: "", label: t("mapping.ignored") },
    ...IMPORT_FIELDS.map((value) => ({ value: value as string, label: t(`fields.${value}`) })),
    ...view.customFields.map(({ key, label }) => ({ value: `custom:${key}`, label })),
  ];
  const begin = (dryRun: boolean) =>
    start(async () => {
      const form = new FormData();
      form.set("payload", JSON.stringify({ id, mapping, name, dryRun }));
      const answer = await beginImportAction(form).catch(() => undefined);
      if (answer?.status === "done") router.push(`/leads/import/${answer.id}`);
      else setTrouble(answer?.status === "refused" ? answer.message : t("run.unreached"));
    });
  return (
    <div className={classes.screen}>
      <PageHead
        title={t("mapping.title")}
        context={t("mapping.context", { name: fileName, columns: view.columns.length })}
      />
      <form
        className={classes.screen}
        onSubmit={(event) => {
          event.preventDefault();
          begin(true);
        }}
      >
        <ul className={classes.columns}>
          {view.columns.map((column) => (
            <Column
              key={column.name}
              column={column}
              mapping={mapping}
              change={change}
              fields={fields}
            />
          ))}
        </ul>
        <section className={classes.part} aria-labelledby="h-rules">
          <h2 id="h-rules">{t("mapping.rules")}</h2>
          <div className={classes.fields}>
            <Reading mapping={mapping} change={change} />
            <Pipeline mapping={mapping} change={change} view={view} />
            <Defaults mapping={mapping} change={change} view={view} />
          </div>
        </section>
        <Makes mapping={mapping} change={change} />
        <div className={classes.fields}>
          <TextInput
            label={t("mapping.name")}
            description={t("mapping.nameHelp")}
            inputWrapperOrder={["label", "input", "description"]}
            maxLength={80}
            required
            withAsterisk={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <p role="alert" className={classes.trouble}>
          {trouble}
        </p>
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={pending}>
            {t("mapping.check")}
          </Button>
          <Button variant="subtle" disabled={pending} onClick={() => begin(false)}>
            {t("mapping.import")}
          </Button>
        </div>
      </form>
    </div>
  );
}
