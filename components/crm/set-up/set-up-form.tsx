"use client";

import { ActionIcon, Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Fragment, useState, useTransition } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { SetUpAnswer } from "@/lib/crm/core/set-up";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

export type SetUpAction = (before: SetUpAnswer, form: FormData) => Promise<SetUpAnswer>;
type Problems = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, string | number | undefined>>;

const IDLE: SetUpAnswer = { status: "idle" };
const UNREACHED: SetUpAnswer = {
  status: "refused",
  message: t("unreachable"),
  fields: {},
};

async function ask(action: SetUpAction, form: FormData): Promise<SetUpAnswer> {
  try {
    return await action(IDLE, form);
  } catch {
    return UNREACHED;
  }
}

/** Hidden fields of a form; absent ones are left out. */
function Hidden({ fields }: { fields: Fields }) {
  return Object.entries(fields).map(([name, value]) =>
    value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
  );
}

/**
 * A form of the set-up: what was typed stays when something is refused, problems stand next to their fields, and the
 * answer is read out below.
 */
export function SetUpForm({
  action,
  hidden = {},
  label,
  submit,
  again = false,
  onDone,
  onCancel,
  children,
}: {
  action: SetUpAction;
  hidden?: Fields;
  /** Stands there for the next one: its fields are empty again when one was saved. */
  again?: boolean;
  /** What the form is for, to those who do not see where it stands. */
  label: string;
  submit: string;
  onDone?: (answer: Extract<SetUpAnswer, { status: "done" }>) => void;
  onCancel?: () => void;
  children: (problems: Problems) => ReactNode;
}) {
  const [answer, setAnswer] = useState(IDLE);
  const [pending, start] = useTransition();
  const [round, setRound] = useState(0);
  return (
    <form
      aria-label={label}
      className={classes.form}
      noValidate
      // A refused form keeps what was typed: the browser would put back what it came with.
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        start(async () => {
          const said = await ask(action, form);
          setAnswer(said);
          if (said.status !== "done") return;
          if (again) setRound((before) => before + 1);
          onDone?.(said);
        });
      }}
    >
      <Hidden fields={hidden} />
      <Fragment key={round}>{children(answer.status === "refused" ? answer.fields : {})}</Fragment>
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={pending}>
          {submit}
        </Button>
        {onCancel === undefined ? null : (
          <Button variant="subtle" onClick={onCancel}>
            {t("cancel")}
          </Button>
        )}
      </div>
      <AnswerLine answer={answer} />
    </form>
  );
}

/** One act on one thing, done at a press: a button, or only its sign where there is little room. */
export function Act({
  action,
  fields,
  label,
  icon,
  tone = "default",
  onDone,
}: {
  action: SetUpAction;
  fields: Fields;
  label: string;
  icon?: ReactNode;
  tone?: "default" | "subtle";
  onDone?: (answer: SetUpAnswer) => void;
}) {
  const [answer, setAnswer] = useState(IDLE);
  const [pending, start] = useTransition();
  const press = () =>
    start(async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields))
        if (value !== undefined) form.set(name, String(value));
      const said = await ask(action, form);
      setAnswer(said);
      onDone?.(said);
    });
  return (
    <>
      {icon === undefined ? (
        <Button size="xs" variant={tone} loading={pending} onClick={press}>
          {label}
        </Button>
      ) : (
        <ActionIcon aria-label={label} title={label} loading={pending} onClick={press}>
          {icon}
        </ActionIcon>
      )}
      {answer.status === "refused" ? (
        <div className={classes.said}>
          <AnswerLine answer={answer} />
        </div>
      ) : null}
    </>
  );
}
