import type { PerformerRow, PerformersBlock } from "../../core/executive";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";
import { askTowardsTarget } from "./targets";

const MOST_PEOPLE = 7;

const wonOf = ({ won }: Pick<PerformerRow, "won">): number => won.value ?? 0;

/** Who won most, by the owner at the closing. */
export async function readPerformers(context: BlockContext): Promise<PerformersBlock> {
  const { rows, total } = await askTowardsTarget(context, "owner");
  const winners = rows
    .filter(({ won }) => won.n > 0)
    .sort((a, b) => wonOf(b) - wonOf(a) || b.won.n - a.won.n);
  const shown = winners.slice(0, MOST_PEOPLE);
  const named = await namesOf(
    context.db,
    context.reader.place.workspaceId,
    "owner",
    shown.map(({ key }) => key),
  );
  return {
    rows: shown.map((row) => ({ ...row, ...named(row.key) })),
    people: winners.length,
    shownMinor: shown.reduce((sum, row) => sum + wonOf(row), 0),
    total,
  };
}
