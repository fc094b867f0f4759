import { barWords, IntervalDot, intervalAxis } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, inTable, spanOf } from "@/components/dashboards/executive/view";
import type { Block } from "@/lib/dashboards/core/batch";
import type { MeetingsBlock, MeetingsRow } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { Around } from "./view";
import { framed } from "./view";

const nameOf = ({ held }: MeetingsRow): string => t("meetings.held", { held: String(held) });

const rateOf = ({ won, closed }: { won: number; closed: number }): number | null =>
  closed === 0 ? null : won / closed;

function Table({ data, view }: { data: MeetingsBlock; view: View }) {
  const axis = intervalAxis(data.rows.filter(({ closed }) => closed > 0));
  const percent = (value: number | null) => inTable(view, value, "ratio");
  return (
    <FigureTable label={t("meetings.title")}>
      <thead>
        <tr>
          <th scope="col">{t("meetings.column")}</th>
          <th scope="col" data-bar="">
            <span className="sr-only">{t("meetings.interval")}</span>
          </th>
          <th scope="col" data-num="">
            {t("meetings.won")}
          </th>
          <th scope="col" data-num="">
            {t("meetings.rate")}
          </th>
        </tr>
      </thead>
      <tbody>
        {data.rows.map((row) => {
          const rate = rateOf(row);
          const name = nameOf(row);
          const words =
            rate === null
              ? null
              : { low: percent(row.low), high: percent(row.high), n: row.closed };
          return (
            <tr key={row.held}>
              <th scope="row">{name}</th>
              <td data-bar="">
                <IntervalDot
                  rate={rate}
                  low={row.low}
                  high={row.high}
                  overall={rateOf(data)}
                  {...axis}
                  label={barWords.rate(name, percent(rate), words)}
                />
              </td>
              <td data-num="">{t("meetings.of", { won: row.won, closed: row.closed })}</td>
              <td data-num="">{percent(rate)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("meetings.all")}</th>
          <td />
          <td data-num="">{t("meetings.of", { won: data.won, closed: data.closed })}</td>
          <td data-num="">{percent(rateOf(data))}</td>
        </tr>
      </tfoot>
    </FigureTable>
  );
}

const sheetOf = (data: MeetingsBlock, view: View): Sheet => {
  const [count, ratio] = [formatOf(view, "count"), formatOf(view, "ratio")];
  return {
    columns: [
      { name: t("meetings.column") },
      { name: t("meetings.won"), format: count },
      { name: t("meetings.closed"), format: count },
      { name: t("meetings.rate"), format: ratio },
      { name: t("meetings.low"), format: ratio },
      { name: t("meetings.high"), format: ratio },
    ],
    rows: [
      ...data.rows.map((row) => ({
        key: String(row.held),
        cells: [nameOf(row), row.won, row.closed, rateOf(row), row.low, row.high],
      })),
      {
        key: "total",
        cells: [t("meetings.all"), data.won, data.closed, rateOf(data), null, null],
        total: true,
      },
    ],
  };
};

/** Win rates by how many meetings were held before, with their intervals. */
export function Meetings({
  around,
  block,
}: {
  around: Around;
  block: Block<MeetingsBlock> | undefined;
}) {
  const { view } = around;
  const span = spanOf(view);
  return (
    <BlockFrame
      {...framed(around)}
      title={t("meetings.title")}
      subtitle={t("meetings.subtitle", { span })}
      block={block}
      span={4}
      height={220}
      file="meetings"
    >
      {(data) => {
        const axis = intervalAxis(data.rows.filter(({ closed }) => closed > 0));
        const percent = (value: number) => inTable(view, value, "ratio");
        return {
          table: <Table data={data} view={view} />,
          sheet: sheetOf(data, view),
          foot: t("meetings.foot", { from: percent(axis.from), to: percent(axis.to) }),
          ...(data.closed === 0
            ? { empty: <BlockEmpty>{t("meetings.empty", { span })}</BlockEmpty> }
            : {}),
        };
      }}
    </BlockFrame>
  );
}
