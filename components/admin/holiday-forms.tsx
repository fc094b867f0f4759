"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { addHolidayAction, importHolidaysAction } from "@/lib/workspace/actions";
import { t } from "./admin-text";
import classes from "./holidays.module.css";

const IDLE = { status: "idle" } as const;

/** A holiday by hand. */
export function AddHoliday({ year }: { year: number }) {
  const [answer, add, pending] = useActionState(addHolidayAction, IDLE);
  const fields = answer.status === "refused" ? answer.fields : {};
  const typed = answer.status === "refused" ? answer.typed : {};
  return (
    <form action={add} className={classes.edit}>
      <TextInput
        name="date"
        type="date"
        label={t("holidays.date")}
        defaultValue={String(typed.date ?? `${year}-01-01`)}
        required
        withAsterisk={false}
        error={fields.date}
      />
      <TextInput
        name="name"
        label={t("holidays.name")}
        defaultValue={String(typed.name ?? "")}
        maxLength={120}
        required
        withAsterisk={false}
        error={fields.name}
      />
      <div className={classes.acts}>
        <Button type="submit" loading={pending}>
          {t("holidays.add")}
        </Button>
      </div>
      <AnswerLine answer={answer} />
    </form>
  );
}

export type Offered = {
  readonly value: string;
  readonly day: string;
  readonly name: string;
  readonly known: boolean;
};

/** What a country's calendar offers, ticked where it is new. */
export function ImportHolidays({
  country,
  offered,
}: {
  country: string;
  offered: readonly Offered[];
}) {
  const [answer, take, pending] = useActionState(importHolidaysAction, IDLE);
  return (
    <form action={take} className={classes.import}>
      <input type="hidden" name="country" value={country} />
      <ul>
        {offered.map(({ value, day, name, known }) => (
          <li key={value}>
            <Checkbox
              name="holiday"
              value={value}
              defaultChecked={!known}
              disabled={known}
              label={`${day} · ${name}`}
              {...(known ? { description: t("holidays.known") } : {})}
            />
          </li>
        ))}
      </ul>
      {offered.every(({ known }) => known) ? null : (
        <Button type="submit" loading={pending}>
          {t("holidays.import")}
        </Button>
      )}
      <AnswerLine answer={answer} />
    </form>
  );
}
