import type { Promised, TeamRow, TeamsBlock } from "../../core/executive";
import { t } from "../../core/executive-text";
import { addUp, shareOfAll, topAndRest } from "../../core/rows";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";
import { askTowardsTarget } from "./targets";

const MOST_TEAMS = 10;

const sum = (values: readonly (number | null)[]): number =>
  values.reduce((total: number, value) => total + (value ?? 0), 0);

/** Of those who promised: what together, and how far together; never a mean of shares. */
function together(
  rows: readonly (Promised & Pick<TeamRow, "won">)[],
): (Promised & { readonly wonMinor: number }) | null {
  const promised = rows.filter(({ targetMinor }) => targetMinor !== null);
  if (promised.length === 0) return null;
  const targetMinor = sum(promised.map((row) => row.targetMinor));
  const wonMinor = sum(promised.map(({ won }) => won.value));
  return {
    targetMinor,
    paceMinor: sum(promised.map(({ paceMinor }) => paceMinor)),
    wonMinor,
    attained: targetMinor === 0 ? null : wonMinor / targetMinor,
  };
}

/** Which team is on course: won against what was promised, and how many of its closed deals were won. */
export async function readTeams(context: BlockContext): Promise<TeamsBlock> {
  const { rows, workingDay } = await askTowardsTarget(context, "team");
  const named = await namesOf(
    context.db,
    context.reader.place.workspaceId,
    "team",
    rows.map(({ key }) => key),
  );
  const ranked = rows
    .map((row): TeamRow => ({ ...row, ...named(row.key) }))
    .sort((a, b) => (b.won.value ?? 0) - (a.won.value ?? 0) || a.name.localeCompare(b.name));
  const { top, rest } = topAndRest(ranked, MOST_TEAMS);
  const { targetMinor, paceMinor, attained } = together(rest) ?? {
    targetMinor: null,
    paceMinor: null,
    attained: null,
  };
  return {
    rows: top,
    rest:
      rest.length === 0
        ? null
        : {
            count: rest.length,
            row: {
              key: null,
              name: t("rest.team", { count: rest.length }),
              won: addUp(rest.map(({ won }) => won)),
              winRate: shareOfAll(rest.map(({ winRate }) => winRate)),
              targetMinor,
              paceMinor,
              attained,
            },
          },
    withTarget: together(ranked),
    withoutTarget: ranked.flatMap(({ key, name, targetMinor: own }) =>
      key !== null && own === null ? [name] : [],
    ),
    workingDay,
  };
}
