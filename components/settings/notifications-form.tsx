"use client";

import { Button, Checkbox } from "@mantine/core";
import { useActionState, useEffect, useRef, useState } from "react";
import { LeaveGuard } from "@/components/links/leave-guard";
import { AnswerLine } from "@/components/people/answer-line";
import { t } from "@/components/people/people-text";
import { chooseNotificationsAction } from "@/lib/people/actions/settings";
import type {
  NotificationChannel,
  NotificationSwitch,
} from "@/lib/people/core/notification-choices";
import {
  NOTIFICATION_CHOICES,
  NOTIFICATION_SWITCHES,
} from "@/lib/people/core/notification-choices";
import classes from "./settings.module.css";

const CHANNELS: readonly NotificationChannel[] = ["mail", "inbox"];

/** What happens, by how one is told of it. */
export function NotificationsForm({ on }: { on: readonly NotificationSwitch[] }) {
  const [answer, save, pending] = useActionState(chooseNotificationsAction, { status: "idle" });
  const [saved, setSaved] = useState(on);
  const [wanted, setWanted] = useState(on);
  // What was sent is what is saved, also when somebody went on meanwhile.
  const sent = useRef(on);
  useEffect(() => {
    if (answer.status === "done") setSaved(sent.current);
  }, [answer]);
  const changes = [...NOTIFICATION_SWITCHES.keys()].filter(
    (name) => wanted.includes(name) !== saved.includes(name),
  ).length;
  const flip = (name: NotificationSwitch, isOn: boolean) =>
    setWanted((now) => (isOn ? [...now, name] : now.filter((other) => other !== name)));
  return (
    <form
      action={save}
      className={classes.form}
      onSubmit={() => {
        sent.current = wanted;
      }}
    >
      <table className={classes.switches}>
        <thead>
          <tr>
            <th scope="col">{t("notifications.what")}</th>
            {CHANNELS.map((channel) => (
              <th key={channel} scope="col">
                {t(`notifications.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {NOTIFICATION_CHOICES.map(({ choice }) => (
            <tr key={choice}>
              <th scope="row">
                {t(`notifications.${choice}`)}
                <small>{t(`notifications.${choice}Help`)}</small>
              </th>
              {CHANNELS.map((channel) => {
                const name: NotificationSwitch = `${choice}:${channel}`;
                return (
                  <td key={channel}>
                    {NOTIFICATION_SWITCHES.has(name) ? (
                      <Checkbox
                        name="on"
                        value={name}
                        checked={wanted.includes(name)}
                        onChange={(event) => flip(name, event.currentTarget.checked)}
                        aria-label={t("notifications.switch", {
                          what: t(`notifications.${choice}`),
                          channel: t(`notifications.${channel}`),
                        })}
                      />
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.save}>
        <div className={classes.said}>
          <AnswerLine
            answer={changes > 0 && answer.status === "done" ? { status: "idle" } : answer}
          />
        </div>
        <p aria-live="polite">
          {changes === 0 ? t("profile.noChanges") : t("profile.changes", { count: changes })}
        </p>
        {changes === 0 ? null : (
          <Button variant="subtle" onClick={() => setWanted(saved)}>
            {t("profile.discard")}
          </Button>
        )}
        <Button type="submit" variant="filled" loading={pending}>
          {t("profile.save")}
        </Button>
      </div>
      <LeaveGuard unsaved={pending ? 0 : changes} />
    </form>
  );
}
