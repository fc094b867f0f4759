import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { roughDurationText } from "@/components/ui/duration";
import type { LinkDetail } from "@/lib/links/core/link-view";
import type { LinkDay, LinkFigures, Period, StatisticsQuestion } from "@/lib/links/core/statistics";
import { PERIODS, STEPS, shareOf } from "@/lib/links/core/statistics";
import { formatDateShort } from "@/lib/time/format";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import editor from "./editor.module.css";
import type { LinkNumbers } from "./link-head";
import { LinkHead } from "./link-head";
import classes from "./statistics.module.css";
import { StepChart } from "./step-chart";
import { words } from "./words";

const addressOf = (id: string, asked: StatisticsQuestion, change: Partial<StatisticsQuestion>) => {
  const { period, step } = { ...asked, ...change };
  const params = new URLSearchParams({ period, ...(step === undefined ? {} : { step }) });
  return `/links/${id}/statistics?${params}`;
};

/** The meetings behind a number: this link's, booked in this period. */
const rowsOf = (id: string, { from, to }: Period, outcome: "all" | "cancelled" | "no-show") => {
  const params = new URLSearchParams({ tab: "all", link: id, bookedFrom: from, bookedTo: to });
  if (outcome !== "all") params.set("outcome", outcome);
  return `/meetings?${params}`;
};

const percent = (share: number | null): string =>
  share === null ? words("statistics.none") : `${share} %`;

function Figures({ id, period, total }: { id: string; period: Period; total: LinkFigures }) {
  const { views, starts, bookings, cancelled, noShows, past, leadMinutes } = total;
  const figures = [
    { name: "views", value: String(views), help: words("statistics.viewsHelp"), href: "#table" },
    {
      name: "starts",
      value: String(starts),
      help: words("statistics.startsHelp", { share: percent(shareOf(starts, views)) }),
      href: "#table",
    },
    {
      name: "bookings",
      value: String(bookings),
      help: words("statistics.rows"),
      href: rowsOf(id, period, "all"),
    },
    {
      name: "conversion",
      value: percent(shareOf(bookings, views)),
      help: words("statistics.conversionHelp", { bookings, views }),
      href: rowsOf(id, period, "all"),
    },
    {
      name: "lead",
      value: leadMinutes === null ? words("statistics.none") : roughDurationText(leadMinutes),
      help: words("statistics.leadHelp"),
      href: rowsOf(id, period, "all"),
    },
    {
      name: "cancelled",
      value: String(cancelled),
      help: words("statistics.cancelledHelp", { share: percent(shareOf(cancelled, bookings)) }),
      href: rowsOf(id, period, "cancelled"),
    },
    {
      name: "noShows",
      value: String(noShows),
      help: words("statistics.noShowsHelp", { share: percent(shareOf(noShows, past)), past }),
      href: rowsOf(id, period, "no-show"),
    },
  ] as const;
  return (
    <ul className={classes.figures}>
      {figures.map(({ name, value, help, href }) => (
        <li key={name}>
          <Link href={href}>
            <span>{words(`statistics.${name}`)}</span>
            <b>{value}</b>
            <small>{help}</small>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Table({
  steps,
  period,
  dateText,
}: {
  steps: readonly LinkDay[];
  period: Period;
  dateText: (day: LinkDay) => string;
}) {
  const columns = ["views", "starts", "bookings", "cancelled", "noShows"] as const;
  return (
    <table className={classes.table}>
      <caption>{words("statistics.table")}</caption>
      <thead>
        <tr>
          <th scope="col">{words("statistics.columnDate", { step: period.step })}</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {words(`statistics.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...steps].reverse().map((day) => (
          <tr key={day.date}>
            <th scope="row">{dateText(day)}</th>
            {columns.map((name) => (
              <td key={name}>{day[name]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a link did in a period: figures, a chart, and the same as a table. */
export function StatisticsScreen({
  link,
  asked,
  period,
  zone,
  total,
  steps,
  appUrl,
  numbers,
  reader,
}: {
  link: LinkDetail;
  asked: StatisticsQuestion;
  period: Period;
  zone: TimeZone;
  total: LinkFigures;
  steps: readonly LinkDay[];
  appUrl: string;
  numbers: LinkNumbers;
  reader: ScreenReader;
}) {
  const there = { ...reader, zone };
  const noon = (date: LinkDay["date"]) => instantOf(startOfDay(date, zone) + DAY_MS / 2);
  const dateText = (day: LinkDay) => formatDateShort(noon(day.date), there);
  const nothing = total.views === 0 && total.starts === 0 && total.bookings === 0;
  return (
    <div className={editor.page}>
      <LinkHead
        id={link.id}
        name={link.draft.name}
        token={link.draft.token}
        appUrl={appUrl}
        state={link.state}
        numbers={numbers}
      />
      <div className={classes.bar}>
        <p>
          {words("statistics.context", {
            from: formatDateShort(noon(period.from), there),
            to: formatDateShort(noon(period.to), there),
            zone: zoneCity(zone),
          })}
        </p>
        <nav aria-label={words("statistics.periods")}>
          {PERIODS.map((days) => (
            <Link
              key={days}
              href={addressOf(link.id, asked, { period: days, step: undefined })}
              aria-current={days === asked.period ? "true" : undefined}
            >
              {words(`statistics.period.${days}`)}
            </Link>
          ))}
        </nav>
        <nav aria-label={words("statistics.steps")}>
          {STEPS.map((step) => (
            <Link
              key={step}
              href={addressOf(link.id, asked, { step })}
              aria-current={step === period.step ? "true" : undefined}
            >
              {words(`statistics.step.${step}`)}
            </Link>
          ))}
        </nav>
      </div>
      <Figures id={link.id} period={period} total={total} />
      {nothing ? (
        <Blank title={words("statistics.nothing")}>{words("statistics.nothingWhy")}</Blank>
      ) : (
        <>
          <StepChart steps={steps} step={period.step} dateText={dateText} />
          <section
            id="table"
            className={classes.scroll}
            aria-label={words("statistics.table")}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a phone, it is scrolled by the arrow keys.
            tabIndex={0}
          >
            <Table steps={steps} period={period} dateText={dateText} />
          </section>
        </>
      )}
    </div>
  );
}
