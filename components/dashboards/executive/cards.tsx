import { BlockFailed } from "@/components/dashboards/block-states";
import { CardGrid, KpiCard } from "@/components/dashboards/kpi-card";
import type { Block } from "@/lib/dashboards/core/batch";
import type { CardsBlock, ExecutiveCard } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import type { View } from "./view";
import { hrefOf } from "./view";

// Its window is said below it.
const nameOf = ({ metric }: ExecutiveCard) =>
  metric === "lead_conversion_cohort_90" ? { name: t("conversion") } : {};

/** The eight figures on top. */
export function Cards({
  block,
  view,
  asOf,
  stale,
  onRetry,
}: {
  block: Block<CardsBlock> | undefined;
  view: View;
  asOf: string;
  stale: boolean;
  onRetry: () => void;
}) {
  if (block?.status === "failed") {
    return <BlockFailed cause={block.cause} reference={block.reference} onRetry={onRetry} />;
  }
  return (
    <CardGrid stale={stale}>
      {block?.data.cards.map((card) => (
        <KpiCard
          key={card.metric}
          card={card}
          href={hrefOf(view, card.metric, { days: card.days })}
          currency={view.currency}
          locale={view.told.locale}
          asOf={asOf}
          {...nameOf(card)}
        />
      ))}
    </CardGrid>
  );
}
