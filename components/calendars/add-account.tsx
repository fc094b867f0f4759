"use client";

import { Button, Checkbox, PasswordInput, Select, TextInput } from "@mantine/core";
import { useActionState, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { addAccountAction } from "@/lib/calendars/actions";
import classes from "./calendars.module.css";
import { t } from "./calendars-text";

type Found = readonly { readonly name: string; readonly url: string }[];

const EMPTY = { server: "", user: "", password: "" };

/** Which of an account's calendars count, and which one is written to. */
function Choice({ found, pending }: { found: Found; pending: boolean }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [writes, setWrites] = useState("");
  const nameOf = ({ name, url }: Found[number]) => name || `${t("add.unnamed")} (${url})`;
  return (
    <>
      <Checkbox.Group label={t("add.choose")} value={[...chosen]} onChange={setChosen}>
        <div className={classes.choices}>
          {found.map((calendar) => (
            <Checkbox
              key={calendar.url}
              name="calendar"
              value={calendar.url}
              label={nameOf(calendar)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Select
        label={t("add.writes")}
        data={[
          { value: "", label: t("add.writesNone") },
          ...found.map((calendar) => ({ value: calendar.url, label: nameOf(calendar) })),
        ]}
        value={writes}
        allowDeselect={false}
        onChange={(value) => setWrites(value ?? "")}
      />
      {writes === "" ? null : <input type="hidden" name="writes" value={writes} />}
      <div className={classes.acts}>
        <Button
          type="submit"
          variant="filled"
          loading={pending}
          disabled={chosen.length === 0 && writes === ""}
        >
          {t("add.chooseAdd")}
        </Button>
      </div>
    </>
  );
}

/** Finds the calendars of a CalDAV account, and adds those that are chosen. Another account is another search. */
export function AddAccount() {
  const [answer, add, pending] = useActionState(addAccountAction, { status: "idle" });
  const [typed, setTyped] = useState(EMPTY);
  const [found, setFound] = useState<Found>();
  const [seen, setSeen] = useState(answer);
  if (seen !== answer) {
    setSeen(answer);
    if (answer.status === "choose") setFound(answer.calendars);
    if (answer.status === "done") {
      setFound(undefined);
      setTyped(EMPTY);
    }
  }
  const fields = answer.status === "refused" ? (answer.fields ?? {}) : {};
  const field = (name: keyof typeof EMPTY) => ({
    name,
    label: t(`add.${name}`),
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      // What was found belongs to what was typed before.
      setFound(undefined);
      setTyped({ ...typed, [name]: event.currentTarget.value });
    },
    required: true,
    withAsterisk: false,
    autoComplete: "off",
    error: fields[name],
  });
  return (
    <form action={add} className={classes.form}>
      <TextInput
        {...field("server")}
        description={t("add.serverHelp")}
        maxLength={2000}
        spellCheck={false}
      />
      <TextInput {...field("user")} maxLength={254} spellCheck={false} />
      <PasswordInput {...field("password")} description={t("add.passwordHelp")} maxLength={500} />
      {found === undefined ? (
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={pending}>
            {t("add.find")}
          </Button>
        </div>
      ) : (
        <Choice key={found.map(({ url }) => url).join()} found={found} pending={pending} />
      )}
      <AnswerLine answer={answer} />
    </form>
  );
}
