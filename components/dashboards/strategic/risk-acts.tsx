"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCheck, IconMoon, IconSquareCheck } from "@tabler/icons-react";
import { useState } from "react";
import { payload } from "@/components/links/payload";
import {
  planRiskTaskAction,
  undoRiskTaskAction,
  wakeRiskAction,
} from "@/lib/dashboards/actions/risk";
import type { RiskRow } from "@/lib/dashboards/core/risk";
import type { RiskAnswer } from "@/lib/dashboards/core/risk-input";
import { dayWords } from "@/lib/dashboards/core/span-words";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { SnoozeDialog } from "./snooze-dialog";
import classes from "./strategic.module.css";
import type { Around } from "./view";

type Task = Extract<RiskAnswer, { readonly status: "task" }>;

/** Says what could not be done; undefined when it was done. */
export function tellRefusal(answer: RiskAnswer): string | undefined {
  if (answer.status !== "refused" && answer.status !== "invalid") return undefined;
  notifications.show({ role: "status", color: "danger", message: answer.message });
  return answer.message;
}

const tellBroken = () =>
  notifications.show({ role: "status", color: "danger", message: t("risk.broken") });

/** Runs one act at a time; a broken line is said, and the act can be tried again. */
function useAct() {
  const [busy, setBusy] = useState(false);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch {
      tellBroken();
    }
    setBusy(false);
  };
  return { busy, act };
}

function Rests({ row, around, name }: { row: RiskRow; around: Around; name: string }) {
  const { busy, act } = useAct();
  const { rests } = row;
  if (rests === null) return null;
  const wake = () =>
    act(async () => {
      if (tellRefusal(await wakeRiskAction(payload({ id: rests.id }))) === undefined)
        around.onRetry();
    });
  const until = dayWords(rests.until, around.view.told);
  return (
    <>
      <span className={classes.rests} title={rests.reason}>
        <IconMoon size={14} aria-hidden />
        {t("risk.until", { day: until })}
        <span className="sr-only">
          {rests.by === null
            ? rests.reason
            : t("risk.by", { name: rests.by, reason: rests.reason })}
        </span>
      </span>
      <Button
        variant="subtle"
        size="compact-sm"
        loading={busy}
        onClick={wake}
        aria-label={t("risk.wakeOf", { name })}
      >
        {t("risk.wake")}
      </Button>
    </>
  );
}

function Planned({
  task,
  around,
  name,
  onGone,
}: {
  task: Task;
  around: Around;
  name: string;
  onGone: () => void;
}) {
  const { busy, act } = useAct();
  const undo = () =>
    act(async () => {
      const { id, version } = task;
      if (tellRefusal(await undoRiskTaskAction(payload({ id, version }))) !== undefined) return;
      onGone();
      around.onRetry();
    });
  const [first = task.owner] = task.owner.split(" ");
  return (
    <>
      <output className={classes.planned}>
        <IconCheck size={14} aria-hidden />
        {t("risk.planned", {
          name: first,
          day: dayWords(task.due as CalendarDate, around.view.told),
        })}
      </output>
      <Button
        variant="subtle"
        size="compact-sm"
        loading={busy}
        onClick={undo}
        aria-label={t("risk.undoOf", { name })}
      >
        {t("risk.undo")}
      </Button>
    </>
  );
}

/** What can be done about a risk in one click: a task for the owner of its largest deal, or a rest with its reason. */
export function RiskActs({ row, around }: { row: RiskRow; around: Around }) {
  const [task, setTask] = useState<Task>();
  const [snoozing, setSnoozing] = useState(false);
  const { busy, act } = useAct();
  const name = t(`risk.name.${row.risk}`, { times: 3 });
  const { largest } = row;
  if (task !== undefined)
    return <Planned task={task} around={around} name={name} onGone={() => setTask(undefined)} />;
  if (row.rests !== null) return <Rests row={row} around={around} name={name} />;
  const plan = () =>
    act(async () => {
      if (largest === null) return;
      const { filter } = around.state;
      const answer = await planRiskTaskAction(
        payload({ risk: row.risk, leadId: largest.id, filter }),
      );
      if (answer.status === "task") {
        setTask(answer);
        around.onRetry();
      } else tellRefusal(answer);
    });
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconSquareCheck size={14} aria-hidden />}
        loading={busy}
        disabled={largest === null}
        onClick={plan}
        aria-label={t("risk.taskOf", { name })}
      >
        {t("risk.taskButton")}
      </Button>
      <Button
        variant="transparent"
        className={classes.plain}
        size="compact-sm"
        leftSection={<IconMoon size={14} aria-hidden />}
        onClick={() => setSnoozing(true)}
        aria-label={t("risk.snoozeOf", { name })}
      >
        {t("risk.snooze")}
      </Button>
      {snoozing ? (
        <SnoozeDialog
          risk={row.risk}
          name={name}
          around={around}
          onClose={() => setSnoozing(false)}
        />
      ) : null}
    </>
  );
}
