"use client";

import { Button, Modal, Progress } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t as office } from "@/components/ui/office-text";
import { handOverAction } from "@/lib/meetings/actions/hand-over";
import type { HandedOver, KeptMeeting } from "@/lib/meetings/core/hand-over";
import type { PersonDetail } from "@/lib/people/core/person";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { AnswerLine } from "./answer-line";
import classes from "./dialog.module.css";
import { t } from "./people-text";
import { PersonSearch } from "./person-search";

type Total = {
  readonly links: number;
  readonly meetings: number;
  readonly kept: readonly KeptMeeting[];
};

const NONE: Total = { links: 0, meetings: 0, kept: [] };

const plus = (total: Total, handed: HandedOver): Total => ({
  links: total.links + handed.links.length,
  meetings: total.meetings + handed.meetings,
  kept: [...total.kept, ...handed.kept],
});

/** Calls until everything was tried; each call does a few meetings, and `tell` hears how far it is. */
async function handOverAll(
  parties: { readonly from: string; readonly to: string },
  tell: (total: Total) => void,
): Promise<{ readonly total: Total; readonly refusal?: string }> {
  let total = NONE;
  let after: HandedOver["next"];
  do {
    const form = new FormData();
    form.set("from", parties.from);
    form.set("to", parties.to);
    if (after !== undefined) form.set("after", `${toIso(after.start)}/${after.id}`);
    const answer = await handOverAction({ status: "idle" }, form);
    if (answer.status !== "done") {
      return { total, refusal: answer.status === "refused" ? answer.message : "" };
    }
    total = plus(total, answer.handed);
    after = answer.handed.next;
    tell(total);
  } while (after !== undefined);
  return { total };
}

function Kept({
  kept,
  reader,
  to,
}: {
  kept: readonly KeptMeeting[];
  reader: ScreenReader;
  to: string;
}) {
  return (
    <div>
      <p className={classes.words}>{t("handOver.kept", { count: kept.length, name: to })}</p>
      <ul className={classes.list}>
        {kept.map(({ id, subject, start, reason }) => (
          <li key={id}>
            {subject}, {formatDateShort(start, reader)} {formatTime(start, reader)}
            {reason === "changed-meanwhile" ? ` (${t("handOver.changed")})` : ""}
          </li>
        ))}
      </ul>
    </div>
  );
}

function HandOverForm({
  person,
  reader,
  onClose,
}: {
  person: PersonDetail;
  reader: ScreenReader;
  onClose: () => void;
}) {
  const router = useRouter();
  const [to, setTo] = useState<{ id: string; name: string }>();
  const [state, setState] = useState<"asking" | "working" | "done">("asking");
  const [total, setTotal] = useState(NONE);
  const [refusal, setRefusal] = useState<string>();
  const all = Math.max(1, person.held.meetingCount);
  const start = async () => {
    if (to === undefined) return setRefusal(t("handOver.choose"));
    setState("working");
    setRefusal(undefined);
    const done = await handOverAll({ from: person.id, to: to.id }, setTotal);
    setTotal(done.total);
    setRefusal(done.refusal);
    setState(done.refusal === undefined ? "done" : "asking");
    router.refresh();
  };
  return (
    <div className={classes.form}>
      <p className={classes.words}>{t("handOver.words", { name: person.name })}</p>
      {state === "done" ? null : (
        <PersonSearch
          label={t("handOver.to")}
          without={person.id}
          onChoose={(id, name) => setTo(id === null ? undefined : { id, name })}
        />
      )}
      {state === "working" ? (
        <Progress
          value={((total.meetings + total.kept.length) / all) * 100}
          aria-label={t("handOver.progress")}
          animated
        />
      ) : null}
      <AnswerLine
        answer={
          refusal === undefined
            ? {
                status: state === "done" ? "done" : "idle",
                message: t("handOver.done", { links: total.links, meetings: total.meetings }),
              }
            : { status: "refused", message: refusal }
        }
      />
      {state === "done" && total.kept.length > 0 ? (
        <Kept kept={total.kept} reader={reader} to={to?.name ?? ""} />
      ) : null}
      <div className={classes.acts}>
        {state === "done" && total.kept.length > 0 ? (
          <Button variant="filled" onClick={() => setState("asking")}>
            {t("handOver.another")}
          </Button>
        ) : null}
        {state === "done" ? null : (
          <Button variant="filled" loading={state === "working"} onClick={() => void start()}>
            {t("handOver.submit")}
          </Button>
        )}
        <Button variant={state === "done" ? "default" : "subtle"} onClick={onClose}>
          {t("handOver.close")}
        </Button>
      </div>
    </div>
  );
}

/** Everything a person holds goes to a colleague: links at once, meetings where the colleague is free. */
export function HandOverDialog({
  person,
  reader,
  opened,
  onClose,
}: {
  person: PersonDetail;
  reader: ScreenReader;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("handOver.title", { name: person.name })}
      closeButtonProps={{ "aria-label": office("shell.close") }}
    >
      <HandOverForm person={person} reader={reader} onClose={onClose} />
    </Modal>
  );
}
