"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import { answerRoomAction } from "@/lib/occupancy/actions";
import { formatDateShort } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./requests.module.css";
import { rangeHere } from "./room-words";
import { t } from "./rooms-text";

/** A room somebody asked for, as whoever answers for it reads of it. */
export type ShownRequest = {
  readonly meetingId: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly host: string;
  readonly subject: string | null;
  readonly start: number;
  readonly end: number;
};

function Row({ request, reader }: { request: ShownRequest; reader: ScreenReader }) {
  const { meetingId, roomId, roomName, host, start, end } = request;
  const [answer, send, pending] = useActionState(answerRoomAction, { status: "idle" });
  const [declining, setDeclining] = useState(false);
  const subject = request.subject ?? t("requests.private");
  const zone = zoneAbbreviation(instantOf(start), reader.zone, reader.locale);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <b>{roomName}</b>
        <span>{subject}</span>
        <span className={classes.when}>
          {formatDateShort(instantOf(start), reader)}, {rangeHere({ from: start, to: end }, reader)}{" "}
          {zone}, {t("requests.held", { host })}
        </span>
      </div>
      <form action={send} className={classes.acts}>
        <input type="hidden" name="meetingId" value={meetingId} />
        <input type="hidden" name="roomId" value={roomId} />
        {declining ? (
          <TextInput
            name="reason"
            aria-label={t("requests.reason")}
            placeholder={t("requests.reasonHelp")}
            maxLength={500}
            data-autofocus
          />
        ) : (
          <Button
            type="submit"
            name="answer"
            value="yes"
            variant="outline"
            loading={pending}
            aria-label={t("requests.approveNamed", { room: roomName, subject })}
          >
            {t("requests.approve")}
          </Button>
        )}
        <Button
          type={declining ? "submit" : "button"}
          {...(declining ? { name: "answer", value: "no", color: "danger" } : {})}
          variant={declining ? "outline" : "subtle"}
          disabled={pending}
          onClick={(event) => {
            if (declining) return;
            event.preventDefault();
            setDeclining(true);
          }}
          aria-label={t("requests.declineNamed", { room: roomName, subject })}
        >
          {t("requests.decline")}
        </Button>
      </form>
      <AnswerLine answer={answer} />
    </li>
  );
}

/** Rooms that wait for this reader's yes, soonest first; nothing when there are none. */
export function Requests({
  requests,
  reader,
}: {
  requests: readonly ShownRequest[];
  reader: ScreenReader;
}) {
  if (requests.length === 0) return null;
  return (
    <section className={classes.requests} aria-labelledby="h-requests">
      <SectionHead id="h-requests" title={t("requests.title")} count={requests.length} />
      <ul>
        {requests.map((request) => (
          <Row key={`${request.meetingId}/${request.roomId}`} request={request} reader={reader} />
        ))}
      </ul>
    </section>
  );
}
