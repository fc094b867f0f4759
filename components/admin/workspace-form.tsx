"use client";

import { Button, Select, TextInput } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useActionState, useEffect, useState } from "react";
import { LeaveGuard } from "@/components/links/leave-guard";
import { AnswerLine } from "@/components/people/answer-line";
import { ZoneSelect } from "@/components/settings/zone-select";
import { LOCALES, localeName } from "@/lib/i18n/locale";
import { saveWorkspaceAction } from "@/lib/workspace/actions";
import type { Workspace } from "@/lib/workspace/core/workspace";
import { t } from "./admin-text";
import { ColourField } from "./colour-field";
import { LogoField } from "./logo-field";
import classes from "./workspace.module.css";

const FIELDS = [
  "name",
  "colour",
  "zone",
  "locale",
  "mailFromName",
  "mailReplyTo",
  "retentionDays",
] as const;

type Field = (typeof FIELDS)[number];
type Draft = Readonly<Record<Field, string>>;

const draftOf = (workspace: Workspace): Draft => ({
  name: workspace.name,
  colour: workspace.colour ?? "",
  zone: workspace.zone,
  locale: workspace.locale,
  mailFromName: workspace.mailFromName ?? "",
  mailReplyTo: workspace.mailReplyTo ?? "",
  retentionDays: workspace.retentionDays === null ? "" : String(workspace.retentionDays),
});

type Parts = {
  readonly draft: Draft;
  readonly set: (field: Field, value: string) => void;
  readonly problem: (field: Field) => string | undefined;
};

/** A plain text field of the form. */
function Text({
  field,
  parts,
  ...rest
}: {
  field: Field;
  parts: Parts;
  type?: string;
  help: string;
}) {
  const { help, ...more } = rest;
  const error = parts.problem(field);
  return (
    <TextInput
      name={field}
      label={t(`workspace.${field}`)}
      description={help}
      value={parts.draft[field]}
      maxLength={254}
      autoComplete="off"
      onChange={(event) => parts.set(field, event.currentTarget.value)}
      {...more}
      {...(error === undefined ? {} : { error })}
    />
  );
}

function Times({ parts }: { parts: Parts }) {
  const { draft, set, problem } = parts;
  const zoneError = problem("zone");
  return (
    <section className={classes.part} aria-labelledby="h-times">
      <h2 id="h-times">{t("workspace.times")}</h2>
      <ZoneSelect
        name="zone"
        label={t("workspace.zone")}
        description={t("workspace.zoneHelp")}
        value={draft.zone}
        onChange={(zone) => set("zone", zone ?? draft.zone)}
        {...(zoneError === undefined ? {} : { error: zoneError })}
      />
      <Select
        name="locale"
        label={t("workspace.locale")}
        description={t("workspace.localeHelp")}
        data={LOCALES.map((locale) => ({ value: locale, label: localeName(locale) }))}
        value={draft.locale}
        allowDeselect={false}
        onChange={(locale) => set("locale", locale ?? draft.locale)}
      />
    </section>
  );
}

function Mail({ parts }: { parts: Parts }) {
  return (
    <section className={classes.part} aria-labelledby="h-mail">
      <h2 id="h-mail">{t("workspace.mail")}</h2>
      <Text field="mailFromName" help={t("workspace.mailFromNameHelp")} parts={parts} />
      <Text field="mailReplyTo" type="email" help={t("workspace.mailReplyToHelp")} parts={parts} />
    </section>
  );
}

function Keeping({ parts }: { parts: Parts }) {
  return (
    <section className={classes.part} aria-labelledby="h-keeping">
      <h2 id="h-keeping">{t("workspace.keeping")}</h2>
      <Text field="retentionDays" help={t("workspace.retentionDaysHelp")} parts={parts} />
      <p className={classes.help}>
        <Link href="/admin/privacy">{t("workspace.retentionLink")}</Link>
      </p>
    </section>
  );
}

/** The draft of the settings: kept while the page is refreshed, compared with what is saved. */
function useDraft(workspace: Workspace) {
  const router = useRouter();
  const [answer, save, pending] = useActionState(saveWorkspaceAction, { status: "idle" });
  const [draft, setDraft] = useState(() => draftOf(workspace));
  useEffect(() => {
    if (answer.status === "done") router.refresh();
  }, [answer, router]);
  const saved = draftOf(workspace);
  const changed = FIELDS.filter((field) => draft[field].trim() !== saved[field]).length;
  return { answer, save, pending, draft, setDraft, saved, changed };
}

/** The workspace's settings. Says how many changes wait, and guards them. */
export function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const router = useRouter();
  const { answer, save, pending, draft, setDraft, saved, changed } = useDraft(workspace);
  const fields = answer.status === "refused" ? answer.fields : {};
  const parts: Parts = {
    draft,
    set: (field, value) => setDraft((before) => ({ ...before, [field]: value })),
    problem: (field) => fields[field],
  };
  return (
    <form action={save} className={classes.form} noValidate>
      <input type="hidden" name="version" value={workspace.version} />
      <section className={classes.part} aria-labelledby="h-looks">
        <h2 id="h-looks">{t("workspace.looks")}</h2>
        <Text field="name" help={t("workspace.nameHelp")} parts={parts} />
        <LogoField logoId={workspace.logoId} onSaved={() => router.refresh()} />
        <ColourField
          value={draft.colour}
          onChange={(colour) => parts.set("colour", colour)}
          error={fields.colour}
        />
      </section>
      <Times parts={parts} />
      <Mail parts={parts} />
      <Keeping parts={parts} />
      <AnswerLine answer={changed > 0 && answer.status === "done" ? { status: "idle" } : answer} />
      <div className={classes.save}>
        <p aria-live="polite">
          {changed === 0 ? t("workspace.noChanges") : t("workspace.changes", { count: changed })}
        </p>
        {changed === 0 ? null : (
          <Button variant="subtle" onClick={() => setDraft(saved)}>
            {t("workspace.discard")}
          </Button>
        )}
        <Button type="submit" variant="filled" loading={pending}>
          {t("workspace.save")}
        </Button>
      </div>
      <LeaveGuard unsaved={pending ? 0 : changed} />
    </form>
  );
}
