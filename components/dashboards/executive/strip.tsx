import { ChangeText } from "@/components/dashboards/change";
import { FootStats } from "@/components/dashboards/foot-stats";
import type { Block } from "@/lib/dashboards/core/batch";
import type { FooterBlock } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { changeOf, figureText } from "@/lib/dashboards/core/figure-text";
import { BlockFailed, BlockWaiting } from "../block-states";
import classes from "./executive.module.css";
import type { ExecutiveBatch, View } from "./view";
import { hrefOf, inTable } from "./view";

function NewCustomers({ footer, view }: { footer: FooterBlock; view: View }) {
  const { now, before } = footer.newCustomers;
  const change = changeOf(now, before, {
    unit: "count",
    better: "higher",
    currency: view.currency,
    locale: view.told.locale,
  });
  if (change === null || footer.beforeWords === null) return null;
  return (
    <>
      <ChangeText change={change} /> {t("footer.versus", { words: footer.beforeWords })}
    </>
  );
}

function statsOf(footer: FooterBlock, view: View) {
  const { overdue, winRate, pipeline, newCustomers } = footer;
  const look = { currency: view.currency, locale: view.told.locale };
  return [
    {
      name: t("footer.newCustomers"),
      value: inTable(view, newCustomers.now, "count"),
      note: <NewCustomers footer={footer} view={view} />,
      href: hrefOf(view, "new_customers"),
    },
    {
      name: t("footer.overdue"),
      value: inTable(view, overdue.count, "count"),
      note: t("footer.overdueNote", { value: inTable(view, overdue.value, "money") }),
      href: hrefOf(view, "overdue_count"),
    },
    {
      name: t("footer.winRate"),
      value: figureText(winRate, "ratio", look),
      note: t("footer.winRateNote", {
        part: inTable(view, winRate.hits ?? 0, "count"),
        whole: inTable(view, winRate.n, "count"),
      }),
      href: hrefOf(view, "closed_win_rate"),
    },
    {
      name: t("footer.pipeline"),
      value: inTable(view, pipeline, "money"),
      full: figureText(pipeline, "money", look),
      note: t("footer.pipelineNote", { count: pipeline.n }),
      href: hrefOf(view, "open_pipeline_value"),
    },
  ];
}

/** The last four figures, and what stands behind all of them. */
export function Strip({
  block,
  batch,
  view,
  onRetry,
}: {
  block: Block<FooterBlock> | undefined;
  batch: ExecutiveBatch | undefined;
  view: View;
  onRetry: () => void;
}) {
  const footer = block?.status === "ready" ? block.data : undefined;
  return (
    <>
      {block === undefined ? (
        <div className={classes.stripWaiting}>
          <BlockWaiting title={t("footer.title")} height={70} />
        </div>
      ) : null}
      {block?.status === "failed" ? (
        <BlockFailed cause={block.cause} reference={block.reference} onRetry={onRetry} />
      ) : null}
      {footer === undefined ? null : (
        <FootStats label={t("footer.title")} stats={statsOf(footer, view)} />
      )}
      <div className={classes.colophon}>
        <span>
          {footer === undefined
            ? null
            : t("footer.colophon", { rates: footer.withoutRate, amounts: footer.withoutAmount })}
        </span>
        <span>
          {batch === undefined
            ? null
            : t("footer.version", {
                version: inTable(view, Number(batch.version), "count"),
                ms: batch.computedMs,
              })}
        </span>
      </div>
    </>
  );
}
