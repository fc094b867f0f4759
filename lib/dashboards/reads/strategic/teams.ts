import { askMetrics } from "@/lib/metrics/reads/ask";
import { byKey, figureOf, keysOf, NOTHING } from "../../core/rows";
import type { TeamLine, TeamOverview } from "../../core/strategic";
import { t } from "../../core/strategic-text";
import { workingDayOf } from "../../core/working-day";
import { ask, twelveMonths } from "../executive/ask";
import type { BlockContext } from "../run-blocks";
import { listTeams } from "./thresholds";

/** Teams with a line of their own; more are rare, and each asks for its twelve months. */
const MOST_TEAMS = 40;

const NO_RATE = { value: null, reason: "nothing-counted", n: 0, hits: 0 } as const;

/** How each team does: won by the team at the closing, open by the team now, against the target of the whole range. */
export async function readTeams(context: BlockContext): Promise<TeamOverview> {
  const { db, reader, state, whole } = context;
  const months = twelveMonths(context);
  const [now, wonWhole, all] = await Promise.all([
    ask(context, ["open_opportunities", "open_pipeline_value", "won_revenue", "closed_win_rate"], {
      by: "team",
    }),
    ask(context, ["target_attainment", "target_gap", "won_revenue"], { by: "team", days: whole }),
    listTeams(db, reader.place.workspaceId),
  ]);
  const asked = state.filter.team;
  const teams = all.filter(({ id }) => asked.length === 0 || asked.includes(id));
  const cells = {
    open: byKey(now.open_opportunities.groups),
    openValue: byKey(now.open_pipeline_value.groups),
    won: byKey(now.won_revenue.groups),
    winRate: byKey(now.closed_win_rate.groups),
    attained: byKey(wonWhole.target_attainment.groups),
    gap: byKey(wonWhole.target_gap.groups),
    wonWhole: byKey(wonWhole.won_revenue.groups),
  };
  const lineOf = async (key: string | null, name: string, people: number): Promise<TeamLine> => {
    const spark = await askMetrics(db, reader, ["won_revenue"], {
      days: months,
      by: "month",
      filter: { ...state.filter, team: [key ?? "none"] },
    });
    const won = cells.won(key) ?? NOTHING;
    const gap = cells.gap(key)?.value ?? null;
    return {
      key,
      name,
      people,
      open: cells.open(key) ?? NOTHING,
      openValue: cells.openValue(key) ?? NOTHING,
      won,
      ofTarget: cells.attained(key)?.value ?? null,
      targetMinor: gap === null ? null : gap + figureOf(cells.wonWhole(key)),
      winRate: cells.winRate(key) ?? NO_RATE,
      perPersonMinor: people === 0 ? null : Math.round(figureOf(won) / people),
      months: (spark.won_revenue.groups ?? []).flatMap((group) =>
        group.key === null ? [] : [{ key: group.key, value: group.value }],
      ),
    };
  };
  const found = keysOf(now.open_opportunities.groups, now.won_revenue.groups);
  // Nobody's deals, and those of teams that were put away, stay in the total and have their lines.
  const others = found.filter((key) => !all.some(({ id }) => id === key));
  const rows: TeamLine[] = [];
  for (const { id, name, people } of teams.slice(0, MOST_TEAMS))
    rows.push(await lineOf(id, name, people));
  for (const key of others.slice(0, MOST_TEAMS))
    rows.push(await lineOf(key, t(key === null ? "teams.none" : "teams.former"), 0));
  const people = teams.reduce((sum, team) => sum + team.people, 0);
  const gap = wonWhole.target_gap.total.value;
  return {
    rows: rows.sort((a, b) => figureOf(b.won) - figureOf(a.won)),
    total: {
      people,
      open: now.open_opportunities.total,
      openValue: now.open_pipeline_value.total,
      won: now.won_revenue.total,
      ofTarget: wonWhole.target_attainment.total.value,
      targetMinor: gap === null ? null : gap + figureOf(wonWhole.won_revenue.total),
      winRate: now.closed_win_rate.total,
      perPersonMinor: people === 0 ? null : Math.round(figureOf(now.won_revenue.total) / people),
      months: [],
    },
    withoutTarget: rows.flatMap(({ key, name, targetMinor }) =>
      key !== null && targetMinor === null ? [name] : [],
    ),
    workingDay: workingDayOf(whole, reader.place.today),
  };
}
