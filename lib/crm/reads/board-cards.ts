import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import { Prisma } from "@/prisma/generated/client";
import type { BoardCard, CardCursor, MonthSpan } from "../core/board";
import type { BoardAsked } from "./board-parts";
import { chipConditions, onTheBoard, openDeals, rotDays } from "./board-parts";
import { categoryInForce } from "./figures";

/** A column to read: a stage, or a span of closing days. */
export type CardColumn = { readonly stageId: string } | MonthSpan;

type CardRow = Omit<BoardCard, "next" | "changeable"> & {
  readonly key: string;
  readonly stepKind: "call" | "mail" | "meeting" | "task" | null;
  readonly stepSubject: string | null;
  readonly stepDueAt: Date | null;
  readonly stepAllDay: boolean | null;
};

function columnCondition(column: CardColumn): Prisma.Sql {
  if ("stageId" in column) return Prisma.sql`l.stage_id = ${column.stageId}::uuid`;
  const { from, to } = column;
  return from === null || to === null
    ? Prisma.sql`l.expected_close IS NULL`
    : Prisma.sql`l.expected_close >= ${from}::date AND l.expected_close < ${to}::date`;
}

/** Beyond a card, in the order of closing days with those without one last. */
function beyond(after: CardCursor | undefined): Prisma.Sql {
  if (after === undefined) return Prisma.sql`true`;
  return after.close === null
    ? Prisma.sql`(l.expected_close IS NULL AND l.id > ${after.id}::uuid)`
    : Prisma.sql`(l.expected_close IS NULL OR (l.expected_close, l.id) > (${after.close}::date, ${after.id}::uuid))`;
}

/** Which cards, from the index alone: what they show is read only of these. */
const firstOf = (
  asked: BoardAsked,
  column: CardColumn,
  length: number,
  after: CardCursor | undefined,
): Prisma.Sql => Prisma.sql`
  (SELECT ${"stageId" in column ? column.stageId : column.key} AS key, l.id FROM ${openDeals(asked)}
      AND ${onTheBoard(asked)} AND ${chipConditions(asked)[asked.chip]} AND ${columnCondition(column)} AND ${beyond(after)}
    ORDER BY l.expected_close, l.id LIMIT ${length}::int)`;

function cardOf(row: CardRow, asked: BoardAsked): BoardCard {
  const { key: _, stepKind, stepSubject, stepDueAt, stepAllDay, ...card } = row;
  return {
    ...card,
    // Decided again by the policy when something is changed; this only says what is offered.
    changeable: asked.manages || card.ownerId === asked.scope.userId,
    next:
      stepKind === null || stepSubject === null || stepDueAt === null
        ? null
        : {
            kind: stepKind,
            subject: stepSubject,
            dueAt: instantFromColumn(stepDueAt),
            allDay: stepAllDay === true,
          },
  };
}

/** The first cards of each column, or those after one of them, by column. */
export async function listCards(
  db: Db,
  asked: BoardAsked,
  {
    columns,
    length,
    after,
  }: {
    readonly columns: readonly CardColumn[];
    readonly length: number;
    readonly after?: CardCursor | undefined;
  },
): Promise<ReadonlyMap<string, readonly BoardCard[]>> {
  if (columns.length === 0) return new Map();
  const rows = await db.$queryRaw<CardRow[]>`
    SELECT f.key, l.id, l.number::float8 AS number, l.version, coalesce(l.company_name, l.name) AS title,
           nullif(l.name, coalesce(l.company_name, l.name)) AS name, p.name AS product,
           l.amount_minor::float8 AS "amountMinor", l.currency, l.base_minor::float8 AS "baseMinor",
           coalesce(l.probability_manual, l.probability_model)::float8 AS "ownPercent", l.stage_id AS "stageId",
           ${categoryInForce}::text AS category, l.expected_close::text AS "expectedClose", l.owner_id AS "ownerId",
           u.name AS "ownerName", u.photo_id AS "ownerPhotoId", ${rotDays(asked)} AS "rotDays",
           (SELECT count(*)::int FROM lead_meeting m WHERE m.workspace_id = l.workspace_id AND m.lead_id = l.id) AS meetings,
           a.kind::text AS "stepKind", a.subject AS "stepSubject", a.due_at AS "stepDueAt", a.all_day AS "stepAllDay"
      FROM (${Prisma.join(
        columns.map((column) => firstOf(asked, column, length, after)),
        " UNION ALL ",
      )}) f
      JOIN lead l ON l.workspace_id = ${asked.scope.workspaceId}::uuid AND l.id = f.id
      JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
      LEFT JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
      LEFT JOIN app_user u ON u.workspace_id = l.workspace_id AND u.id = l.owner_id
      LEFT JOIN LATERAL (
        SELECT n.kind, n.subject, n.due_at, n.all_day FROM activity n
         WHERE n.workspace_id = l.workspace_id AND n.lead_id = l.id AND n.done_at IS NULL AND n.deleted_at IS NULL
         ORDER BY n.due_at LIMIT 1) a ON true
     ORDER BY l.expected_close, l.id`;
  const cards = new Map<string, BoardCard[]>();
  for (const row of rows) {
    const column = cards.get(row.key);
    if (column === undefined) cards.set(row.key, [cardOf(row, asked)]);
    else column.push(cardOf(row, asked));
  }
  return cards;
}
