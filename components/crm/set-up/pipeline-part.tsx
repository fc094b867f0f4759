"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { Tag } from "@/components/ui/tag";
import { archiveAction, makeDefaultAction, savePipelineAction } from "@/lib/crm/actions/set-up";
import type { PipelineSetUp } from "@/lib/crm/core/set-up";
import { Archived } from "./archived";
import classes from "./set-up.module.css";
import { Act, SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";
import { Sortable } from "./sortable";
import { NewStage, StageLine } from "./stage-line";

function Head({ pipeline }: { pipeline: PipelineSetUp }) {
  const [renaming, setRenaming] = useState(false);
  const { id, name, version, isDefault, openDeals } = pipeline;
  if (renaming)
    return (
      <SetUpForm
        action={savePipelineAction}
        hidden={{ id, version }}
        label={t("pipelines.rename", { name })}
        submit={t("save")}
        onDone={() => setRenaming(false)}
        onCancel={() => setRenaming(false)}
      >
        {(problems) => (
          <TextInput
            name="name"
            label={t("pipelines.name")}
            defaultValue={name}
            maxLength={80}
            error={problems.name}
            data-autofocus
          />
        )}
      </SetUpForm>
    );
  return (
    <div className={classes.head}>
      <h2>{name}</h2>
      {isDefault ? <Tag tone="accent">{t("pipelines.isDefault")}</Tag> : null}
      <span className={classes.fact}>{t("pipelines.open", { count: openDeals })}</span>
      <span className={classes.tools}>
        <Button size="xs" variant="subtle" onClick={() => setRenaming(true)}>
          {t("pipelines.renameThis")}
        </Button>
        {isDefault ? null : (
          <>
            <Act
              action={makeDefaultAction}
              fields={{ id }}
              label={t("pipelines.makeDefault")}
              tone="subtle"
            />
            <Act
              action={archiveAction}
              fields={{ what: "pipeline", id, archived: "yes" }}
              label={t("archive")}
              tone="subtle"
            />
          </>
        )}
      </span>
    </div>
  );
}

/** One pipeline: its name and the stages deals go through. */
export function PipelinePart({ pipeline }: { pipeline: PipelineSetUp }) {
  const { id, name, stages, archivedStages } = pipeline;
  const open = stages.filter(({ type }) => type === "open");
  return (
    <section className={classes.part} aria-label={name}>
      <Head pipeline={pipeline} />
      <Sortable what="stage" items={open} label={t("stages.list", { name })}>
        {(stage) => <StageLine stage={stage} others={open.filter((one) => one.id !== stage.id)} />}
      </Sortable>
      <ul className={classes.lines} aria-label={t("stages.closing", { name })}>
        {stages
          .filter(({ type }) => type !== "open")
          .map((stage) => (
            <li key={stage.id} className={classes.line}>
              <div className={classes.content}>
                <StageLine stage={stage} others={[]} />
              </div>
            </li>
          ))}
      </ul>
      <NewStage pipelineId={id} key={stages.length} />
      <Archived what="stage" items={archivedStages} />
    </section>
  );
}

/** A pipeline that is about to be made, with the stages of one there is. */
export function NewPipeline({
  pipelines,
}: {
  pipelines: readonly { readonly id: string; readonly name: string }[];
}) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t("pipelines.new")}</Button>
      </div>
    );
  return (
    <section className={classes.part} aria-label={t("pipelines.new")}>
      <SetUpForm
        action={savePipelineAction}
        label={t("pipelines.new")}
        submit={t("pipelines.make")}
        onCancel={() => setOpen(false)}
      >
        {(problems) => (
          <div className={classes.two}>
            <TextInput
              name="name"
              label={t("pipelines.name")}
              maxLength={80}
              error={problems.name}
              data-autofocus
            />
            <Select
              name="copyOf"
              label={t("pipelines.copyOf")}
              data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={pipelines[0]?.id ?? null}
              allowDeselect={false}
              error={problems.copyOf}
            />
          </div>
        )}
      </SetUpForm>
    </section>
  );
}
