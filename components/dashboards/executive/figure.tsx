import Link from "next/link";
import type { ReactNode } from "react";
import { Rate } from "@/components/charts/figure-table";
import { figureText, reasonText } from "@/lib/dashboards/core/figure-text";
import type { Cell } from "@/lib/metrics/core/answer";
import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import type { Narrowing, View } from "./view";
import { hrefOf } from "./view";

type Props = {
  readonly view: View;
  readonly id: MetricId;
  readonly cell: Cell;
  readonly to?: Narrowing;
  /** False for rows that stand for several: nothing opens all of them together. */
  readonly linked?: boolean;
};

function Opened({
  view,
  id,
  to,
  linked = true,
  children,
}: Omit<Props, "cell"> & { children: ReactNode }) {
  if (!linked) return children;
  return (
    <Link href={hrefOf(view, id, to)} prefetch={false}>
      {children}
    </Link>
  );
}

/** A figure in a table, in full for who points at it; it opens the records behind it. Without one, why not. */
export function Figure({ cell, ...props }: Props) {
  const { view, id } = props;
  const { unit } = metricOf(id);
  const look = { currency: view.currency, locale: view.told.locale };
  if (cell.value === null) {
    return <span title={reasonText(cell.reason)}>{figureText(cell, unit, look)}</span>;
  }
  return (
    <Opened {...props}>
      <span title={figureText(cell, unit, look)}>
        {figureText(cell, unit, { ...look, short: true })}
      </span>
    </Opened>
  );
}

/** A share with how many stand behind it. */
export function Share({ cell, ...props }: Props) {
  if (cell.value === null) return <Figure cell={cell} {...props} />;
  return (
    <Opened {...props}>
      <Rate cell={cell} locale={props.view.told.locale} />
    </Opened>
  );
}
