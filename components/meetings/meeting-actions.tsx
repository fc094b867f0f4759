"use client";

import { Button, Modal } from "@mantine/core";
import { IconCheck, IconVideo } from "@tabler/icons-react";
import { startTransition, useActionState, useEffect, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { t } from "@/components/ui/office-text";
import type { ActionAnswer } from "@/lib/meetings/actions";
import { declineMeetingAction } from "@/lib/meetings/actions";
import {
  closeMeetingAction,
  reopenMeetingAction,
  resendAllAction,
} from "@/lib/meetings/actions/run-meeting";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import { ActForm } from "./act-form";
import { AnswerNotice } from "./answer-notice";
import { words } from "./editor/words";
import classes from "./meeting-actions.module.css";
import type { QuickAct } from "./meeting-more";
import { MeetingMore } from "./meeting-more";
import { ReasonForm } from "./reason-form";
import { cancelAct, confirmAct } from "./series-acts";
import type { Scope } from "./series-scope";
import { SeriesScope } from "./series-scope";

type Asked = "confirm" | "decline" | "cancel" | "run";

const QUICK = {
  reopen: reopenMeetingAction,
  done: closeMeetingAction,
  "no-show": closeMeetingAction,
  "send-all": resendAllAction,
} as const satisfies Record<QuickAct, unknown>;

const runQuickAct = (
  previous: ActionAnswer,
  { quick, form }: { readonly quick: QuickAct; readonly form: FormData },
): Promise<ActionAnswer> => QUICK[quick](previous, form);

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

/** What confirming will do, before it is done. */
function willDo({ people, rooms, online }: MeetingDetail): string {
  const staff = people.filter(({ role, required }) => required && role !== "guest");
  const takenPeople = words("actions.takenPeople", { count: staff.length });
  const names = rooms.map(({ name }) => name).join(", ");
  const taken =
    names === "" ? takenPeople : words("actions.takenRooms", { people: takenPeople, rooms: names });
  const count = people.length;
  return online === null
    ? words("actions.onConfirm", { taken, count })
    : words("actions.onConfirmOnline", { taken, count, online: online.name });
}

const NO_ANSWER = { status: "idle" } as const;

/** The buttons: one filled, the harmful one red, everything else behind the dots. */
function ActButtons({
  meeting,
  ended,
  pending,
  confirming,
  confirm,
  onConfirm,
  onAsk,
  onAct,
}: {
  meeting: MeetingDetail;
  ended: boolean;
  pending: boolean;
  confirming: boolean;
  confirm: (form: FormData) => void;
  onConfirm: () => void;
  onAsk: (what: "decline" | "cancel") => void;
  onAct: (act: QuickAct) => void;
}) {
  const may = (act: MeetingDetail["permitted"][number]) => meeting.permitted.includes(act);
  const waits = meeting.status === "pending" || meeting.status === "draft";
  const live = waits || meeting.status === "confirmed";
  // A request is declined; cancelling is for what was agreed, and for drafts.
  const declinable = meeting.status === "pending" && may("meeting.decline");
  return (
    <div className={classes.row}>
      {waits && may("meeting.confirm") ? (
        <ActForm action={confirm} meeting={meeting} onSubmit={onConfirm}>
          <Button
            type="submit"
            variant="filled"
            loading={confirming}
            disabled={pending}
            leftSection={<IconCheck size={14} stroke={1.8} aria-hidden="true" />}
          >
            {t("meeting.confirm")}
          </Button>
        </ActForm>
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
      {may("meeting.edit") && !ended ? (
        <ButtonLink href={`/meetings/${meeting.id}/edit`}>{words("actions.edit")}</ButtonLink>
      ) : null}
      {declinable ? (
        <Button onClick={() => onAsk("decline")} disabled={pending}>
          {t("meeting.decline")}
        </Button>
      ) : null}
      {live && !ended && may("meeting.cancel") && !declinable ? (
        <Button color="danger" onClick={() => onAsk("cancel")} disabled={pending}>
          {t("meeting.cancel")}
        </Button>
      ) : null}
      <MeetingMore meeting={meeting} onAct={onAct} />
    </div>
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
  const inSeries = meeting.series !== null;
  const [scope, setScope] = useState<Scope>("one");
  const [confirmed, confirm, confirming] = useActionState(confirmAct(inSeries, reader), NO_ANSWER);
  const [declined, decline, declining] = useActionState(declineMeetingAction, NO_ANSWER);
  const [cancelled, cancel, cancelling] = useActionState(cancelAct(scope, reader), NO_ANSWER);
  const [run, runAct, running] = useActionState(runQuickAct, NO_ANSWER);
  const [asked, setAsked] = useState<Asked>("confirm");
  const [dialog, setDialog] = useState<"decline" | "cancel" | "scope">();
  const answer = { confirm: confirmed, decline: declined, cancel: cancelled, run }[asked];
  const pending = confirming || declining || cancelling || running;

  // An answer, either way, is shown beside the meeting: the dialog has done its work.
  useEffect(() => {
    if (declined.status !== "idle") setDialog(undefined);
  }, [declined]);
  useEffect(() => {
    if (cancelled.status !== "idle") setDialog(undefined);
  }, [cancelled]);

  const waits = meeting.status === "pending" || meeting.status === "draft";
  const live = waits || meeting.status === "confirmed";
  const act = (quick: QuickAct) => {
    setAsked("run");
    const form = new FormData();
    form.set("meetingId", meeting.id);
    form.set("version", String(meeting.version));
    if (quick === "done" || quick === "no-show") form.set("outcome", quick);
    startTransition(() => runAct({ quick, form }));
  };
  return (
    <div className={classes.actions}>
      <AnswerNotice answer={answer} reader={reader} />
      {meeting.actsAsOverride && live ? (
        <p className={classes.override}>{t("meeting.override", { host: meeting.hostName })}</p>
      ) : null}
      <ActButtons
        meeting={meeting}
        ended={ended}
        pending={pending}
        confirming={confirming}
        confirm={confirm}
        onConfirm={() => setAsked("confirm")}
        // Of a series it is asked first how many dates are meant.
        onAsk={(what) => setDialog(what === "cancel" && inSeries ? "scope" : what)}
        onAct={act}
      />
      {waits && meeting.permitted.includes("meeting.confirm") ? (
        <p className={classes.will}>{willDo(meeting)}</p>
      ) : null}
      <ReasonDialog
        what="decline"
        meeting={meeting}
        opened={dialog === "decline"}
        action={decline}
        pending={declining}
        onSubmit={() => setAsked("decline")}
        onClose={() => setDialog(undefined)}
      />
      <SeriesScope
        what="cancel"
        opened={dialog === "scope"}
        pending={cancelling}
        onChoose={(chosen) => {
          setScope(chosen);
          setDialog("cancel");
        }}
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
