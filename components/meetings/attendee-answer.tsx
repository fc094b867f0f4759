"use client";

import { Button, Textarea } from "@mantine/core";
import { useActionState, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { answerMeetingAction } from "@/lib/meetings/actions/run-meeting";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import { AnswerNotice } from "./answer-notice";
import classes from "./attendee-answer.module.css";
import { words } from "./editor/words";
import { ProposeDialog } from "./propose-dialog";

const ANSWERS = [
  ["accepted", "answer.yes"],
  ["tentative", "answer.maybe"],
  ["declined", "answer.no"],
] as const;

/** Whoever was invited says whether they come, with a note, or that another time would suit them better. */
export function AttendeeAnswer({
  meeting,
  reader,
}: {
  meeting: MeetingDetail;
  reader: ScreenReader;
}) {
  const [answer, send, sending] = useActionState(answerMeetingAction, { status: "idle" });
  const [proposing, setProposing] = useState(false);
  const { own } = meeting;
  const mayAnswer = meeting.permitted.includes("meeting.answer");
  const mayPropose = meeting.permitted.includes("meeting.propose");
  if (own === null || (!mayAnswer && !mayPropose)) return null;
  return (
    <section className={classes.answer} aria-labelledby="h-answer">
      <AnswerNotice answer={answer} reader={reader} />
      {mayAnswer ? (
        <form action={send}>
          <h2 id="h-answer">{words("answer.title")}</h2>
          <input type="hidden" name="meetingId" value={meeting.id} />
          <Textarea
            name="note"
            label={words("answer.note")}
            description={words("answer.noteHelp")}
            defaultValue={own.note ?? ""}
            maxLength={1_000}
            autosize
            minRows={1}
            maxRows={5}
          />
          <div className={classes.row}>
            {ANSWERS.map(([value, key]) => (
              <Button
                key={value}
                type="submit"
                name="answer"
                value={value}
                variant={own.answer === value ? "light" : "default"}
                aria-pressed={own.answer === value}
                disabled={sending}
              >
                {words(key)}
              </Button>
            ))}
            {mayPropose ? (
              <Button variant="subtle" onClick={() => setProposing(true)}>
                {words("answer.propose")}
              </Button>
            ) : null}
          </div>
          {own.answer === "needs-action" ? null : (
            <p className={classes.given}>
              {words("answer.given", { answer: t(`answers.${own.answer}`).toLowerCase() })}
            </p>
          )}
        </form>
      ) : (
        <Button onClick={() => setProposing(true)}>{words("answer.propose")}</Button>
      )}
      {mayPropose ? (
        <ProposeDialog
          meeting={meeting}
          reader={reader}
          opened={proposing}
          onClose={() => setProposing(false)}
        />
      ) : null}
    </section>
  );
}
