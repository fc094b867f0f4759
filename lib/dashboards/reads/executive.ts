import type { Database } from "@/lib/db/client";
import type { Batch } from "../core/batch";
import type { ExecutiveBlocks } from "../core/executive";
import { readConverted, readJunked, readProgress } from "./executive/agents";
import { readCards } from "./executive/cards";
import { readFooter } from "./executive/footer";
import { readMeetings } from "./executive/meetings";
import { readOverdue } from "./executive/overdue";
import { readPerformers } from "./executive/performers";
import { readPipeline } from "./executive/pipeline";
import { readQuality, readScore } from "./executive/quality";
import { readResponse } from "./executive/response";
import { readSources } from "./executive/sources";
import { readTeams } from "./executive/teams";
import { readTrends } from "./executive/trends";
import { readUpdates } from "./executive/updates";
import type { Asked, BlockMakers, Slow } from "./run-blocks";
import { runBlocks } from "./run-blocks";

/** How each block is made. Given apart, so that a test can make one fail. */
export const EXECUTIVE_MAKERS: BlockMakers<ExecutiveBlocks> = {
  cards: readCards,
  trends: readTrends,
  teams: readTeams,
  pipeline: readPipeline,
  sources: readSources,
  overdue: readOverdue,
  performers: readPerformers,
  progress: readProgress,
  converted: readConverted,
  response: readResponse,
  junked: readJunked,
  updates: readUpdates,
  quality: readQuality,
  footer: readFooter,
  meetings: readMeetings,
  score: readScore,
};

/** Those that begin with rows of a week, a month or a quarter, and grow with them. */
const SLOW: Slow<ExecutiveBlocks> = {
  of: "executive",
  names: ["updates", "response", "junked"],
};

/**
 * The whole executive dashboard for one reader: every block of one moment, and of nothing outside their scope. Money is
 * minor units.
 */
export const readExecutive = (
  deps: { readonly db: Database },
  asked: Asked,
  makers: BlockMakers<ExecutiveBlocks> = EXECUTIVE_MAKERS,
): Promise<Batch<ExecutiveBlocks>> => runBlocks(deps, asked, { makers, slow: SLOW });
