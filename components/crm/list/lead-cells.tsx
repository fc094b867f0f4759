import type { ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import { Tag } from "@/components/ui/tag";
import type { LeadRow } from "@/lib/crm/core/lead-list";
import { formatMoney, formatMoneyShort } from "@/lib/crm/core/money";
import { formatPhone } from "@/lib/crm/core/phone";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { daysBetween } from "@/lib/time/offset";
import { dayWords, stepWords } from "../board/card-words";
import { countryName } from "../detail/fact-words";
import type { Column } from "./columns";
import classes from "./leads.module.css";
import { t } from "./list-text";

export type CellLook = {
  readonly reader: ScreenReader;
  readonly now: Instant;
  readonly today: CalendarDate;
  readonly currency: string;
};

const moment = (at: Instant, { reader }: CellLook): ReactNode => (
  <time dateTime={new Date(at).toISOString()}>{formatDateShort(at, reader)}</time>
);

function Stage({ row }: { row: LeadRow }) {
  if (row.status === "won") return <Tag tone="ok">{t("status.won")}</Tag>;
  if (row.status !== "open") return <Tag>{t(`status.${row.status}`)}</Tag>;
  return (
    <>
      {row.stage ?? t("kind.lead")}{" "}
      {row.rotDays === null ? null : (
        <span className={classes.warn}>{t("row.rotting", { days: row.rotDays })}</span>
      )}
    </>
  );
}

function Amount({ row, look }: { row: LeadRow; look: CellLook }) {
  const { amountMinor, currency, baseMinor } = row;
  const { locale } = look.reader;
  if (amountMinor === null) return <>{t("row.noAmount")}</>;
  const own = formatMoney({ minor: amountMinor, currency }, locale, "code");
  if (baseMinor === null)
    return (
      <>
        {own} <span className={classes.warn}>{t("row.noRate")}</span>
      </>
    );
  const short = formatMoneyShort({ minor: baseMinor, currency: look.currency }, locale);
  return <span title={own}>{short}</span>;
}

function Next({ row, look }: { row: LeadRow; look: CellLook }) {
  if (row.next === null)
    return row.status === "open" ? <span className={classes.warn}>{t("row.noStep")}</span> : null;
  const { what, when, lateDays } = stepWords(row.next, look.now, look.reader);
  return (
    <>
      <span className={classes.clip}>{what}</span>{" "}
      <span className={lateDays > 0 ? classes.late : classes.quiet}>{when}</span>
    </>
  );
}

function Expected({ row, look }: { row: LeadRow; look: CellLook }) {
  const { expectedClose, status } = row;
  if (expectedClose === null) return null;
  const late = status === "open" ? daysBetween(expectedClose, look.today) : 0;
  return (
    <>
      {dayWords(expectedClose, look.today, look.reader.locale)}
      {late > 0 ? <span className={classes.late}>{t("row.late", { days: late })}</span> : null}
    </>
  );
}

const CELLS: Readonly<Record<Column, (row: LeadRow, look: CellLook) => ReactNode>> = {
  stage: (row) => <Stage row={row} />,
  amount: (row, look) => <Amount row={row} look={look} />,
  owner: ({ owner }) =>
    owner === null ? (
      <span className={classes.quiet}>{t("row.nobody")}</span>
    ) : (
      <span className={classes.person}>
        <Avatar name={owner} />
        <span className={classes.clip}>{owner}</span>
      </span>
    ),
  next: (row, look) => <Next row={row} look={look} />,
  expected: (row, look) => <Expected row={row} look={look} />,
  source: ({ source }) => source,
  contact: ({ contactName }) => contactName,
  email: ({ email }) => email,
  phone: ({ phone }) => (phone === null ? null : formatPhone(phone)),
  team: ({ team }) => team,
  product: ({ product }) => product,
  country: ({ country }, { reader }) =>
    country === null ? null : countryName(country, reader.locale),
  industry: ({ industry }) => industry,
  probability: ({ probability, kind }) => (kind === "lead" ? null : `${probability} %`),
  tags: ({ tags }) => tags.map((tag) => <Tag key={tag}>{tag}</Tag>),
  created: (row, look) => moment(row.createdAt, look),
  updated: (row, look) => moment(row.updatedAt, look),
};

/** What a column shows of a row. */
export const cellOf = (column: Column, row: LeadRow, look: CellLook): ReactNode =>
  CELLS[column](row, look);
