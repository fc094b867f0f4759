"use client";

import { Button, Textarea } from "@mantine/core";
import { useActionState, useEffect, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import { t } from "@/components/virtual-rooms/virtual-room-text";
import { mailMinutesAction, writeMinutesAction } from "@/lib/meetings/actions/minutes";
import type { Minutes, MinutesView } from "@/lib/meetings/core/minutes";
import { blocksOf, MINUTES_LENGTH, textOf } from "@/lib/meetings/core/minutes";
import type { MinutesAnswer } from "@/lib/meetings/core/minutes-answer";
import { formatDateShort, formatTime } from "@/lib/time/format";
import classes from "./minutes.module.css";
import { MinutesText } from "./minutes-text";

const IDLE = { status: "idle" } as const;

/** Whose words these are, and since when. */
function sourceWords(minutes: Minutes, reader: ScreenReader): string {
  const { edited, source, updatedAt, updatedBy } = minutes;
  const date = `${formatDateShort(updatedAt, reader)}, ${formatTime(updatedAt, reader)}`;
  const name = updatedBy ?? t("minutes.somebody");
  if (source === "person") return t("minutes.byPerson", { name, date });
  return edited ? t("minutes.byProviderEdited", { name, date }) : t("minutes.byProvider", { date });
}

/** An answer of the forms as a line for people; nothing, while there is none. */
function lineOf(answer: MinutesAnswer): { readonly status: string; readonly message?: string } {
  switch (answer.status) {
    case "saved":
      return { status: "done", message: t("minutes.saved") };
    case "sent":
      return { status: "done", message: t("minutes.sent", { count: answer.mails }) };
    case "changed":
      return { status: "refused", message: t("minutes.changed") };
    case "already-sent":
      return { status: "refused", message: t("minutes.alreadySent") };
    case "no-minutes":
      return { status: "refused", message: t("minutes.empty") };
    case "refused":
      return { status: "refused", message: answer.message };
    default:
      return { status: "idle" };
  }
}

function MinutesForm({
  view,
  answer,
  save,
  saving,
  onCancel,
}: {
  view: MinutesView;
  answer: MinutesAnswer;
  save: (form: FormData) => void;
  saving: boolean;
  onCancel: () => void;
}) {
  const { meetingId, minutes } = view;
  const kept = "text" in answer ? answer.text : undefined;
  // The version that was on the screen when writing began: a later one must not be written over unseen.
  const [version] = useState(minutes?.version ?? 0);
  const [text, setText] = useState(
    () => kept ?? (minutes === null ? "" : textOf(blocksOf(minutes.body))),
  );
  return (
    <form action={save} className={classes.form}>
      <input type="hidden" name="meetingId" value={meetingId} />
      <input type="hidden" name="version" value={version} />
      <Textarea
        name="text"
        label={t("minutes.text")}
        description={t("minutes.help")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={MINUTES_LENGTH}
        autosize
        minRows={8}
        maxRows={24}
        data-autofocus
      />
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={saving}>
          {t("minutes.save")}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {t("minutes.cancel")}
        </Button>
      </div>
    </form>
  );
}

function Actions({ view }: { view: MinutesView }) {
  if (view.actions.length === 0) return null;
  return (
    <div className={classes.agreed}>
      <h3>{t("minutes.agreed")}</h3>
      <ul>
        {view.actions.map(({ id, title, who, done }) => (
          <li key={id}>
            {title}{" "}
            <small>
              {who}, {t(done ? "minutes.done" : "minutes.open")}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was said and agreed: read by all who may read the meeting, written by those who run it. */
export function MinutesPart({ view, reader }: { view: MinutesView; reader: ScreenReader }) {
  const { meetingId, minutes, mayWrite } = view;
  const [written, save, saving] = useActionState(writeMinutesAction, IDLE);
  const [mailed, send, sending] = useActionState(mailMinutesAction, IDLE);
  const [writing, setWriting] = useState(false);
  useEffect(() => {
    if (written.status === "saved") setWriting(false);
  }, [written]);
  return (
    <section className={classes.part} aria-labelledby="h-minutes">
      <SectionHead id="h-minutes" title={t("minutes.title")} />
      {writing ? (
        <MinutesForm
          view={view}
          answer={written}
          save={save}
          saving={saving}
          onCancel={() => setWriting(false)}
        />
      ) : (
        <>
          {minutes === null ? (
            <p className={classes.none}>{t("minutes.none")}</p>
          ) : (
            <>
              <MinutesText body={minutes.body} />
              <p className={classes.source}>{sourceWords(minutes, reader)}</p>
            </>
          )}
          {mayWrite ? (
            <div className={classes.acts}>
              <Button onClick={() => setWriting(true)}>
                {t(minutes === null ? "minutes.write" : "minutes.edit")}
              </Button>
              {minutes === null ? null : (
                <form action={send}>
                  <input type="hidden" name="meetingId" value={meetingId} />
                  <Button type="submit" variant="subtle" loading={sending}>
                    {t("minutes.send")}
                  </Button>
                </form>
              )}
            </div>
          ) : null}
        </>
      )}
      <AnswerLine answer={lineOf(written)} />
      <AnswerLine answer={lineOf(mailed)} />
      <Actions view={view} />
    </section>
  );
}
