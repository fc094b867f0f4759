import Link from "next/link";
import { barWords, HBar } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, hrefOf, inTable, spanOf } from "@/components/dashboards/executive/view";
import type { Block } from "@/lib/dashboards/core/batch";
import type { FunnelBlock, FunnelStep } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { Around } from "./view";
import { framed } from "./view";

/** Of those in the stage before; the first has none. */
const goneOn = (steps: readonly FunnelStep[], at: number): number | null => {
  const [before, now] = [steps[at - 1], steps[at]];
  return before === undefined || now === undefined || before.reached === 0
    ? null
    : now.reached / before.reached;
};

const ofAll = (steps: readonly FunnelStep[], at: number): number | null => {
  const all = steps[0]?.reached ?? 0;
  return all === 0 ? null : (steps[at]?.reached ?? 0) / all;
};

function Table({ data, view }: { data: FunnelBlock; view: View }) {
  const { steps } = data;
  return (
    <FigureTable label={t("funnel.title")}>
      <thead>
        <tr>
          <th scope="col">{t("funnel.stage")}</th>
          <th scope="col" data-bar="">
            <span className="sr-only">{t("funnel.bar")}</span>
          </th>
          <th scope="col" data-num="">
            {t("funnel.reached")}
          </th>
          <th scope="col" data-num="">
            {t("funnel.on")}
          </th>
          <th scope="col" data-num="" data-wide="">
            {t("funnel.ofAll")}
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, at) => (
          <tr key={step.key ?? "won"}>
            <th scope="row" data-clip="">
              {step.key === null ? (
                step.name
              ) : (
                <Link
                  href={hrefOf(view, "stage_conversion", { by: "stage", key: step.key })}
                  prefetch={false}
                >
                  {step.name}
                </Link>
              )}
            </th>
            <td data-bar="">
              <HBar
                value={step.reached}
                most={steps[0]?.reached ?? 1}
                label={barWords.bar(step.name, inTable(view, step.reached, "count"))}
              />
            </td>
            <td data-num="">{inTable(view, step.reached, "count")}</td>
            <td data-num="">{at === 0 ? "" : inTable(view, goneOn(steps, at), "ratio")}</td>
            <td data-num="" data-quiet="" data-wide="">
              {inTable(view, ofAll(steps, at), "ratio")}
            </td>
          </tr>
        ))}
      </tbody>
    </FigureTable>
  );
}

const sheetOf = ({ steps }: FunnelBlock, view: View): Sheet => {
  const ratio = formatOf(view, "ratio");
  return {
    columns: [
      { name: t("funnel.stage") },
      { name: t("funnel.reached"), format: formatOf(view, "count") },
      { name: t("funnel.on"), format: ratio },
      { name: t("funnel.ofAll"), format: ratio },
    ],
    rows: steps.map((step, at) => ({
      key: step.key ?? "won",
      cells: [step.name, step.reached, goneOn(steps, at), ofAll(steps, at)],
    })),
  };
};

/** How far the deals that became opportunities in the range ever came. */
export function Funnel({
  around,
  block,
}: {
  around: Around;
  block: Block<FunnelBlock> | undefined;
}) {
  const { view } = around;
  const span = spanOf(view);
  return (
    <BlockFrame
      {...framed(around)}
      title={t("funnel.title")}
      block={block}
      span={6}
      height={220}
      file="stage-conversion"
    >
      {(data) => ({
        subtitle: t("funnel.subtitle", { span, pipeline: data.pipeline ?? "" }),
        table: <Table data={data} view={view} />,
        sheet: sheetOf(data, view),
        foot: t("funnel.foot"),
        ...((data.steps[0]?.reached ?? 0) === 0
          ? { empty: <BlockEmpty>{t("funnel.empty", { span })}</BlockEmpty> }
          : {}),
      })}
    </BlockFrame>
  );
}
