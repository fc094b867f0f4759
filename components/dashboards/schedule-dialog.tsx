"use client";

import { ActionIcon, Button, Modal } from "@mantine/core";
import { IconPencil, IconSend, IconTrash } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { payload } from "@/components/links/payload";
import { scheduleMailAction } from "@/lib/dashboards/actions/schedules";
import type { DashboardPageData } from "@/lib/dashboards/core/page";
import type { Schedule, ScheduleAct, ScheduleFields } from "@/lib/dashboards/core/schedule";
import { momentWords } from "./dashboard-head";
import { clockText, ScheduleForm } from "./schedule-form";
import classes from "./shell.module.css";
import { t } from "./shell-text";
import { tell } from "./use-view-acts";

type Edited = { readonly schedule?: Schedule };

/** "Every week on Monday at 08:00, Asia/Singapore". */
function whenWords({ cadence, weekday, monthDay, minute, zone }: Schedule): string {
  const days = ["0", "1", "2", "3", "4", "5", "6"] as const;
  const day = days[weekday ?? -1];
  return [
    t(`schedule.${cadence}`),
    day === undefined ? "" : `${t("schedule.weekday")} ${t(`schedule.day.${day}`)}`,
    monthDay === null ? "" : `${t("schedule.monthDay")} ${monthDay}`,
    `${t("schedule.time")} ${clockText(minute)} ${zone}`,
  ]
    .filter(Boolean)
    .join(" ");
}

function Line({
  page,
  schedule,
  onEdit,
  onAct,
}: {
  page: DashboardPageData;
  schedule: Schedule;
  onEdit: () => void;
  onAct: (act: "test" | "delete") => void;
}) {
  const { name, format, recipients } = schedule;
  const stopped = recipients.filter((one) => one.stopped).map((one) => one.name);
  const icon = { size: 14, stroke: 1.6, "aria-hidden": true } as const;
  return (
    <li className={classes.layoutRow}>
      <span>
        {name}
        <br />
        <span className={classes.quiet}>
          {t("schedule.line", {
            when: whenWords(schedule),
            format: format.toUpperCase(),
            count: recipients.length,
          })}
          , {t("schedule.next", { time: momentWords(schedule.nextAt, page) })}
          {stopped.length === 0
            ? null
            : `, ${t("schedule.stopped", { names: stopped.join(", ") })}`}
        </span>
      </span>
      <ActionIcon
        variant="subtle"
        aria-label={t("schedule.test", { name })}
        title={t("schedule.test", { name })}
        onClick={() => onAct("test")}
      >
        <IconSend {...icon} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        aria-label={t("schedule.edit", { name })}
        title={t("schedule.edit", { name })}
        onClick={onEdit}
      >
        <IconPencil {...icon} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="danger"
        aria-label={t("schedule.delete", { name })}
        title={t("schedule.delete", { name })}
        onClick={() => onAct("delete")}
      >
        <IconTrash {...icon} />
      </ActionIcon>
    </li>
  );
}

async function send(act: ScheduleAct): Promise<string | undefined> {
  try {
    const answer = await scheduleMailAction(payload(act));
    return answer.status === "done" ? undefined : answer.message;
  } catch {
    return t("views.failed");
  }
}

/** The mails that carry this dashboard: who manages sales makes, changes, tries and deletes them here. */
export function ScheduleDialog({
  page,
  query,
  onClose,
}: {
  page: DashboardPageData;
  query: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const [edited, setEdited] = useState<Edited>();
  const schedules = page.mailing?.schedules ?? [];
  const save = async (fields: ScheduleFields) => {
    const before = edited?.schedule;
    const wrong = await send(
      before === undefined
        ? { act: "make", schedule: fields }
        : { act: "change", id: before.id, version: before.version, schedule: fields },
    );
    if (wrong !== undefined) return wrong;
    tell(t("schedule.saved", { name: fields.name }));
    setEdited(undefined);
    router.refresh();
    return undefined;
  };
  const act = async (what: "test" | "delete", { id, name }: Schedule) => {
    const wrong = await send({ act: what, id });
    if (wrong !== undefined) return tell(wrong, true);
    tell(what === "test" ? t("schedule.tested") : t("schedule.deleted", { name }));
    if (what === "delete") router.refresh();
  };
  return (
    <Modal opened onClose={onClose} title={t("schedule.title")} size="lg">
      {edited === undefined ? (
        <>
          <p className={classes.quiet}>{t("schedule.intro")}</p>
          {schedules.length === 0 ? <p>{t("schedule.none")}</p> : null}
          <ul className={classes.plainList}>
            {schedules.map((schedule) => (
              <Line
                key={schedule.id}
                page={page}
                schedule={schedule}
                onEdit={() => setEdited({ schedule })}
                onAct={(what) => act(what, schedule)}
              />
            ))}
          </ul>
          <Button mt="sm" onClick={() => setEdited({})}>
            {t("schedule.new")}
          </Button>
        </>
      ) : (
        <ScheduleForm
          page={page}
          query={query}
          {...(edited.schedule === undefined ? {} : { schedule: edited.schedule })}
          onSave={save}
          onCancel={() => setEdited(undefined)}
        />
      )}
    </Modal>
  );
}
