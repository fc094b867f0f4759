import type { Database } from "@/lib/db/client";
import type { Batch } from "../core/batch";
import type { StrategicBlocks } from "../core/strategic";
import { waterfallOf } from "../core/waterfall";
import type { Asked, BlockContext, BlockMakers, Slow } from "./run-blocks";
import { runBlocks } from "./run-blocks";
import { readStrategicCards } from "./strategic/cards";
import { readFunnel } from "./strategic/funnel";
import { readGrowth } from "./strategic/growth";
import { readLost } from "./strategic/lost";
import { readMarket } from "./strategic/market";
import { readMeetings } from "./strategic/meetings";
import { readAccuracy, readQuarter } from "./strategic/quarter";
import { readRisks } from "./strategic/risks";
import { readTeams } from "./strategic/teams";
import { readPipelineSums } from "./strategic/waterfall";

/** The bars from the evening before the range to now, or to its end. */
async function readWaterfall({ db, reader, period, state }: BlockContext) {
  const made = waterfallOf(
    await readPipelineSums(db, reader, { days: period, filter: state.filter }),
  );
  // Bars that do not add up are a defect, and no chart.
  if (made.residual !== 0) throw new Error(`the pipeline's bars leave ${made.residual} over`);
  return made;
}

/** How each block is made. Given apart, so that a test can make one fail. The longest are first: they are waited for. */
export const STRATEGIC_MAKERS: BlockMakers<StrategicBlocks> = {
  waterfall: readWaterfall,
  risks: readRisks,
  cards: readStrategicCards,
  growth: readGrowth,
  quarter: readQuarter,
  lost: readLost,
  teams: readTeams,
  meetings: readMeetings,
  funnel: readFunnel,
  market: readMarket,
  accuracy: readAccuracy,
};

/** Those that begin with rows of a week, a month or a quarter, and grow with them. */
const SLOW: Slow<StrategicBlocks> = {
  of: "strategic",
  names: ["waterfall", "cards", "funnel", "market", "lost"],
};

/**
 * The whole strategic dashboard for one reader: every block of one moment, and of nothing outside their scope. Money is
 * minor units.
 */
export const readStrategic = (
  deps: { readonly db: Database },
  asked: Asked,
  makers: BlockMakers<StrategicBlocks> = STRATEGIC_MAKERS,
): Promise<Batch<StrategicBlocks>> => runBlocks(deps, asked, { makers, slow: SLOW });
