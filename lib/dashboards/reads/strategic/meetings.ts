import { wilson } from "@/lib/metrics/core/wilson";
import { meetingsToWins } from "@/lib/metrics/reads/meetings";
import type { MeetingsBlock } from "../../core/strategic";
import type { BlockContext } from "../run-blocks";

/** Of the deals that closed in the range: how many were won, by how many meetings were held with them before. */
export async function readMeetings({
  db,
  reader,
  period,
  state,
}: BlockContext): Promise<MeetingsBlock> {
  const rows = await meetingsToWins(db, reader, period, state.filter);
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    rows: rows.map(({ won, closed }, held) => ({
      held,
      won,
      closed,
      ...(wilson(won, closed) ?? { low: 0, high: 1 }),
    })),
    won: sum(({ won }) => won),
    closed: sum(({ closed }) => closed),
  };
}
