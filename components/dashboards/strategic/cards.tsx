import { BlockFailed } from "@/components/dashboards/block-states";
import { hrefOf } from "@/components/dashboards/executive/view";
import { CardGrid, KpiCard } from "@/components/dashboards/kpi-card";
import type { Block } from "@/lib/dashboards/core/batch";
import type { StrategicCard, StrategicCards } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import classes from "./strategic.module.css";
import type { Around } from "./view";

/** Coverage asks the whole range, its days to come included; growth compares with a year before by itself. */
function lookOf({ card }: StrategicCard) {
  if (card === "coverage") return { look: { suffix: "×", digits: 2 } };
  return card === "growth" ? { look: { signed: true } } : {};
}

function verdictOf({ verdict, shown, beforeWords, now }: StrategicCard) {
  if (verdict !== null)
    return {
      verdict: <span className={verdict.bad ? classes.bad : undefined}>{verdict.words}</span>,
    };
  if (shown === null || shown.cell.value === null || now.value === null) return {};
  // Growth says against what; a share needs no comparison.
  return { verdict: beforeWords === null ? "" : t("cards.versus", { words: beforeWords }) };
}

/** The figures on top. */
export function Cards({
  block,
  around,
  asOf,
}: {
  block: Block<StrategicCards> | undefined;
  around: Around;
  asOf: string;
}) {
  const { view, stale, onRetry } = around;
  if (block?.status === "failed")
    return <BlockFailed cause={block.cause} reference={block.reference} onRetry={onRetry} />;
  const older = block?.asOf;
  return (
    <>
      <CardGrid stale={stale} notes="below">
        {block?.data.cards.map((card) => (
          <KpiCard
            key={card.card}
            card={card}
            name={t(`cards.name.${card.card}`)}
            href={hrefOf(view, card.metric, card.card === "coverage" ? { days: view.whole } : {})}
            currency={view.currency}
            locale={view.told.locale}
            asOf={older ?? asOf}
            {...(card.shown === null ? {} : { shown: card.shown })}
            {...lookOf(card)}
            {...verdictOf(card)}
          />
        ))}
      </CardGrid>
      {older === undefined ? null : (
        <p className={classes.older}>{t("cards.older", { time: older })}</p>
      )}
    </>
  );
}
