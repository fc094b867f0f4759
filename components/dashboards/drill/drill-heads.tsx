import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { signOf } from "@/lib/crm/core/money";
import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import { factOf } from "@/lib/metrics/core/measure";
import type { RecordSort } from "@/lib/metrics/core/record";
import { metricOf } from "@/lib/metrics/core/registry";
import type { DrillColumn } from "./drill-columns";
import { t } from "./metrics-text";

export type Look = {
  readonly data: MetricPageData;
  readonly reader: ScreenReader;
  readonly columns: readonly DrillColumn[];
  /** It is a share, and records are in it or not. */
  readonly shares: boolean;
};

const NUMBERS: readonly DrillColumn[] = ["amount", "rate", "base"];
export const isNumber = (column: DrillColumn): boolean => NUMBERS.includes(column);

/** What the moment of a record is called: it is another one for each figure. What stands now has none. */
function momentName(data: MetricPageData): string {
  const { kind, n } = metricOf(data.id);
  if (kind === "state") return t("drill.column.expected");
  const fact = factOf(n);
  return fact === "created" || fact === "opportunity" || fact === "closed"
    ? t(`drill.column.${fact}`)
    : t("drill.column.moment");
}

function columnName(column: DrillColumn, data: MetricPageData): string {
  if (column === "base") return t("drill.column.base", { sign: signOf(data.currency) });
  return t(`drill.column.${column}`);
}

export type HrefOfSort = (sort: RecordSort) => string;

type Sorting = {
  /** By which column the records stand, if by this one. */
  readonly way: "ascending" | "descending" | undefined;
  /** What a press sorts by. */
  readonly next: RecordSort;
};

/** Records stand by when, both ways, or by how much; what stands now has no when, and goes by how much both ways. */
function sortingOf(column: "moment" | "base", data: MetricPageData): Sorting | undefined {
  const { sort, id } = data;
  const isState = metricOf(id).kind === "state";
  if (isState && column === "moment") return undefined;
  const down = column === "base" ? "largest" : "newest";
  const up = column === "moment" || isState ? "oldest" : "largest";
  if (sort === down) return { way: "descending", next: up };
  return { way: sort === "oldest" && up === "oldest" ? "ascending" : undefined, next: down };
}

function SortHead({
  column,
  look: { data },
  hrefOfSort,
}: {
  column: "moment" | "base";
  look: Look;
  hrefOfSort: HrefOfSort;
}) {
  const label = column === "moment" ? momentName(data) : columnName(column, data);
  const cell = { "data-column": column, "data-num": column === "base" || undefined };
  const sorting = sortingOf(column, data);
  if (sorting === undefined)
    return (
      <th scope="col" {...cell}>
        {label}
      </th>
    );
  const { way, next } = sorting;
  return (
    <th scope="col" {...cell} aria-sort={way}>
      <Link href={hrefOfSort(next)} scroll={false} prefetch={false}>
        {label}
        {way === undefined ? null : (
          <span aria-hidden="true">{way === "ascending" ? " ↑" : " ↓"}</span>
        )}
      </Link>
    </th>
  );
}

/** The heads of the records; the first and the last sort them. */
export function Heads({ look, hrefOfSort }: { look: Look; hrefOfSort: HrefOfSort }) {
  const sorting = { look, hrefOfSort };
  return (
    <tr>
      <SortHead column="moment" {...sorting} />
      <th scope="col">{t("drill.column.name")}</th>
      {look.shares ? (
        <th scope="col" data-column="hit">
          {t("drill.column.hit")}
        </th>
      ) : null}
      {look.columns.map((column) =>
        column === "base" ? (
          <SortHead key={column} column="base" {...sorting} />
        ) : (
          <th
            key={column}
            scope="col"
            data-column={column}
            data-num={isNumber(column) || undefined}
          >
            {columnName(column, look.data)}
          </th>
        ),
      )}
    </tr>
  );
}
