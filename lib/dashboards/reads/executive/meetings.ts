import { linksToPipeline, meetingsToWins } from "@/lib/metrics/reads/meetings";
import type { LinkBrought, MeetingsBlock } from "../../core/executive";
import { t } from "../../core/executive-text";
import type { BlockContext } from "../run-blocks";

const MOST_LINKS = 6;

const SUMS = ["bookings", "leads", "opportunities", "openBase", "won", "wonBase"] as const;

const together = (rows: readonly LinkBrought[]): LinkBrought => {
  const sums = SUMS.map((field) => [field, rows.reduce((sum, row) => sum + row[field], 0)]);
  return {
    linkId: "",
    name: t("rest.link", { count: rows.length }),
    ...(Object.fromEntries(sums) as Pick<LinkBrought, (typeof SUMS)[number]>),
  };
};

/** What the booking links brought in the range, and whether deals that were met with are won more often. */
export async function readMeetings({
  db,
  reader,
  state,
  period,
}: BlockContext): Promise<MeetingsBlock> {
  const [links, held] = await Promise.all([
    linksToPipeline(db, reader, period, state.filter),
    meetingsToWins(db, reader, period, state.filter),
  ]);
  const most = links.length <= MOST_LINKS + 1 ? links.length : MOST_LINKS;
  const rest = links.slice(most);
  return {
    links: links.slice(0, most),
    rest: rest.length === 0 ? null : { count: rest.length, row: together(rest) },
    held,
  };
}
