import { matureDays } from "../../core/cohort-days";
import type { SourceRow, SourcesBlock } from "../../core/executive";
import { t } from "../../core/executive-text";
import { addUp, byKey, figureOf, keysOf, NOTHING, shareOfAll, topAndRest } from "../../core/rows";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

const MOST_SOURCES = 8;
/** How long a lead has to become an opportunity. */
const WINDOW_DAYS = 30;

type Figures = Omit<SourceRow, "key" | "name">;

const together = (rows: readonly SourceRow[]): Figures => ({
  leads: addUp(rows.map(({ leads }) => leads)),
  became: shareOfAll(rows.map(({ became }) => became)),
  won: addUp(rows.map(({ won }) => won)),
  revenue: addUp(rows.map(({ revenue }) => revenue)),
});

/** What each source brought, and what came of it: leads and money of the range, the rate of leads old enough for one. */
export async function readSources(context: BlockContext): Promise<SourcesBlock> {
  const { db, reader, period } = context;
  const cohort = matureDays(period, reader.place.today, { days: WINDOW_DAYS, least: 30 });
  const [came, became] = await Promise.all([
    ask(context, ["leads_created", "won_count", "won_revenue"], { by: "source" }),
    ask(context, ["lead_opportunity_cohort"], { days: cohort, by: "source" }),
  ]);
  const leads = byKey(came.leads_created.groups);
  const rate = byKey(became.lead_opportunity_cohort.groups);
  const won = byKey(came.won_count.groups);
  const revenue = byKey(came.won_revenue.groups);
  const keys = keysOf(
    came.leads_created.groups,
    came.won_count.groups,
    became.lead_opportunity_cohort.groups,
  );
  const named = await namesOf(db, reader.place.workspaceId, "source", keys);
  const rows = keys
    .map(
      (key): SourceRow => ({
        ...named(key),
        leads: leads(key) ?? NOTHING,
        became: rate(key) ?? shareOfAll([]),
        won: won(key) ?? NOTHING,
        revenue: revenue(key) ?? NOTHING,
      }),
    )
    .sort(
      (a, b) => figureOf(b.revenue) - figureOf(a.revenue) || figureOf(b.leads) - figureOf(a.leads),
    );
  const { top, rest } = topAndRest(rows, MOST_SOURCES);
  return {
    rows: top,
    rest:
      rest.length === 0
        ? null
        : {
            count: rest.length,
            row: { key: null, name: t("rest.source", { count: rest.length }), ...together(rest) },
          },
    total: {
      leads: came.leads_created.total,
      became: became.lead_opportunity_cohort.total,
      won: came.won_count.total,
      revenue: came.won_revenue.total,
    },
    cohort,
  };
}
