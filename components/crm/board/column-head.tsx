import { IconChevronLeft, IconPlus } from "@tabler/icons-react";
import type { BoardCard, BoardColumn } from "@/lib/crm/core/board";
import { rollUp } from "@/lib/crm/core/forecast-rollup";
import { formatMoneyShort, fromParts } from "@/lib/crm/core/money";
import { t } from "./board-text";
import classes from "./column.module.css";

type Shown = { readonly currency: string; readonly locale: string };

const short = (minor: number, { currency, locale }: Shown) =>
  formatMoneyShort({ minor, currency }, locale);

/** What is in no sum, said beside it. */
function Missing({ column: { sums } }: { column: BoardColumn }) {
  const parts = [
    sums.withoutRate > 0 ? t("column.noRate", { count: sums.withoutRate }) : null,
    sums.withoutAmount > 0 ? t("column.noAmount", { count: sums.withoutAmount }) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : <p className={classes.missing}>{parts.join(" · ")}</p>;
}

function Rollup({ column, shown }: { column: BoardColumn; shown: Shown }) {
  if (column.categories === null) return null;
  const { by, commitForecast, bestCaseForecast, openPipeline } = rollUp(column.categories);
  const rows = [
    ["closed", by.closed],
    ["commit", commitForecast],
    ["best_case", bestCaseForecast],
    ["pipeline", openPipeline],
  ] as const;
  return (
    <dl className={classes.rollup}>
      {rows.map(([name, line]) => (
        <div key={name} title={t(`rollupHelp.${name}`)}>
          <dt>{t(`rollup.${name}`)}</dt>
          <dd>{short(line.minor, shown)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A column's name, how many deals it has, what they come to, and what that is worth at its probability. */
export function ColumnHead({
  column,
  title,
  shown,
  arriving,
  onAdd,
  onFold,
}: {
  column: BoardColumn;
  title: string;
  shown: Shown;
  /** A card that would be put here. */
  arriving: BoardCard | undefined;
  onAdd: (() => void) | undefined;
  onFold: () => void;
}) {
  const { sums, probability, exitCriteria } = column;
  return (
    <header className={classes.head}>
      <div className={classes.name}>
        <h2 id={`column-${column.key}`}>
          <span
            className="clip"
            title={exitCriteria === null ? undefined : t("column.criteria", { text: exitCriteria })}
          >
            {title}
          </span>
          <span className={classes.count}>
            <span aria-hidden="true">{sums.deals.toLocaleString(shown.locale)}</span>
            <span className="sr-only">, {t("column.deals", { count: sums.deals })}</span>
          </span>
        </h2>
        <button
          type="button"
          className={classes.fold}
          aria-label={t("column.fold", { column: title })}
          title={t("column.fold", { column: title })}
          onClick={onFold}
        >
          <IconChevronLeft size={14} stroke={1.6} aria-hidden="true" />
        </button>
        {onAdd === undefined ? null : (
          <button
            type="button"
            className={classes.add}
            data-add={column.key}
            aria-label={t("column.add", { column: title })}
            title={t("column.add", { column: title })}
            onClick={onAdd}
          >
            <IconPlus size={16} stroke={1.6} aria-hidden="true" />
          </button>
        )}
      </div>
      <p className={classes.sum}>
        <b>{short(sums.baseMinor, shown)}</b>
        {arriving === undefined ? null : (
          <span className={classes.arriving}> + {short(arriving.baseMinor ?? 0, shown)}</span>
        )}
        {probability === null || arriving !== undefined ? null : (
          <span>
            {" "}
            {t("column.weighted", {
              percent: probability,
              sum: short(fromParts(sums.weightedParts), shown),
            })}
          </span>
        )}
        {probability === null && arriving === undefined ? (
          <span> → {short(fromParts(sums.weightedParts), shown)}</span>
        ) : null}
      </p>
      <Missing column={column} />
      <Rollup column={column} shown={shown} />
    </header>
  );
}

/** A folded column: its name along its side, with what it holds. */
export function FoldedColumn({
  column,
  title,
  shown,
  over,
  onUnfold,
}: {
  column: BoardColumn;
  title: string;
  shown: Shown;
  over: boolean;
  onUnfold: () => void;
}) {
  return (
    <section
      className={classes.folded}
      data-column={column.key}
      data-over={over || undefined}
      aria-label={title}
    >
      <button type="button" aria-label={t("column.unfold", { column: title })} onClick={onUnfold}>
        <b>{column.sums.deals.toLocaleString(shown.locale)}</b>
        <b>{title}</b>
        <span>{short(column.sums.baseMinor, shown)}</span>
      </button>
    </section>
  );
}
