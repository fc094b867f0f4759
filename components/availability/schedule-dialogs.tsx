"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "@/components/ui/office-text";
import {
  deleteScheduleAction,
  makeScheduleAction,
  renameScheduleAction,
} from "@/lib/availability/actions";
import type { HoursAnswer } from "@/lib/availability/core/answers";
import type { Schedule } from "@/lib/availability/core/schedule";
import classes from "./availability.module.css";
import { send } from "./send";
import { words } from "./words";

export type Asked =
  | { readonly what: "new" }
  | { readonly what: "duplicate" | "rename" | "delete"; readonly schedule: Schedule };

export type Done = { readonly message: string; readonly open?: string | undefined };

const titleOf = (asked: Asked): string => {
  if (asked.what === "new") return words("schedules.newTitle");
  const { name } = asked.schedule;
  return words(`schedules.${asked.what}Title`, { name });
};

const nameFor = (asked: Asked): string => {
  if (asked.what === "new") return "";
  const { name } = asked.schedule;
  return asked.what === "duplicate" ? words("schedules.copyName", { name }) : name;
};

async function act(asked: Asked, personId: string, name: string): Promise<HoursAnswer> {
  if (asked.what === "new") return send(makeScheduleAction, { personId, name });
  const { id: scheduleId, version } = asked.schedule;
  if (asked.what === "duplicate")
    return send(makeScheduleAction, { personId, name, copyOf: scheduleId });
  return asked.what === "rename"
    ? send(renameScheduleAction, { scheduleId, version, name })
    : send(deleteScheduleAction, { scheduleId, version });
}

const DONE = { new: "made", duplicate: "made", rename: "renamed", delete: "deleted" } as const;
const SUBMIT = {
  new: "make",
  duplicate: "make",
  rename: "save",
  delete: "deleteSubmit",
} as const;

function DialogForm({
  asked,
  personId,
  onDone,
  onClose,
}: {
  asked: Asked;
  personId: string;
  onDone: (done: Done) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(() => nameFor(asked));
  const [answer, setAnswer] = useState<HoursAnswer>({ status: "idle" });
  const [pending, setPending] = useState(false);
  const removes = asked.what === "delete";
  const submit = async () => {
    setPending(true);
    const said = await act(asked, personId, name);
    setPending(false);
    if (said.status === "done")
      onDone({
        message: words(`schedules.${DONE[asked.what]}`, { name: name.trim() }),
        open: said.id,
      });
    else setAnswer(said);
  };
  const fields = answer.status === "invalid" ? answer.fields : {};
  return (
    <form
      className={classes.awayForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit().catch(() => undefined);
      }}
    >
      {removes ? (
        <p>{words("schedules.deleteWords")}</p>
      ) : (
        <TextInput
          label={words("schedules.name")}
          description={words("schedules.nameHelp")}
          value={name}
          maxLength={80}
          error={fields.name}
          data-autofocus
          onChange={(event) => {
            setName(event.currentTarget.value);
            setAnswer({ status: "idle" });
          }}
        />
      )}
      <div role="alert">
        {answer.status === "refused" ? (
          <p className={classes.problem}>
            {answer.links === undefined
              ? answer.message
              : words("schedules.inUse", { links: answer.links.join(", ") })}
          </p>
        ) : null}
      </div>
      <div className={classes.acts}>
        <Button
          type="submit"
          variant={removes ? "outline" : "filled"}
          color={removes ? "danger" : "accent"}
          loading={pending}
        >
          {words(`schedules.${SUBMIT[asked.what]}`)}
        </Button>
        <Button variant="subtle" onClick={onClose} disabled={pending}>
          {words("schedules.cancel")}
        </Button>
      </div>
    </form>
  );
}

/** New, duplicate, rename, delete: one dialog, which stays open with what was refused. */
export function ScheduleDialog({
  asked,
  personId,
  onDone,
  onClose,
}: {
  asked: Asked | undefined;
  personId: string;
  onDone: (done: Done) => void;
  onClose: () => void;
}) {
  return (
    <Modal
      opened={asked !== undefined}
      onClose={onClose}
      title={asked === undefined ? "" : titleOf(asked)}
      closeButtonProps={{ "aria-label": t("shell.close") }}
    >
      {asked === undefined ? null : (
        <DialogForm asked={asked} personId={personId} onDone={onDone} onClose={onClose} />
      )}
    </Modal>
  );
}
