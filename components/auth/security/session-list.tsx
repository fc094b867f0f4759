"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useTransition } from "react";
import { Tag } from "@/components/ui/tag";
import { endOtherSessionsAction, endSessionAction } from "@/lib/auth/actions/security";
import type { SessionLine } from "@/lib/auth/core/security-view";
import type { ClockReader } from "@/lib/time/format";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { t } from "../account-text";
import { useAsk } from "./proof";
import { Row } from "./rows";
import classes from "./security.module.css";

function deviceWords({ browser, system }: SessionLine): string {
  if (browser !== undefined && system !== undefined)
    return t("security.sessionOn", { browser, system });
  return browser ?? system ?? t("security.sessionUnknown");
}

const momentWords = (moment: Instant, reader: ClockReader): string =>
  `${formatDateShort(moment, reader)}, ${formatTime(moment, reader)}`;

const tell = (message: string) => notifications.show({ color: "accent", message });
const refused = (message: string) => notifications.show({ color: "danger", message });

function SessionRow({ line, reader }: { line: SessionLine; reader: ClockReader }) {
  const ask = useAsk();
  const [busy, start] = useTransition();
  const device = deviceWords(line);
  const Icon = line.phone ? IconDeviceMobile : IconDeviceDesktop;
  const facts = [
    ...(line.address === null ? [] : [line.address]),
    t("security.sessionSeen", { date: momentWords(line.seenAt, reader) }),
    `${t("security.sessionSince", { date: formatDateShort(line.beganAt, reader) })} ${t("security.method", { method: line.method })}`,
  ];
  return (
    <Row
      icon={<Icon size={16} stroke={1.6} aria-hidden="true" />}
      title={
        <>
          {device}
          {line.own ? <Tag tone="accent">{t("security.sessionOwn")}</Tag> : null}
        </>
      }
      end={
        line.own ? undefined : (
          <Button
            loading={busy}
            aria-label={t("security.sessionEndOne", { device })}
            onClick={() =>
              start(() =>
                ask(() => endSessionAction({ id: line.id }), {
                  refused,
                  done: () => tell(t("security.sessionEnded")),
                }),
              )
            }
          >
            {t("security.sessionEnd")}
          </Button>
        )
      }
    >
      {facts.join(" · ")}
    </Row>
  );
}

/** Where one is signed in, this browser first. */
export function SessionList({
  sessions,
  reader,
}: {
  sessions: readonly SessionLine[];
  reader: ClockReader;
}) {
  const ask = useAsk();
  const [busy, start] = useTransition();
  return (
    <>
      {sessions.map((line) => (
        <SessionRow key={line.id} line={line} reader={reader} />
      ))}
      {sessions.length < 2 ? null : (
        <div className={classes.foot}>
          <Button
            loading={busy}
            onClick={() =>
              start(() =>
                ask(endOtherSessionsAction, {
                  refused,
                  done: (count) => tell(t("security.sessionsEnded", { count })),
                }),
              )
            }
          >
            {t("security.sessionEndOthers")}
          </Button>
        </div>
      )}
    </>
  );
}
