"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useState, useTransition } from "react";
import { payload } from "@/components/links/payload";
import { deleteNoteAction, editNoteAction } from "@/lib/crm/actions/deal";
import type { PlainAnswer } from "@/lib/crm/core/deal-answer";
import type { Named, TimelineEntry } from "@/lib/crm/core/deal-view";
import { t } from "./deal-text";
import classes from "./deal-timeline.module.css";
import { NoteField, namedIn } from "./note-field";

type Note = Extract<TimelineEntry, { readonly kind: "note" }>;

/** What an action answered, if it says anything; true when it was done. */
export function toldPlainly(answer: PlainAnswer, done?: string): boolean {
  const ok = answer.status === "done";
  const message = answer.message ?? done;
  if (message !== undefined)
    notifications.show({
      role: ok ? "status" : "alert",
      color: ok ? "accent" : "danger",
      message,
      autoClose: 6_000,
    });
  return ok;
}

/** A note's words with the people named in it marked; text and nothing else. */
function Words({ body, mentions }: Pick<Note, "body" | "mentions">) {
  const names = mentions.map(({ name }) => `@${name}`).sort((a, b) => b.length - a.length);
  if (names.length === 0) return <p className={classes.note}>{body}</p>;
  const pattern = new RegExp(
    `(${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`,
  );
  let at = 0;
  return (
    <p className={classes.note}>
      {body.split(pattern).map((part) => {
        const key = `${at} ${part}`;
        at += part.length;
        return names.includes(part) ? <mark key={key}>{part}</mark> : part;
      })}
    </p>
  );
}

/** One note; its author may change it and take it away. */
export function NoteEntry({
  entry,
  people,
  onChanged,
}: {
  entry: Note;
  people: readonly Named[];
  onChanged: () => void;
}) {
  const [draft, setDraft] = useState<string>();
  const [busy, start] = useTransition();
  const { id: noteId, version } = entry;
  const save = () =>
    start(async () => {
      if (draft === undefined) return;
      const mentions = namedIn(draft, people);
      const answer = await editNoteAction(payload({ noteId, version, body: draft, mentions }));
      if (!toldPlainly(answer)) return;
      setDraft(undefined);
      onChanged();
    });
  const remove = () =>
    start(async () => {
      const answer = await deleteNoteAction(payload({ noteId, version }));
      if (toldPlainly(answer, t("timeline.noteDeleted"))) onChanged();
    });
  if (draft !== undefined)
    return (
      <div>
        <NoteField
          value={draft}
          onChange={setDraft}
          onSend={save}
          people={people}
          label={t("composer.editing")}
          autoFocus
        />
        <Button size="xs" loading={busy} onClick={save}>
          {t("composer.saveNote")}
        </Button>{" "}
        <Button size="xs" variant="subtle" onClick={() => setDraft(undefined)}>
          {t("composer.cancel")}
        </Button>
      </div>
    );
  return (
    <div>
      <p>
        <b>{t("timeline.note")}</b>{" "}
        {entry.own ? (
          <span className={classes.tools}>
            <button
              type="button"
              aria-label={t("timeline.editNote")}
              onClick={() => setDraft(entry.body)}
            >
              <IconPencil size={14} stroke={1.6} aria-hidden="true" />
            </button>
            <button
              type="button"
              aria-label={t("timeline.deleteNote")}
              disabled={busy}
              onClick={remove}
            >
              <IconTrash size={14} stroke={1.6} aria-hidden="true" />
            </button>
          </span>
        ) : null}
      </p>
      <Words body={entry.body} mentions={entry.mentions} />
      <p className={classes.sub}>
        {[entry.by, entry.edited ? t("timeline.edited") : undefined]
          .filter((part) => part !== undefined && part !== null)
          .join(", ")}
      </p>
    </div>
  );
}
