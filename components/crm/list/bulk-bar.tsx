"use client";

import { Button, NativeSelect, Progress as ProgressBar } from "@mantine/core";
import { useState } from "react";
import type { BulkInput } from "@/lib/crm/core/bulk";
import type { LeadsPage } from "@/lib/crm/core/lead-list";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { BulkPopover } from "./bulk-popover";
import classes from "./leads.module.css";
import { t } from "./list-text";
import { TagPart } from "./tag-part";
import type { Progress } from "./use-bulk";

type ActKey = "assign" | "move" | "lose" | "junk" | "park" | "delete";
type Work = Pick<BulkInput, "act" | "label">;
type Choices = Pick<LeadsPage, "choices" | "stages" | "manages" | "today">;

type Asked = {
  /** Above the choice. */
  readonly label: string;
  /** Absent: a day is typed. */
  readonly options?: readonly { readonly id: string; readonly name: string }[];
  readonly work: (value: string, name: string) => Work | undefined;
};

function askedFor(key: Exclude<ActKey, "delete">, { choices, stages }: Choices): Asked {
  switch (key) {
    case "assign":
      return {
        label: t("bulk.to"),
        options: choices.people,
        work: (ownerId, name) => {
          const teamId = choices.people.find(({ id }) => id === ownerId)?.teamId;
          return {
            act: { kind: "assign", ownerId, ...(teamId == null ? {} : { teamId }) },
            label: t("bulk.assigned", { name }),
          };
        },
      };
    case "move":
      return {
        label: t("bulk.stage"),
        options: stages.filter(({ type }) => type !== "lost"),
        work: (stageId, name) => ({
          act: { kind: "move", stageId },
          label: t("bulk.moved", { name }),
        }),
      };
    case "lose":
      return {
        label: t("bulk.reason"),
        options: choices.lostReasons,
        work: (reasonId) => ({ act: { kind: "lose", reasonId }, label: t("bulk.lost") }),
      };
    case "junk":
      return {
        label: t("bulk.reason"),
        options: choices.junkReasons,
        work: (reasonId) => ({ act: { kind: "junk", reasonId }, label: t("bulk.junked") }),
      };
    case "park":
      return {
        label: t("bulk.until"),
        work: (value) => {
          const until = parseCalendarDate(value);
          return until && { act: { kind: "park", until }, label: t("bulk.parked") };
        },
      };
  }
}

function ActPart({
  act,
  count,
  choices,
  onWork,
}: {
  act: Exclude<ActKey, "delete">;
  count: number;
  choices: Choices;
  onWork: (work: Work) => void;
}) {
  const asked = askedFor(act, choices);
  const [value, setValue] = useState(asked.options?.[0]?.id ?? "");
  const work = asked.work(value, asked.options?.find(({ id }) => id === value)?.name ?? "");
  return (
    <BulkPopover
      label={t(`bulk.${act}`)}
      count={count}
      onSubmit={() => {
        if (work !== undefined) onWork(work);
        return work !== undefined;
      }}
    >
      {asked.options === undefined ? (
        <label>
          {asked.label}
          <input
            type="date"
            required
            min={choices.today}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        </label>
      ) : (
        <NativeSelect
          label={asked.label}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          data={asked.options.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </BulkPopover>
  );
}

const ACTS = ["assign", "move", "lose", "junk", "park"] as const;

/** What can be done to all that is selected; while it is done, how far it is. */
export function BulkBar({
  count,
  choices,
  progress,
  all,
  onWork,
  onAll,
  onClear,
}: {
  count: number;
  choices: Choices;
  progress: Progress | undefined;
  /** Words about having selected all that match, when that was asked for. */
  all: string | undefined;
  onWork: (work: Work) => void;
  onAll: () => void;
  onClear: () => void;
}) {
  if (progress !== undefined)
    return (
      <section className={classes.bulk} aria-label={t("bulk.label")}>
        <p role="status">{t("bulk.working", progress)}</p>
        <ProgressBar
          value={(100 * progress.done) / Math.max(1, progress.count)}
          className={classes.bar ?? ""}
          aria-label={t("bulk.label")}
        />
      </section>
    );
  return (
    <section className={classes.bulk} aria-label={t("bulk.label")}>
      <p role="status">{all ?? t("bulk.selected", { count })}</p>
      {all === undefined ? (
        <button type="button" className={classes.plain} onClick={onAll}>
          {t("bulk.all")}
        </button>
      ) : null}
      {ACTS.filter((act) => act !== "assign" || choices.manages).map((act) => (
        <ActPart key={act} act={act} count={count} choices={choices} onWork={onWork} />
      ))}
      <TagPart count={count} onWork={onWork} />
      {choices.manages ? (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onWork({ act: { kind: "delete" }, label: t("bulk.deleted") })}
        >
          {t("bulk.delete")}
        </Button>
      ) : null}
      <button type="button" className={classes.plain} onClick={onClear}>
        {t("bulk.clear")}
      </button>
    </section>
  );
}
