"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { Tag } from "@/components/ui/tag";
import type { Held, HeldCounts, HeldMeeting } from "@/lib/privacy/core/held";
import { isNothing } from "@/lib/privacy/core/held";
import { formatDateLong, formatTime } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { t } from "./admin-text";
import { ErasureForm } from "./erasure-form";
import classes from "./privacy.module.css";

const COUNTS = [
  "meetings",
  "upcoming",
  "answers",
  "mails",
  "waiting",
  "sales",
  "requests",
  "audit",
] as const satisfies readonly (keyof HeldCounts)[];

function MeetingLine({ meeting, reader }: { meeting: HeldMeeting; reader: ScreenReader }) {
  return (
    <li>
      <Link href={`/meetings/${meeting.id}`}>{meeting.subject}</Link>
      <time dateTime={toIso(meeting.start)}>
        {formatDateLong(meeting.start, reader)}, {formatTime(meeting.start, reader)}
      </time>
      <span>
        {meeting.upcoming === undefined ? null : (
          <Tag tone={meeting.upcoming === "own" ? "warn" : "info"}>
            {t(meeting.upcoming === "own" ? "privacy.comes" : "privacy.comesShared")}
          </Tag>
        )}
        {meeting.role === "extra_guest" ? <Tag>{t("privacy.roleExtra")}</Tag> : null}
      </span>
    </li>
  );
}

/** Takes an answer as a file, the way a browser saves one. */
async function save(email: string, format: "json" | "html"): Promise<void> {
  const answer = await fetch("/api/v1/admin/privacy/export", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, format }),
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `guest.${format}`;
  link.click();
  URL.revokeObjectURL(address);
}

function Exports({ email }: { email: string }) {
  const [busy, setBusy] = useState<"json" | "html">();
  const [failed, setFailed] = useState(false);
  const take = async (format: "json" | "html") => {
    setBusy(format);
    setFailed(false);
    await save(email, format).catch(() => setFailed(true));
    setBusy(undefined);
  };
  return (
    <div className={classes.exports}>
      <Button loading={busy === "json"} onClick={() => void take("json")}>
        {t("privacy.exportJson")}
      </Button>
      <Button loading={busy === "html"} onClick={() => void take("html")}>
        {t("privacy.exportHtml")}
      </Button>
      <AnswerLine
        answer={
          failed ? { status: "refused", message: t("privacy.exportFailed") } : { status: "idle" }
        }
      />
    </div>
  );
}

/** What is held about one address, and what can be done about it. */
export function GuestHeld({ held, reader }: { held: Held; reader: ScreenReader }) {
  const { email, erasedBefore, isColleague } = held;
  return (
    <div className={classes.held}>
      {erasedBefore === undefined ? null : (
        <p className={classes.words}>
          {t("privacy.erasedBefore", { date: formatDateLong(erasedBefore, reader) })}
        </p>
      )}
      {isColleague ? <p className={classes.words}>{t("privacy.colleague")}</p> : null}
      {isNothing(held) ? (
        <p>{t("privacy.nothing", { email })}</p>
      ) : (
        <>
          <h3>{t("privacy.heldTitle", { email })}</h3>
          <dl className={classes.counts}>
            <div>
              <dt>{t("privacy.names")}</dt>
              <dd>{held.names.join(", ")}</dd>
            </div>
            {COUNTS.map((name) => (
              <div key={name}>
                <dt title={name === "audit" ? t("privacy.auditHelp") : undefined}>
                  {t(`privacy.${name}`)}
                </dt>
                <dd>{held.counts[name]}</dd>
              </div>
            ))}
          </dl>
          <ul className={classes.meetings}>
            {held.meetings.map((meeting) => (
              <MeetingLine key={`${meeting.id}${meeting.role}`} meeting={meeting} reader={reader} />
            ))}
          </ul>
          <Exports email={email} />
          <ErasureForm held={held} />
        </>
      )}
    </div>
  );
}
