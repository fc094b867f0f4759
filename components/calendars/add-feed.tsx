"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { addFeedAction } from "@/lib/calendars/actions";
import classes from "./calendars.module.css";
import { t } from "./calendars-text";

/** Adds a calendar by its address. What was typed stays when it is refused. */
export function AddFeed() {
  const [answer, add, pending] = useActionState(addFeedAction, { status: "idle" });
  const [typed, setTyped] = useState({ url: "", name: "" });
  const [seen, setSeen] = useState(answer);
  if (seen !== answer) {
    setSeen(answer);
    if (answer.status === "done") setTyped({ url: "", name: "" });
  }
  const fields = answer.status === "refused" ? (answer.fields ?? {}) : {};
  return (
    <form action={add} className={classes.form}>
      <TextInput
        name="url"
        label={t("add.url")}
        description={t("add.urlHelp")}
        value={typed.url}
        onChange={(event) => setTyped({ ...typed, url: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={2000}
        autoComplete="off"
        spellCheck={false}
        error={fields.url}
      />
      <TextInput
        name="name"
        label={t("add.name")}
        value={typed.name}
        onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={120}
        autoComplete="off"
        error={fields.name}
      />
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={pending}>
          {t("add.add")}
        </Button>
      </div>
      <AnswerLine answer={answer} />
    </form>
  );
}
