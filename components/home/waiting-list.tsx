"use client";

import { Button } from "@mantine/core";
import { IconCheck, IconClockPause } from "@tabler/icons-react";
import Link from "next/link";
import { useActionState, useState } from "react";
import { AnswerNotice } from "@/components/meetings/answer-notice";
import { ReasonForm } from "@/components/meetings/reason-form";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import { durationText, roughDurationText } from "@/components/ui/duration";
import { t } from "@/components/ui/office-text";
import { useNow } from "@/components/ui/use-now";
import { confirmMeetingAction, declineMeetingAction } from "@/lib/meetings/actions";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import { dayDifference, formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS, toIso } from "@/lib/time/instant";
import { zoneCity } from "@/lib/time/zone-names";
import classes from "./waiting-list.module.css";

/** "09:00 Oslo", or "Thu 19 Nov, 17:00 Los Angeles" where the guest's day is another one. */
function guestTimeText(row: MeetingRow, reader: ScreenReader): string | undefined {
  if (row.guestZone === null || row.guestZone === reader.zone) return undefined;
  const guest = { ...reader, zone: row.guestZone };
  const time = `${formatTime(row.start, guest)} ${zoneCity(row.guestZone)}`;
  return dayDifference(row.start, reader.zone, row.guestZone) === 0
    ? time
    : `${formatDateShort(row.start, guest)}, ${time}`;
}

function Held({ until, now }: { until: Instant; now: Instant }) {
  return (
    <span className={classes.held} title={t("home.heldTitle")}>
      <IconClockPause size={14} stroke={1.6} aria-hidden="true" />
      {t("home.held", { time: roughDurationText((until - now) / MINUTE_MS) })}
    </span>
  );
}

type RequestProps = {
  readonly row: MeetingRow;
  readonly reader: ScreenReader;
  readonly now: Instant;
  readonly confirm: (form: FormData) => void;
  readonly decline: (form: FormData) => void;
  readonly pending: boolean;
  readonly onAsk: (what: "confirm" | "decline") => void;
};

function Request({ row, reader, now, confirm, decline, pending, onAsk }: RequestProps) {
  const [declining, setDeclining] = useState(false);
  const name = row.guestNames[0] ?? row.subject;
  const guestTime = guestTimeText(row, reader);
  return (
    <div className={classes.request}>
      <div className={classes.top}>
        <Avatar name={name} />
        <div className={classes.who}>
          <h3 className="clip">{name}</h3>
          <p className="clip">
            <Link href={`/meetings/${row.id}`}>{row.subject}</Link> ·{" "}
            {durationText((row.end - row.start) / MINUTE_MS)}
          </p>
        </div>
        {row.holdExpiresAt === null ? null : <Held until={row.holdExpiresAt} now={now} />}
      </div>
      <p className={classes.slot}>
        <time dateTime={toIso(row.start)}>
          {formatDateShort(row.start, reader)},{" "}
          {formatTimeRange({ from: row.start, to: row.end }, reader)}
        </time>
        {guestTime === undefined ? null : <span>{guestTime}</span>}
      </p>
      {declining ? (
        <ReasonForm
          action={decline}
          meetingId={row.id}
          label={t("decline.reason")}
          help={t("decline.help", { name })}
          submit={t("decline.submit")}
          submitLabel={t("decline.submitNamed", { name })}
          pending={pending}
          onSubmit={() => onAsk("decline")}
          onCancel={() => setDeclining(false)}
        />
      ) : (
        <form action={confirm} onSubmit={() => onAsk("confirm")} className={classes.acts}>
          <input type="hidden" name="meetingId" value={row.id} />
          <Button
            type="submit"
            size="xs"
            variant="outline"
            disabled={pending}
            leftSection={<IconCheck size={14} stroke={1.6} aria-hidden="true" />}
            aria-label={t("home.confirmNamed", { name })}
          >
            {t("home.confirm")}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            disabled={pending}
            aria-label={t("home.declineNamed", { name })}
            onClick={() => setDeclining(true)}
          >
            {t("home.decline")}
          </Button>
        </form>
      )}
    </div>
  );
}

/** Requests that wait for the host's answer, answered in place. What happened stays readable after the row has gone. */
export function WaitingList({
  rows,
  reader,
  now: serverNow,
}: {
  rows: readonly MeetingRow[];
  reader: ScreenReader;
  now: Instant;
}) {
  const now = useNow(serverNow);
  const [confirmed, confirm, confirming] = useActionState(confirmMeetingAction, { status: "idle" });
  const [declined, decline, declining] = useActionState(declineMeetingAction, { status: "idle" });
  const [asked, setAsked] = useState<"confirm" | "decline">("confirm");
  const [askedId, setAskedId] = useState<string>();
  const answer = asked === "confirm" ? confirmed : declined;
  const pending = confirming || declining;
  const stillListed = rows.some(({ id }) => id === askedId);
  return (
    <>
      {stillListed && answer.status === "refused" ? null : (
        <AnswerNotice answer={answer} reader={reader} />
      )}
      {rows.length === 0 ? (
        <p className={classes.none}>{t("home.nothingWaits")}</p>
      ) : (
        <ul className={classes.list}>
          {rows.map((row) => (
            <li key={row.id}>
              <Request
                row={row}
                reader={reader}
                now={now}
                pending={pending}
                confirm={confirm}
                decline={decline}
                onAsk={(what) => {
                  setAsked(what);
                  setAskedId(row.id);
                }}
              />
              {askedId === row.id && answer.status === "refused" ? (
                <AnswerNotice answer={answer} reader={reader} />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
