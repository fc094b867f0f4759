import type { Batch } from "./batch";
import { cardTable } from "./card-table";
import type {
  ConvertedRow,
  ExecutiveBlocks,
  JunkedRow,
  LinkBrought,
  OverdueRow,
  PerformerRow,
  ProgressRow,
  QualityRow,
  ResponseRow,
  SourceRow,
  StageRow,
  TeamRow,
  UpdatesRow,
} from "./executive";
import { t } from "./executive-text";
import type { Column, FileSection } from "./file-table";
import { renamed, sectionOf, tableOf } from "./file-table";

type Split = "team" | "owner" | "source" | "link";

const restOf = <Row extends object>(
  rest: { readonly count: number; readonly row: Row } | null,
  split: Split,
): readonly Row[] =>
  rest === null ? [] : [renamed(rest.row, t(`rest.${split}`, { count: rest.count })) as Row];

const teamColumns: readonly Column<TeamRow>[] = [
  [t("column.team"), "text", ({ name }) => name],
  [t("column.won"), "money", ({ won }) => won],
  [t("column.target"), "money", ({ targetMinor }) => targetMinor],
  ["Pace", "money", ({ paceMinor }) => paceMinor],
  [t("column.attained"), "ratio", ({ attained }) => attained],
  [t("column.winRate"), "ratio", ({ winRate }) => winRate],
  [t("column.closed"), "count", ({ winRate }) => winRate.n],
];

const personColumns: readonly Column<PerformerRow>[] = [
  [t("column.person"), "text", ({ name }) => name],
  [t("column.won"), "money", ({ won }) => won],
  [t("column.deals"), "count", ({ won }) => won.n],
  [t("column.target"), "money", ({ targetMinor }) => targetMinor],
  [t("column.attained"), "ratio", ({ attained }) => attained],
  [t("column.winRate"), "ratio", ({ winRate }) => winRate],
  [t("column.closed"), "count", ({ winRate }) => winRate.n],
];

const stageColumns: readonly Column<Omit<StageRow, "key" | "probability">>[] = [
  [t("column.stage"), "text", ({ name }) => name],
  [t("column.deals"), "count", ({ deals }) => deals],
  [t("column.value"), "money", ({ value }) => value],
  [t("column.weighted"), "money", ({ weighted }) => weighted],
  [t("column.age"), "days", ({ age }) => age],
];

const sourceColumns: readonly Column<Omit<SourceRow, "key">>[] = [
  [t("column.source"), "text", ({ name }) => name],
  [t("column.leads"), "count", ({ leads }) => leads],
  [`${t("sources.became")}${t("sources.becameMore")}`, "ratio", ({ became }) => became],
  [`${t("sources.became")}: n`, "count", ({ became }) => became.n],
  [t("column.won"), "count", ({ won }) => won],
  [t("column.revenue"), "money", ({ revenue }) => revenue],
];

const overdueColumns: readonly Column<OverdueRow>[] = [
  [t("column.deal"), "text", ({ name }) => name],
  ["Company", "text", ({ companyName }) => companyName],
  [t("column.owner"), "text", ({ owner }) => owner.name],
  [t("column.stage"), "text", ({ stage }) => stage],
  [t("overdue.closeDate"), "day", ({ expectedClose }) => expectedClose],
  [t("overdue.daysLate"), "count", ({ daysLate }) => daysLate],
  [t("column.amount"), "money", ({ baseMinor }) => baseMinor],
];

const progressColumns: readonly Column<ProgressRow>[] = [
  [t("column.person"), "text", ({ name }) => name],
  [t("column.leads"), "count", ({ leads }) => leads],
  [t("column.deals"), "count", ({ deals }) => deals],
  [t("column.value"), "money", ({ value }) => value],
];

const convertedColumns: readonly Column<ConvertedRow>[] = [
  [t("column.person"), "text", ({ name }) => name],
  [t("column.rate"), "ratio", ({ rate }) => rate],
  [t("column.n"), "count", ({ rate }) => rate.n],
  ["Low", "ratio", ({ low }) => low],
  ["High", "ratio", ({ high }) => high],
];

const responseColumns: readonly Column<Omit<ResponseRow, "key">>[] = [
  [t("column.person"), "text", ({ name }) => name],
  [t("column.p50"), "minutes", ({ p50 }) => p50],
  [t("column.p90"), "minutes", ({ p90 }) => p90],
  [t("column.noReply"), "count", ({ unanswered }) => unanswered],
  [t("column.leads"), "count", ({ leads }) => leads],
];

const junkedColumns: readonly Column<JunkedRow>[] = [
  [t("column.person"), "text", ({ name }) => name],
  [t("column.rate"), "ratio", ({ rate }) => rate],
  [t("column.junk"), "count", ({ rate }) => rate.hits ?? null],
  [t("column.n"), "count", ({ rate }) => rate.n],
  [t("column.topReason"), "text", ({ topReason }) => topReason],
];

const updatesColumns: readonly Column<Omit<UpdatesRow, "key">>[] = [
  [t("column.person"), "text", ({ name }) => name],
  [t("column.changes"), "count", ({ changes }) => changes],
  [t("column.deals"), "count", ({ deals }) => deals],
  [t("column.perDeal"), "number", ({ perDealWeek }) => perDealWeek],
];

const qualityColumns: readonly Column<QualityRow>[] = [
  [t("column.person"), "text", ({ name }) => name],
  [t("column.score"), "ratio", ({ score }) => score],
  [t("column.leads"), "count", ({ n }) => n],
];

const scoreColumns: readonly Column<ExecutiveBlocks["score"]["top"][number]>[] = [
  [t("score.lead"), "text", ({ name }) => name],
  [t("column.owner"), "text", ({ owner }) => owner],
  [t("column.score"), "ratio", ({ score }) => score],
];

const linkColumns: readonly Column<LinkBrought>[] = [
  [t("column.link"), "text", ({ name }) => name],
  [t("column.bookings"), "count", ({ bookings }) => bookings],
  [t("column.leads"), "count", ({ leads }) => leads],
  [t("column.opportunities"), "count", ({ opportunities }) => opportunities],
  [t("column.openValue"), "money", ({ openBase }) => openBase],
  [t("column.won"), "count", ({ won }) => won],
  [t("column.revenue"), "money", ({ wonBase }) => wonBase],
];

type FigureRow = { readonly name: string; readonly value: number | null; readonly n: number };

const footer = ({ newCustomers, overdue, winRate, pipeline }: ExecutiveBlocks["footer"]) =>
  tableOf<FigureRow & { readonly unit: "count" | "money" | "ratio" }>(
    { title: t("blocks.footer") },
    [
      ["Figure", "text", ({ name }) => name],
      ["Value", "as-said", ({ value, unit }) => ({ value, unit })],
      [t("column.n"), "count", ({ n }) => n],
    ],
    [
      { name: t("footer.newCustomers"), ...newCustomers.now, unit: "count" },
      { name: t("footer.overdue"), ...overdue.count, unit: "count" },
      { name: `${t("footer.overdue")}, ${t("column.value")}`, ...overdue.value, unit: "money" },
      { name: t("footer.winRate"), ...winRate, unit: "ratio" },
      { name: t("footer.pipeline"), ...pipeline, unit: "money" },
    ],
  );

const teams = ({ rows, rest }: ExecutiveBlocks["teams"]) =>
  tableOf({ title: t("blocks.teams"), bars: 1 }, teamColumns, [...rows, ...restOf(rest, "team")]);

/** The tables of how leads are worked, by the person a lead was given to. */
function workSections(batch: Batch<ExecutiveBlocks>): readonly FileSection[] {
  const all = t("progress.all");
  return [
    sectionOf(batch, "progress", t("blocks.progress"), ({ rows, rest, total }) => [
      tableOf({ title: t("blocks.progress") }, progressColumns, [
        ...rows,
        ...restOf(rest, "owner"),
        renamed(total, all),
      ]),
    ]),
    sectionOf(batch, "converted", t("blocks.converted"), ({ rows }) => [
      tableOf({ title: t("blocks.converted") }, convertedColumns, rows),
    ]),
    sectionOf(batch, "response", t("blocks.response"), ({ fastest, slowest, everyone }) => [
      tableOf({ title: t("blocks.response") }, responseColumns, [
        ...fastest,
        ...slowest,
        renamed(everyone, all),
      ]),
    ]),
    sectionOf(batch, "junked", t("blocks.junked"), ({ rows }) => [
      tableOf({ title: t("blocks.junked") }, junkedColumns, rows),
    ]),
    sectionOf(batch, "updates", t("blocks.updates"), ({ most, least, everyone }) => [
      tableOf({ title: t("blocks.updates") }, updatesColumns, [
        ...most,
        ...least,
        renamed(everyone, all),
      ]),
    ]),
    sectionOf(batch, "quality", t("blocks.quality"), ({ rows }) => [
      tableOf(
        { title: t("blocks.quality"), ...(rows === null ? { note: t("quality.none") } : {}) },
        qualityColumns,
        rows ?? [],
      ),
    ]),
  ];
}

/** The executive dashboard as tables, a section for each block, in the order of the page. */
export function executiveFile(batch: Batch<ExecutiveBlocks>): readonly FileSection[] {
  return [
    sectionOf(batch, "cards", "Key figures", ({ cards }) => [
      cardTable(cards, "Key figures", batch.currency),
    ]),
    sectionOf(batch, "trends", t("blocks.trends"), ({ months }) => [
      tableOf(
        { title: t("blocks.trends"), bars: 1 },
        [
          [t("trends.month"), "day", ({ month }) => month],
          [t("trends.wonShort"), "money", ({ won }) => won],
          [t("trends.leadsShort"), "count", ({ leads }) => leads],
          ["So far", "text", ({ partial }) => (partial ? "yes" : "")],
        ],
        months,
      ),
    ]),
    sectionOf(batch, "teams", t("blocks.teams"), (data) => [teams(data)]),
    sectionOf(batch, "pipeline", t("blocks.pipeline"), ({ rows, total }) => [
      tableOf({ title: t("blocks.pipeline"), bars: 2, hasTotal: true }, stageColumns, [
        ...rows,
        renamed(total, t("pipeline.open")),
      ]),
    ]),
    sectionOf(batch, "sources", t("blocks.sources"), ({ rows, rest, total }) => [
      tableOf({ title: t("blocks.sources"), bars: 5, hasTotal: true }, sourceColumns, [
        ...rows,
        ...restOf(rest, "source"),
        renamed(total, t("sources.all")),
      ]),
    ]),
    sectionOf(batch, "overdue", t("blocks.overdue"), ({ rows, count }) => [
      tableOf(
        { title: t("blocks.overdue"), note: t("overdue.all", { count: count.value ?? 0 }) },
        overdueColumns,
        rows,
      ),
    ]),
    sectionOf(batch, "performers", t("blocks.performers"), ({ rows }) => [
      tableOf({ title: t("blocks.performers"), bars: 1 }, personColumns, rows),
    ]),
    ...workSections(batch),
    sectionOf(batch, "footer", t("blocks.footer"), (data) => [footer(data)]),
    sectionOf(batch, "meetings", t("blocks.meetings"), ({ links, rest, held }) => [
      tableOf({ title: t("meetings.table") }, linkColumns, [...links, ...restOf(rest, "link")]),
      tableOf(
        { title: t("meetings.heldTable") },
        [
          [t("column.meetings"), "text", ({ meetings }) => meetings],
          [t("column.won"), "count", ({ won }) => won],
          [t("column.closed"), "count", ({ closed }) => closed],
        ],
        held,
      ),
    ]),
    sectionOf(batch, "score", t("blocks.score"), ({ top, words }) => [
      tableOf({ title: t("score.table"), note: words }, scoreColumns, top),
    ]),
  ];
}
