"use client";

import { ActionIcon, Button, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { IconArchive } from "@tabler/icons-react";
import { useState } from "react";
import { Tag } from "@/components/ui/tag";
import { archiveStageAction, saveStageAction } from "@/lib/crm/actions/set-up";
import type { ForecastCategory } from "@/lib/crm/core/lead";
import type { StageSetUp } from "@/lib/crm/core/set-up";
import classes from "./set-up.module.css";
import { Act, SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";

const CATEGORIES = [
  "pipeline",
  "best_case",
  "commit",
  "omitted",
] as const satisfies readonly ForecastCategory[];

const categories = CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) }));

function StageFields({
  stage,
  problems,
}: {
  stage: StageSetUp | undefined;
  problems: Readonly<Record<string, string>>;
}) {
  const closing = stage !== undefined && stage.type !== "open";
  return (
    <>
      <div className={classes.two}>
        <TextInput
          name="name"
          label={t("stages.name")}
          defaultValue={stage?.name ?? ""}
          maxLength={80}
          error={problems.name}
          data-autofocus
        />
        {closing ? null : (
          <>
            <NumberInput
              name="probability"
              label={t("stages.probability")}
              description={t("stages.probabilityHelp")}
              defaultValue={stage?.probability ?? 10}
              min={0}
              max={100}
              suffix=" %"
              error={problems.probability}
            />
            <Select
              name="category"
              label={t("stages.category")}
              description={t("stages.categoryHelp")}
              data={categories}
              defaultValue={stage?.category ?? "pipeline"}
              allowDeselect={false}
              error={problems.category}
            />
            <NumberInput
              name="rotDays"
              label={t("stages.rotDays")}
              description={t("stages.rotHelp")}
              defaultValue={stage?.rotDays ?? ""}
              min={1}
              max={1000}
              error={problems.rotDays}
            />
          </>
        )}
      </div>
      <Textarea
        name="exitCriteria"
        label={t("stages.exit")}
        description={t("stages.exitHelp")}
        defaultValue={stage?.exitCriteria ?? ""}
        maxLength={2000}
        autosize
        minRows={2}
        error={problems.exitCriteria}
      />
    </>
  );
}

/** Where a stage's open deals go before it is put away. */
function PutAway({
  stage,
  others,
  onEnd,
}: {
  stage: StageSetUp;
  others: readonly StageSetUp[];
  onEnd: () => void;
}) {
  return (
    <SetUpForm
      action={archiveStageAction}
      hidden={{ id: stage.id }}
      label={t("stages.archiveNamed", { name: stage.name })}
      submit={t("stages.moveAndArchive", { count: stage.openDeals })}
      onDone={onEnd}
      onCancel={onEnd}
    >
      {(problems) => (
        <Select
          name="moveTo"
          label={t("stages.moveTo", { count: stage.openDeals })}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={others[0]?.id ?? null}
          allowDeselect={false}
          error={problems.moveTo}
        />
      )}
    </SetUpForm>
  );
}

function Facts({ stage }: { stage: StageSetUp }) {
  const { type, probability, category, rotDays, openDeals, exitCriteria } = stage;
  return (
    <span className={classes.tags}>
      {type === "open" ? (
        <>
          <Tag>{t("stages.percent", { percent: String(probability) })}</Tag>
          <Tag>{t(`categories.${category}`)}</Tag>
          {rotDays === null ? null : <Tag>{t("stages.rots", { days: rotDays })}</Tag>}
          <span className={classes.fact}>{t("pipelines.open", { count: openDeals })}</span>
        </>
      ) : (
        <Tag tone={type === "won" ? "ok" : "neutral"}>{t(`stages.type.${type}`)}</Tag>
      )}
      {exitCriteria === null ? null : <span className={classes.words}>{exitCriteria}</span>}
    </span>
  );
}

/** An empty stage is put away at a press; where deals stand, it asks where they go. */
function Away({ stage, onAsk }: { stage: StageSetUp; onAsk: () => void }) {
  const { id, name, openDeals } = stage;
  const label = t("stages.archiveNamed", { name });
  return openDeals > 0 ? (
    <ActionIcon aria-label={label} title={label} onClick={onAsk}>
      <IconArchive size={16} stroke={1.6} aria-hidden="true" />
    </ActionIcon>
  ) : (
    <Act
      action={archiveStageAction}
      fields={{ id }}
      label={label}
      icon={<IconArchive size={16} stroke={1.6} aria-hidden="true" />}
    />
  );
}

/** A stage: what it says, and the forms to change it or to put it away. */
export function StageLine({ stage, others }: { stage: StageSetUp; others: readonly StageSetUp[] }) {
  const [open, setOpen] = useState<"change" | "archive">();
  const [said, setSaid] = useState("");
  const { id, name, version, pipelineId, type } = stage;
  const end = () => setOpen(undefined);
  if (open === "archive") return <PutAway stage={stage} others={others} onEnd={end} />;
  if (open === "change")
    return (
      <SetUpForm
        action={saveStageAction}
        hidden={{ id, version, pipelineId }}
        label={t("stages.changeNamed", { name })}
        submit={t("save")}
        onDone={({ message }) => {
          setSaid(message);
          end();
        }}
        onCancel={end}
      >
        {(problems) => <StageFields stage={stage} problems={problems} />}
      </SetUpForm>
    );
  return (
    <div className={classes.stage}>
      <b>{name}</b>
      <Facts stage={stage} />
      <span className={classes.tools}>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t("stages.changeNamed", { name })}
          onClick={() => setOpen("change")}
        >
          {t("change")}
        </Button>
        {type === "open" && others.length > 0 ? (
          <Away stage={stage} onAsk={() => setOpen("archive")} />
        ) : null}
      </span>
      <p className={classes.note} role="status">
        {said}
      </p>
    </div>
  );
}

/** A stage that is about to be made, at the end of the open ones. */
export function NewStage({ pipelineId }: { pipelineId: string }) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div>
        <Button size="xs" onClick={() => setOpen(true)}>
          {t("stages.add")}
        </Button>
      </div>
    );
  return (
    <SetUpForm
      action={saveStageAction}
      hidden={{ pipelineId }}
      label={t("stages.add")}
      submit={t("stages.make")}
      onCancel={() => setOpen(false)}
    >
      {(problems) => <StageFields stage={undefined} problems={problems} />}
    </SetUpForm>
  );
}
