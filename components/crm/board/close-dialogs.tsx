"use client";

import { Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useState } from "react";
import type { BoardCard } from "@/lib/crm/core/board";
import { monthAhead } from "@/lib/crm/core/board";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import { t } from "./board-text";
import classes from "./dialogs.module.css";

export type LossTyped = {
  readonly reasonId: string;
  readonly note?: string;
  readonly competitor?: string;
};

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? "").trim();

/** Why it was lost: a reason is needed, who won it instead and what is to be remembered are welcome. */
export function LostDialog({
  card,
  reasons,
  onDone,
  onClose,
}: {
  card: BoardCard;
  reasons: readonly { readonly id: string; readonly name: string }[];
  onDone: (loss: LossTyped) => void;
  onClose: () => void;
}) {
  const [needed, setNeeded] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [reasonId, note, competitor] = ["reason", "note", "competitor"].map((name) =>
      textOf(form, name),
    );
    if (!reasonId) return setNeeded(true);
    onDone({ reasonId, ...(note ? { note } : {}), ...(competitor ? { competitor } : {}) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("lost.title", { title: card.title })}
      closeButtonProps={{ "aria-label": t("lost.cancel") }}
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <NativeSelect
          label={t("lost.reason")}
          name="reason"
          required
          data-autofocus
          error={needed ? t("lost.needed") : undefined}
          data={[
            { value: "", label: t("lost.choose") },
            ...reasons.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextInput label={t("lost.competitor")} name="competitor" maxLength={200} />
        <Textarea label={t("lost.note")} name="note" maxLength={2_000} autosize minRows={2} />
        <div className={classes.end}>
          <Button onClick={onClose}>{t("lost.cancel")}</Button>
          <Button type="submit" variant="filled" color="danger">
            {t("lost.done")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Until when it is out of sight: it comes back by itself on that day. */
export function ParkDialog({
  card,
  today,
  onDone,
  onClose,
}: {
  card: BoardCard;
  today: CalendarDate;
  onDone: (until: CalendarDate) => void;
  onClose: () => void;
}) {
  const [until, setUntil] = useState<string>(addDays(today, 30));
  const [wrong, setWrong] = useState(false);
  const choices = [
    ["week", addDays(today, 7)],
    ["month", addDays(today, 30)],
    ["quarter", monthAhead(today, 3)],
  ] as const;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const day = parseCalendarDate(until);
    if (day === undefined || day <= today) return setWrong(true);
    onDone(day);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("park.title", { title: card.title })}
      closeButtonProps={{ "aria-label": t("park.cancel") }}
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <div className={classes.choices}>
          {choices.map(([name, day]) => (
            <Button key={name} size="xs" onClick={() => setUntil(day)}>
              {t(`park.${name}`)}
            </Button>
          ))}
        </div>
        <TextInput
          type="date"
          label={t("park.until")}
          value={until}
          min={addDays(today, 1)}
          required
          data-autofocus
          error={wrong ? t("park.needed") : undefined}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <div className={classes.end}>
          <Button onClick={onClose}>{t("park.cancel")}</Button>
          <Button type="submit" variant="filled">
            {t("park.done")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Every place a card can be moved to, as buttons: for fingers, and for whoever does not drag. */
export function MoveDialog({
  card,
  here,
  targets,
  onMove,
  onClose,
}: {
  card: BoardCard;
  here: string | undefined;
  targets: readonly { readonly key: string; readonly title: string }[];
  onMove: (target: string) => void;
  onClose: () => void;
}) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("move.title", { title: card.title })}
      closeButtonProps={{ "aria-label": t("quick.close") }}
    >
      <ul className={classes.targets}>
        {targets.map(({ key, title }) => (
          <li key={key}>
            <button type="button" disabled={key === here} onClick={() => onMove(key)}>
              {title}
              {key === here ? <span>{t("move.here")}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
