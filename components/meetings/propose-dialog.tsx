"use client";

import { Button, Modal, Textarea } from "@mantine/core";
import { useActionState, useEffect, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { proposeTimeAction } from "@/lib/meetings/actions/run-meeting";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import { formatTimeRange } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import { AnswerNotice } from "./answer-notice";
import classes from "./attendee-answer.module.css";
import { TimeFields } from "./editor/time-fields";
import { words } from "./editor/words";

/** Another time for a meeting one is invited to: a day and two times in one's own zone, and why. */
export function ProposeDialog({
  meeting,
  reader,
  opened,
  onClose,
}: {
  meeting: MeetingDetail;
  reader: ScreenReader;
  opened: boolean;
  onClose: () => void;
}) {
  const [answer, send, sending] = useActionState(proposeTimeAction, { status: "idle" });
  const [wanted, setWanted] = useState({ from: meeting.start, to: meeting.end });
  useEffect(() => {
    if (answer.status === "done") onClose();
  }, [answer, onClose]);
  const same = wanted.from === meeting.start && wanted.to === meeting.end;
  const host = { ...reader, zone: meeting.hostZone };
  return (
    <>
      <AnswerNotice
        answer={answer.status === "done" ? answer : { status: "idle" }}
        reader={reader}
      />
      <Modal
        opened={opened}
        onClose={onClose}
        title={words("answer.proposeTitle", { subject: meeting.subject })}
        closeButtonProps={{ "aria-label": t("shell.close") }}
      >
        <form action={send} className={classes.dialog}>
          <p>{words("answer.proposeWords")}</p>
          <AnswerNotice
            answer={answer.status === "refused" ? answer : { status: "idle" }}
            reader={reader}
          />
          <input type="hidden" name="meetingId" value={meeting.id} />
          <input type="hidden" name="start" value={toIso(wanted.from)} />
          <input type="hidden" name="end" value={toIso(wanted.to)} />
          <div className={classes.times}>
            <TimeFields
              wanted={wanted}
              errors={{}}
              reader={{ ...reader, weekStart: 1 }}
              onMove={setWanted}
            />
          </div>
          {reader.zone === meeting.hostZone ? null : (
            <p>
              {formatTimeRange(wanted, host)}{" "}
              {zoneAbbreviation(wanted.from, meeting.hostZone, reader.locale)},{" "}
              {zoneCity(meeting.hostZone)}
            </p>
          )}
          <Textarea
            name="note"
            label={words("answer.note")}
            maxLength={1_000}
            autosize
            minRows={2}
          />
          <div>
            <Button type="submit" variant="filled" loading={sending} disabled={same}>
              {words("answer.submit")}
            </Button>{" "}
            <Button variant="subtle" onClick={onClose}>
              {words("answer.cancel")}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
