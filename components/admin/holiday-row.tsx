"use client";

import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useActionState, useEffect, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { changeHolidayAction, removeHolidayAction } from "@/lib/workspace/actions";
import type { Holiday } from "@/lib/workspace/core/holiday";
import { t } from "./admin-text";
import classes from "./holidays.module.css";

const IDLE = { status: "idle" } as const;

function EditForm({ holiday, onEnd }: { holiday: Holiday; onEnd: () => void }) {
  const [answer, save, pending] = useActionState(changeHolidayAction, IDLE);
  useEffect(() => {
    if (answer.status === "done") onEnd();
  }, [answer, onEnd]);
  const fields = answer.status === "refused" ? answer.fields : {};
  return (
    <form action={save} className={classes.edit}>
      <input type="hidden" name="id" value={holiday.id} />
      <TextInput
        name="date"
        type="date"
        label={t("holidays.date")}
        defaultValue={holiday.date}
        required
        withAsterisk={false}
        error={fields.date}
      />
      <TextInput
        name="name"
        label={t("holidays.name")}
        defaultValue={holiday.name}
        maxLength={120}
        required
        withAsterisk={false}
        data-autofocus
        error={fields.name}
      />
      <div className={classes.acts}>
        <Button type="submit" loading={pending}>
          {t("holidays.save")}
        </Button>
        <Button variant="subtle" onClick={onEnd}>
          {t("holidays.cancel")}
        </Button>
      </div>
      <AnswerLine answer={answer} />
    </form>
  );
}

/** One holiday: its day in words, its name, and what can be done with it. */
export function HolidayRow({ holiday, day }: { holiday: Holiday; day: string }) {
  const [editing, setEditing] = useState(false);
  const [removed, remove, removing] = useActionState(removeHolidayAction, IDLE);
  if (editing) {
    return (
      <li>
        <EditForm holiday={holiday} onEnd={() => setEditing(false)} />
      </li>
    );
  }
  return (
    <li className={classes.row}>
      <time dateTime={holiday.date}>{day}</time>
      <b>{holiday.name}</b>
      <span className={classes.tools}>
        <ActionIcon
          aria-label={t("holidays.editNamed", { name: holiday.name })}
          title={t("holidays.edit")}
          onClick={() => setEditing(true)}
        >
          <IconPencil size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
        <form action={remove}>
          <input type="hidden" name="id" value={holiday.id} />
          <ActionIcon
            type="submit"
            loading={removing}
            aria-label={t("holidays.removeNamed", { name: holiday.name })}
            title={t("holidays.remove")}
          >
            <IconTrash size={16} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </form>
      </span>
      {removed.status === "refused" ? <AnswerLine answer={removed} /> : null}
    </li>
  );
}
