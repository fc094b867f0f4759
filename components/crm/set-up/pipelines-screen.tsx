import { PageHead } from "@/components/ui/page-head";
import type { PipelineSetUp } from "@/lib/crm/core/set-up";
import { Archived } from "./archived";
import { NewPipeline, PipelinePart } from "./pipeline-part";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

/** Every pipeline with its stages, in their order. */
export function PipelinesScreen({ pipelines }: { pipelines: readonly PipelineSetUp[] }) {
  const here = pipelines.filter(({ archived }) => !archived);
  return (
    <div className={classes.screen}>
      <PageHead title={t("pipelines.title")} context={t("pipelines.context")} />
      {here.map((pipeline) => (
        <PipelinePart key={pipeline.id} pipeline={pipeline} />
      ))}
      <Archived what="pipeline" items={pipelines.filter(({ archived }) => archived)} />
      <NewPipeline pipelines={here.map(({ id, name }) => ({ id, name }))} key={pipelines.length} />
    </div>
  );
}
