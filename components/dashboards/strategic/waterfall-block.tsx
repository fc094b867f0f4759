import { Waterfall } from "@/components/charts/waterfall";
import type { FallStep } from "@/components/charts/waterfall-steps";
import { fallSheet } from "@/components/charts/waterfall-steps";
import { BlockFrame } from "@/components/dashboards/block-frame";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, inTable, spanOf } from "@/components/dashboards/executive/view";
import type { Block } from "@/lib/dashboards/core/batch";
import { dayWords } from "@/lib/dashboards/core/span-words";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { Waterfall as Fall } from "@/lib/dashboards/core/waterfall";
import { addDays } from "@/lib/time/offset";
import type { Around } from "./view";
import { framed, hrefOfDeals } from "./view";

/** Won leaves the pipeline, and is a gain all the same. */
const TONES: Readonly<Record<string, "gain" | "loss">> = { won: "gain", removed: "loss" };

function stepsOf({ bars }: Fall, { view, state }: Around): readonly FallStep[] {
  const ends: Readonly<Record<string, string>> = {
    start: t("fall.start", { day: dayWords(view.period.from, view.told) }),
    end: t("fall.end", { day: dayWords(addDays(view.period.to, -1), view.told) }),
  };
  return bars.map(({ bar, minor, deals }) => {
    const tone = TONES[bar];
    return {
      key: bar,
      name: bar === "start" || bar === "end" ? (ends[bar] ?? bar) : t(`fall.bar.${bar}`),
      value: minor,
      kind: bar === "start" || bar === "end" ? "end" : "change",
      ...(tone === undefined ? {} : { tone }),
      ...(deals === 0 ? {} : { href: hrefOfDeals(state, bar) }),
    };
  });
}

function sentenceOf({ bars }: Fall, view: View): string {
  const [start, end] = [bars[0], bars.at(-1)];
  const list = bars
    .slice(1, -1)
    .filter(({ minor }) => minor !== 0)
    .map(
      ({ bar, minor }) =>
        `${t(`fall.bar.${bar === "start" || bar === "end" ? "created" : bar}`)} ${inTable(view, minor, "money")}`,
    );
  return t("fall.sentence", {
    from: inTable(view, start?.minor ?? 0, "money"),
    to: inTable(view, end?.minor ?? 0, "money"),
    list: list.join(", "),
  });
}

/** What moved the open pipeline between the range's first day and now. */
export function WaterfallBlock({
  around,
  block,
}: {
  around: Around;
  block: Block<Fall> | undefined;
}) {
  const { view } = around;
  const format = formatOf(view, "money");
  return (
    <BlockFrame
      {...framed(around)}
      title={t("fall.title")}
      block={block}
      span={7}
      height={250}
      file="pipeline-changes"
    >
      {(data) => {
        const steps = stepsOf(data, around);
        return {
          subtitle: t("fall.subtitle", {
            span: spanOf(view),
            rest: inTable(view, data.residual, "money"),
          }),
          chart: <Waterfall label={sentenceOf(data, view)} steps={steps} format={format} />,
          sheet: fallSheet(steps, format),
        };
      }}
    </BlockFrame>
  );
}
