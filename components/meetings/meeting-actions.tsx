"use client";

import { Button, Modal } from "@mantine/core";
import { IconCheck, IconVideo } from "@tabler/icons-react";
import { useActionState, useEffect, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { t } from "@/components/ui/office-text";
import {
  cancelMeetingAction,
  confirmMeetingAction,
  declineMeetingAction,
} from "@/lib/meetings/actions";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import { AnswerNotice } from "./answer-notice";
import classes from "./meeting-actions.module.css";
import { ReasonForm } from "./reason-form";

type Asked = "confirm" | "decline" | "cancel";

/** A dialog that names the meeting and asks why; stays open with the refusal in it, closes when it is done. */
function ReasonDialog({
  what,
  meeting,
  opened,
  action,
  pending,
  onSubmit,
  onClose,
}: {
  what: "decline" | "cancel";
  meeting: MeetingDetail;
  opened: boolean;
  action: (form: FormData) => void;
  pending: boolean;
  onSubmit: () => void;
  onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(`${what}.title`, { subject: meeting.subject })}
      closeButtonProps={{ "aria-label": t("shell.close") }}
    >
      {meeting.actsAsOverride ? (
        <p className={classes.override}>{t("meeting.override", { host: meeting.hostName })}</p>
      ) : null}
      <ReasonForm
        action={action}
        meetingId={meeting.id}
        version={meeting.version}
        label={t(`${what}.reason`)}
        help={t(`${what}.help`, { name: meeting.guestNames[0] ?? t("meeting.guests") })}
        submit={t(`${what}.submit`)}
        pending={pending}
        onSubmit={onSubmit}
        onCancel={onClose}
      />
    </Modal>
  );
}

/** What this reader may do with the meeting, and what became of it. Says nothing where nothing is permitted. */
export function MeetingActions({
  meeting,
  reader,
  ended,
}: {
  meeting: MeetingDetail;
  reader: ScreenReader;
  ended: boolean;
}) {
  const [confirmed, confirm, confirming] = useActionState(confirmMeetingAction, { status: "idle" });
  const [declined, decline, declining] = useActionState(declineMeetingAction, { status: "idle" });
  const [cancelled, cancel, cancelling] = useActionState(cancelMeetingAction, { status: "idle" });
  const [asked, setAsked] = useState<Asked>("confirm");
  const [dialog, setDialog] = useState<"decline" | "cancel">();
  const answer = { confirm: confirmed, decline: declined, cancel: cancelled }[asked];
  const pending = confirming || declining || cancelling;

  // An answer, either way, is shown beside the meeting: the dialog has done its work.
  useEffect(() => {
    if (declined.status !== "idle") setDialog(undefined);
  }, [declined]);
  useEffect(() => {
    if (cancelled.status !== "idle") setDialog(undefined);
  }, [cancelled]);

  const may = (act: MeetingDetail["permitted"][number]) => meeting.permitted.includes(act);
  const waits = meeting.status === "pending";
  const live = waits || meeting.status === "confirmed";
  // A request is declined; cancelling is for what was agreed.
  const declinable = waits && may("meeting.decline");
  const open = (what: "decline" | "cancel") => () => setDialog(what);
  return (
    <div className={classes.actions}>
      <AnswerNotice answer={answer} reader={reader} />
      {meeting.actsAsOverride && live ? (
        <p className={classes.override}>{t("meeting.override", { host: meeting.hostName })}</p>
      ) : null}
      <div className={classes.row}>
        {waits && may("meeting.confirm") ? (
          <form action={confirm} onSubmit={() => setAsked("confirm")}>
            <input type="hidden" name="meetingId" value={meeting.id} />
            <input type="hidden" name="version" value={meeting.version} />
            <Button
              type="submit"
              variant="filled"
              loading={confirming}
              disabled={pending}
              leftSection={<IconCheck size={14} stroke={1.8} aria-hidden="true" />}
            >
              {t("meeting.confirm")}
            </Button>
          </form>
        ) : null}
        {meeting.status === "confirmed" && meeting.joinUrl !== null && !ended ? (
          <ButtonLink
            href={meeting.joinUrl}
            external
            variant="filled"
            leftSection={<IconVideo size={14} stroke={1.6} aria-hidden="true" />}
          >
            {t("home.join")}
          </ButtonLink>
        ) : null}
        {declinable ? (
          <Button onClick={open("decline")} disabled={pending}>
            {t("meeting.decline")}
          </Button>
        ) : null}
        {live && !ended && may("meeting.cancel") && !declinable ? (
          <Button color="danger" onClick={open("cancel")} disabled={pending}>
            {t("meeting.cancel")}
          </Button>
        ) : null}
      </div>
      <ReasonDialog
        what="decline"
        meeting={meeting}
        opened={dialog === "decline"}
        action={decline}
        pending={declining}
        onSubmit={() => setAsked("decline")}
        onClose={() => setDialog(undefined)}
      />
      <ReasonDialog
        what="cancel"
        meeting={meeting}
        opened={dialog === "cancel"}
        action={cancel}
        pending={cancelling}
        onSubmit={() => setAsked("cancel")}
        onClose={() => setDialog(undefined)}
      />
    </div>
  );
}
