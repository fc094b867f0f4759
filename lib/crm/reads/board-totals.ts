import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { BoardChip, BoardSums, MonthSpan } from "../core/board";
import { BOARD_CHIPS } from "../core/board";
import type { ForecastCategory } from "../core/lead";
import type { BoardAsked } from "./board-parts";
import { chipConditions, onTheBoard, openDeals } from "./board-parts";
import { categoryInForce, withoutRate } from "./figures";

/** A column's deals added up, on the forecast board those of one category. */
export type ColumnTotal = BoardSums & {
  readonly key: string;
  /** Null on the board of stages, where it makes no difference. */
  readonly category: ForecastCategory | null;
};

export type BoardTotals = {
  readonly totals: readonly ColumnTotal[];
  readonly chips: Readonly<Record<BoardChip, number>>;
  readonly parked: number;
};

type Group = ColumnTotal & {
  /** A bit for each chip a deal fits, one more for being on the board, one for being parked. */
  readonly mask: number;
};

const HERE = 1 << BOARD_CHIPS.length;
const PARKED = HERE << 1;
const bitOf = (chip: BoardChip): number => 1 << BOARD_CHIPS.indexOf(chip);

const bit = (condition: Prisma.Sql, value: number): Prisma.Sql =>
  Prisma.sql`CASE WHEN ${condition} THEN ${Prisma.raw(String(value))} ELSE 0 END`;

/** Which of the columns a closing day belongs to, as its place among them: comparing is cheap, spelling months is not. */
const placeOf = (spans: readonly MonthSpan[]): Prisma.Sql => {
  const ends = spans.flatMap(({ to }, at) =>
    to === null
      ? []
      : [Prisma.sql`WHEN l.expected_close < ${to}::date THEN ${Prisma.raw(String(at))}`],
  );
  return Prisma.sql`CASE WHEN l.expected_close IS NULL THEN ${Prisma.raw(String(spans.length - 1))} ${Prisma.join(ends, " ")} END`;
};

// Ten-thousandths in whole numbers for hundreds of thousands of rows: what `weightedBase` of figures says with decimals,
// three times slower; a test compares them.
const WEIGHTED = Prisma.sql`l.base_minor * coalesce((l.probability_manual * 100)::bigint, (l.probability_model * 100)::bigint, s.parts)`;

/**
 * Every open deal added up by column (with `spans` by month and category) in one pass over one index. What a deal fits
 * is found once and is part of what is grouped by; the few dozen groups are put together here.
 */
export async function listTotals(
  db: Db,
  asked: BoardAsked,
  spans: readonly MonthSpan[] | undefined,
): Promise<BoardTotals> {
  const conditions = chipConditions(asked);
  const mask = [
    ...BOARD_CHIPS.map((chip) => bit(conditions[chip], bitOf(chip))),
    bit(onTheBoard(asked), HERE),
    bit(Prisma.sql`l.parked_until > ${asked.today}::date`, PARKED),
  ];
  const groups = await db.$queryRaw<Group[]>`
    SELECT ${spans === undefined ? Prisma.sql`l.stage_id` : placeOf(spans)} AS key,
           ${spans === undefined ? Prisma.sql`NULL` : Prisma.sql`${categoryInForce}::text`} AS category,
           (${Prisma.join(mask, " + ")})::int AS mask, count(*)::int AS deals,
           coalesce(sum(l.base_minor), 0)::float8 AS "baseMinor", coalesce(sum(${WEIGHTED}), 0)::float8 AS "weightedParts",
           (count(*) FILTER (WHERE l.amount_minor IS NULL))::int AS "withoutAmount",
           (count(*) FILTER (WHERE ${withoutRate}))::int AS "withoutRate"
      FROM ${openDeals(asked)}
     GROUP BY 1, 2, 3`;
  const counted = (wanted: number) =>
    groups.reduce(
      (count, group) => ((group.mask & wanted) === wanted ? count + group.deals : count),
      0,
    );
  const shown = HERE | bitOf(asked.chip);
  return {
    totals: groups
      .filter((group) => (group.mask & shown) === shown)
      .map((group) => ({ ...group, key: spans?.[Number(group.key)]?.key ?? group.key })),
    chips: Object.fromEntries(
      BOARD_CHIPS.map((chip) => [chip, counted(HERE | bitOf(chip))]),
    ) as Record<BoardChip, number>,
    parked: counted(PARKED),
  };
}
