"use client";

import { Button } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useRef } from "react";
import type { DealView } from "@/lib/crm/core/deal-view";
import { daysInStage } from "@/lib/crm/core/deal-view";
import { t } from "./deal-text";
import classes from "./stage-bar.module.css";
import type { DealActs } from "./use-deal-acts";

/** How far it is: a segment for each open stage, chosen with a click or by arrows and Enter; and the step that comes next. */
export function StageBar({
  view,
  acts,
  onAsk,
}: {
  view: DealView;
  acts: DealActs;
  /** A step that asks something first. */
  onAsk: (what: "convert" | "lose") => void;
}) {
  const segments = useRef<HTMLFieldSetElement>(null);
  const { lead, stages, permitted, now } = view;
  const mayChange = permitted.includes("lead.change") && lead.deletedAt === null;
  if (lead.kind === "lead")
    return lead.status === "open" && mayChange ? (
      <div className={classes.row}>
        <span className={classes.now}>
          <b>{t("deal.lead")}</b>
        </span>
        <Button size="xs" onClick={() => onAsk("convert")}>
          {t("stage.convert")}
        </Button>
      </div>
    ) : null;
  const open = stages.filter(({ type }) => type === "open");
  const at = open.findIndex(({ id }) => id === lead.stageId);
  const current = stages.find(({ id }) => id === lead.stageId);
  const next = open[at + 1];
  const days = daysInStage(lead, now);
  const isOpen = lead.status === "open";
  const move = (stageId: string) => void acts.press({ kind: "move", stageId });
  const onKeyDown = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const buttons = [...(segments.current?.querySelectorAll("button") ?? [])];
    const focused = buttons.findIndex((button) => button.matches(":focus"));
    buttons[focused + (event.key === "ArrowRight" ? 1 : -1)]?.focus();
    event.preventDefault();
  };
  return (
    <div className={classes.bar}>
      <fieldset
        ref={segments}
        className={classes.segments}
        aria-label={t("stage.label")}
        onKeyDown={onKeyDown}
        data-status={lead.status}
      >
        {open.map((stage, index) => {
          const isCurrent = stage.id === lead.stageId;
          const label = isCurrent
            ? t("stage.current", { stage: stage.name })
            : t("stage.choose", { stage: stage.name, percent: stage.probability });
          return (
            <button
              key={stage.id}
              type="button"
              data-state={segmentState(index, at)}
              aria-current={isCurrent ? "step" : undefined}
              aria-label={label}
              title={stage.name}
              disabled={!isOpen || !mayChange || acts.busy}
              onClick={() => (isCurrent ? undefined : move(stage.id))}
            />
          );
        })}
      </fieldset>
      <div className={classes.row}>
        <span className={classes.now}>
          <b>{current?.name}</b>{" "}
          {current?.rotDays === null || current === undefined || !isOpen
            ? t("stage.daysAlone", { days })
            : t("stage.days", { days, rot: current.rotDays })}
        </span>
        {isOpen && mayChange ? (
          <span className={classes.acts}>
            {next === undefined ? (
              <Button
                size="xs"
                loading={acts.busy}
                onClick={() => void acts.press({ kind: "win" })}
              >
                {t("stage.win")}
              </Button>
            ) : (
              <Button size="xs" loading={acts.busy} onClick={() => move(next.id)}>
                {t("stage.moveTo", { stage: next.name })}
              </Button>
            )}
          </span>
        ) : null}
      </div>
      {isOpen && current?.exitCriteria ? (
        <p className={classes.criteria}>
          {t("stage.criteria", { criteria: current.exitCriteria })}
        </p>
      ) : null}
    </div>
  );
}

function segmentState(index: number, at: number): "past" | "now" | "ahead" {
  if (index === at) return "now";
  return index < at ? "past" : "ahead";
}
