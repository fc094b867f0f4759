"use client";

import { Button, Textarea, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useState, useTransition } from "react";
import { payload } from "@/components/links/payload";
import { mailLeadAction } from "@/lib/crm/actions/activities";
import type { DealView } from "@/lib/crm/core/deal-view";
import classes from "./composer.module.css";
import { t } from "./deal-text";
import { tell } from "./next-step";

/** A letter to the deal's own address, from its reader; it stands on the timeline with how it fares. */
export function MailForm({ view, onChanged }: { view: DealView; onChanged: () => void }) {
  const [subject, setSubject] = useState("");
  const [body, setBody] = useState("");
  const [troubles, setTroubles] = useState<Readonly<Record<string, string>>>({});
  const [busy, start] = useTransition();
  const { email, id } = view.lead;
  if (email === null) return <p className={classes.hint}>{t("composer.noAddress")}</p>;
  const send = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const answer = await mailLeadAction(payload({ leadId: id, subject, body }));
      if (answer.status === "invalid") return setTroubles(answer.fields);
      if (!tell(answer, t("composer.sent"))) return;
      setSubject("");
      setBody("");
      setTroubles({});
      onChanged();
    });
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <p className={classes.hint}>{t("composer.to", { email })}</p>
      <TextInput
        size="xs"
        label={t("composer.subject")}
        value={subject}
        error={troubles.subject}
        maxLength={200}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Textarea
        size="xs"
        label={t("composer.body")}
        value={body}
        error={troubles.body}
        maxLength={20_000}
        autosize
        minRows={3}
        maxRows={12}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <div className={classes.row}>
        <Button type="submit" size="xs" loading={busy}>
          {t("composer.send")}
        </Button>
      </div>
    </form>
  );
}
