"use client";

import { Switch } from "@mantine/core";
import { useState } from "react";
import { payload } from "@/components/links/payload";
import { stopMailAction } from "@/lib/dashboards/actions/schedules";
import type { ReceivedSchedule } from "@/lib/dashboards/core/schedule";
import { t } from "./shell-text";
import { tell } from "./use-view-acts";

function Line({ mail }: { mail: ReceivedSchedule }) {
  const [comes, setComes] = useState(!mail.stopped);
  const turn = async (on: boolean) => {
    setComes(on);
    try {
      const answer = await stopMailAction(payload({ id: mail.id, stopped: !on }));
      if (answer.status === "done") return;
      tell(answer.message, true);
    } catch {
      tell(t("views.failed"), true);
    }
    setComes(!on);
  };
  return (
    <Switch
      checked={comes}
      onChange={(event) => turn(event.currentTarget.checked)}
      label={mail.name}
      description={`${t(`title.${mail.dashboard}`)}, ${t(`schedule.${mail.cadence}`)}`}
      mt="xs"
    />
  );
}

/** The scheduled mails somebody gets, each to be stopped for themselves alone. Nothing where there are none. */
export function ReceivedMails({ mails }: { mails: readonly ReceivedSchedule[] }) {
  if (mails.length === 0) return null;
  return (
    <section id="dashboard-mails" aria-labelledby="dashboard-mails-title">
      <h2 id="dashboard-mails-title">{t("schedule.received")}</h2>
      {mails.map((mail) => (
        <Line key={mail.id} mail={mail} />
      ))}
    </section>
  );
}
