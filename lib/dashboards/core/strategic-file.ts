import type { Batch } from "./batch";
import { cardTable } from "./card-table";
import type { Column, FileSection, FileTable } from "./file-table";
import { renamed, sectionOf, tableOf } from "./file-table";
import type { RiskRow } from "./risk";
import type { LostRow, MarketRow, SourceReturnRow, StrategicBlocks, TeamLine } from "./strategic";
import { t } from "./strategic-text";

type Rest<Row> = { readonly count: number; readonly row: Row } | null;

const restOf = <Row extends object>(rest: Rest<Row>): readonly Row[] =>
  rest === null ? [] : [renamed(rest.row, t("others", { count: rest.count })) as Row];

const riskColumns: readonly Column<RiskRow>[] = [
  ["Risk", "text", ({ risk }) => risk],
  ["Deals", "count", ({ deals }) => deals],
  ["Value at risk", "money", ({ valueMinor }) => valueMinor],
  ["Without a value", "count", ({ withoutValue }) => withoutValue],
  ["Largest deal", "text", ({ largest }) => largest?.name ?? null],
  ["Its value", "money", ({ largest }) => largest?.valueMinor ?? null],
  ["Its owner", "text", ({ largest }) => largest?.ownerName ?? null],
];

const lostColumns: readonly Column<Omit<LostRow, "key">>[] = [
  ["Reason", "text", ({ name }) => name],
  ["Lost", "count", ({ lost }) => lost],
  ["Before", "count", ({ before }) => before],
  ["Value", "money", ({ valueMinor }) => valueMinor],
];

const marketColumns: readonly Column<MarketRow>[] = [
  ["Name", "text", ({ name }) => name],
  ["Won", "count", ({ won }) => won],
  ["Closed", "count", ({ closed }) => closed],
  ["Win rate", "ratio", ({ won, closed }) => (closed === 0 ? null : won / closed)],
  ["Won revenue", "money", ({ valueMinor }) => valueMinor],
];

const sourceColumns: readonly Column<SourceReturnRow>[] = [
  ...(marketColumns as readonly Column<SourceReturnRow>[]),
  ["Leads", "count", ({ leads }) => leads],
];

const teamColumns: readonly Column<Omit<TeamLine, "key">>[] = [
  ["Team", "text", ({ name }) => name],
  ["People", "count", ({ people }) => people],
  ["Open deals", "count", ({ open }) => open],
  ["Open value", "money", ({ openValue }) => openValue],
  ["Won revenue", "money", ({ won }) => won],
  ["Target", "money", ({ targetMinor }) => targetMinor],
  ["Of target", "ratio", ({ ofTarget }) => ofTarget],
  ["Win rate", "ratio", ({ winRate }) => winRate],
  ["Closed", "count", ({ winRate }) => winRate.n],
  ["Per person", "money", ({ perPersonMinor }) => perPersonMinor],
];

/** The forecast as it was stored, then what sellers say themselves. */
function quarterTables({ forecast, categories }: StrategicBlocks["quarter"]): readonly FileTable[] {
  const said = tableOf(
    { title: "Forecast by category", bars: 1 },
    [
      ["Category", "text", ({ category }) => category],
      ["Cumulative", "money", ({ cell }) => cell],
      ["Deals", "count", ({ cell }) => cell.n],
    ],
    categories,
  );
  if (forecast.status === "none")
    return [{ title: "Forecast", note: forecast.reason, columns: [], rows: [] }, said];
  const { won, fan, of, method, asOf } = forecast;
  const days = [
    ...won.map(({ day, value }) => ({ day, value, p10: null, p50: null, p90: null })),
    ...fan.map((point) => ({ ...point, value: null })),
  ];
  return [
    tableOf(
      { title: "Forecast", note: `${of}, as of ${asOf}: ${method}` },
      [
        ["Day", "day", ({ day }) => day],
        ["Won", "money", ({ value }) => value],
        ["P10", "money", ({ p10 }) => p10],
        ["P50", "money", ({ p50 }) => p50],
        ["P90", "money", ({ p90 }) => p90],
      ],
      days,
    ),
    said,
  ];
}

function marketTables(market: StrategicBlocks["market"]): readonly FileTable[] {
  const { countries, industries, sizes, sources } = market;
  return [
    tableOf({ title: "Countries", bars: 4 }, marketColumns, [
      ...countries.rows,
      ...restOf(countries.rest),
    ]),
    tableOf({ title: "Industries", bars: 4 }, marketColumns, [
      ...industries.rows,
      ...restOf(industries.rest),
    ]),
    tableOf({ title: "Deal sizes" }, marketColumns, sizes.rows),
    tableOf({ title: "Sources", bars: 4 }, sourceColumns, [
      ...sources.rows,
      ...restOf(sources.rest),
    ]),
  ];
}

/** The parts about what is to come, and how good that was. */
function laterSections(batch: Batch<StrategicBlocks>): readonly FileSection[] {
  return [
    sectionOf(batch, "funnel", "Stage conversion", ({ steps, pipeline }) => [
      tableOf(
        { title: "Stage conversion", bars: 1, ...(pipeline === null ? {} : { note: pipeline }) },
        [
          ["Stage", "text", ({ name }) => name],
          ["Reached", "count", ({ reached }) => reached],
        ],
        steps,
      ),
    ]),
    sectionOf(batch, "market", "Market", marketTables),
    sectionOf(batch, "accuracy", "Expected and actual", ({ checks, horizonDays }) => [
      tableOf(
        { title: "Expected and actual", note: `${horizonDays} days ahead` },
        [
          ["As of", "day", ({ asOf }) => asOf],
          ["Until", "day", ({ until }) => until],
          ["P10", "money", ({ p10 }) => p10],
          ["P50", "money", ({ p50 }) => p50],
          ["P90", "money", ({ p90 }) => p90],
          ["Actual", "money", ({ actual }) => actual],
        ],
        checks,
      ),
    ]),
  ];
}

/** The strategic dashboard as tables, a section for each block, in the order of the page. */
export function strategicFile(batch: Batch<StrategicBlocks>): readonly FileSection[] {
  return [
    sectionOf(batch, "cards", "Key figures", ({ cards }) => [
      cardTable(cards, "Key figures", batch.currency),
    ]),
    sectionOf(batch, "growth", "Growth", ({ months }) => [
      tableOf(
        { title: "Growth", bars: 1 },
        [
          ["Month", "day", ({ month }) => month],
          ["Won revenue", "money", ({ won }) => won],
          ["Year before", "money", ({ lastYear }) => lastYear],
          ["Target", "money", ({ targetMinor }) => targetMinor],
          ["So far", "text", ({ partial }) => (partial ? "yes" : "")],
        ],
        months,
      ),
    ]),
    sectionOf(batch, "quarter", "Forecast", quarterTables),
    sectionOf(batch, "risks", "Risks", ({ rows }) => [
      tableOf({ title: "Risks", bars: 2 }, riskColumns, rows),
    ]),
    sectionOf(batch, "waterfall", "Pipeline movement", ({ bars, residual }) => [
      tableOf(
        { title: "Pipeline movement", note: `residual ${residual}` },
        [
          ["Step", "text", ({ bar }) => bar],
          ["Value", "money", ({ minor }) => minor],
          ["Deals", "count", ({ deals }) => deals],
        ],
        bars,
      ),
    ]),
    sectionOf(batch, "lost", "Lost deals", ({ rows, rest, total }) => [
      tableOf({ title: "Lost deals", bars: 1, hasTotal: true }, lostColumns, [
        ...rows,
        ...restOf(rest),
        renamed(total, "All"),
      ]),
    ]),
    sectionOf(batch, "teams", "Teams", ({ rows, total }) => [
      tableOf({ title: "Teams", bars: 4, hasTotal: true }, teamColumns, [
        ...rows,
        renamed(total, "All"),
      ]),
    ]),
    sectionOf(batch, "meetings", "Meetings held and won", ({ rows }) => [
      tableOf(
        { title: "Meetings held and won" },
        [
          ["Meetings held", "text", ({ held }) => (held >= 3 ? "3 or more" : String(held))],
          ["Won", "count", ({ won }) => won],
          ["Closed", "count", ({ closed }) => closed],
          ["Low", "ratio", ({ low }) => low],
          ["High", "ratio", ({ high }) => high],
        ],
        rows,
      ),
    ]),
    ...laterSections(batch),
  ];
}
