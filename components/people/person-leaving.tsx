"use client";

import { Button, Modal } from "@mantine/core";
import { useActionState, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t as office } from "@/components/ui/office-text";
import { removePersonAction } from "@/lib/people/actions/people";
import type { PersonDetail } from "@/lib/people/core/person";
import { holdsNothing } from "@/lib/people/core/person";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { AnswerLine } from "./answer-line";
import classes from "./dialog.module.css";
import { HandOverDialog } from "./hand-over-dialog";
import { t } from "./people-text";

function RemoveForm({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const [answer, remove, pending] = useActionState(removePersonAction, { status: "idle" });
  return (
    <form action={remove} className={classes.form}>
      <input type="hidden" name="userId" value={person.id} />
      <p className={classes.words}>{t("leaving.removeWords")}</p>
      <AnswerLine answer={answer} />
      <div className={classes.acts}>
        <Button type="submit" color="danger" variant="outline" loading={pending} data-autofocus>
          {t("leaving.removeSubmit", { name: person.name })}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t("person.keep")}
        </Button>
      </div>
    </form>
  );
}

/** What a person holds, in whose hands it may be put, and only then the way out for good. */
export function PersonLeaving({
  person,
  reader,
  own,
}: {
  person: PersonDetail;
  reader: ScreenReader;
  own: boolean;
}) {
  const [open, setOpen] = useState<"hand-over" | "remove">();
  const { held } = person;
  const free = holdsNothing(held);
  const close = () => setOpen(undefined);
  const why = (own && "own") || (person.lastAdmin && "lastAdmin") || "first";
  return (
    <>
      {free ? (
        <p className={classes.words}>{t("leaving.nothing")}</p>
      ) : (
        <>
          <p className={classes.words}>
            {t("leaving.holds", {
              links: held.linkCount,
              meetings: held.meetingCount,
              deals: held.dealCount,
            })}
          </p>
          <ul className={classes.list}>
            {held.links.slice(0, 5).map(({ id, name, path }) => (
              <li key={id}>
                {name} <span className={classes.words}>{path}</span>
              </li>
            ))}
            {held.meetings.slice(0, 5).map(({ id, subject, start }) => (
              <li key={id}>
                {subject}, {formatDateShort(start, reader)} {formatTime(start, reader)}
              </li>
            ))}
            {held.deals.slice(0, 5).map(({ id, label, name }) => (
              <li key={id}>
                {name} <span className={classes.words}>{label}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={classes.acts} style={{ marginTop: 8 }}>
        {held.linkCount + held.meetingCount === 0 ? null : (
          <Button size="xs" onClick={() => setOpen("hand-over")}>
            {t("leaving.handOver")}
          </Button>
        )}
        <Button
          size="xs"
          color="danger"
          disabled={!free || own || person.lastAdmin}
          onClick={() => setOpen("remove")}
        >
          {t("leaving.remove")}
        </Button>
      </div>
      {free && !own && !person.lastAdmin ? null : (
        <p className={classes.words} style={{ marginTop: 8 }}>
          {t(`leaving.${why}`)} {held.dealCount === 0 ? null : t("leaving.deals")}
        </p>
      )}
      <HandOverDialog
        person={person}
        reader={reader}
        opened={open === "hand-over"}
        onClose={close}
      />
      <Modal
        opened={open === "remove"}
        onClose={close}
        title={t("leaving.removeTitle", { name: person.name })}
        closeButtonProps={{ "aria-label": office("shell.close") }}
      >
        <RemoveForm person={person} onClose={close} />
      </Modal>
    </>
  );
}
