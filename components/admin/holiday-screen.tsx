import { IconCalendarOff, IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import Form from "next/form";
import Link from "next/link";
import { Blank } from "@/components/ui/blank";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateLong } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { utcMidnight } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import type { Holiday, HolidayPreview } from "@/lib/workspace/core/holiday";
import { t } from "./admin-text";
import { AddHoliday, ImportHolidays } from "./holiday-forms";
import { HolidayRow } from "./holiday-row";
import classes from "./holidays.module.css";

/** A calendar day in words; it is the same day wherever it is read. */
const dayWords = (date: CalendarDate, locale: string): string =>
  formatDateLong(instantOf(utcMidnight(date)), { zone: UTC, locale });

function Years({ year }: { year: number }) {
  return (
    <nav className={classes.years} aria-label={t("holidays.year")}>
      <Link
        href={`/admin/holidays?year=${year - 1}`}
        aria-label={t("holidays.before", { year: String(year - 1) })}
      >
        <IconChevronLeft size={16} stroke={1.6} aria-hidden="true" />
      </Link>
      <b aria-current="page">{year}</b>
      <Link
        href={`/admin/holidays?year=${year + 1}`}
        aria-label={t("holidays.after", { year: String(year + 1) })}
      >
        <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
      </Link>
    </nav>
  );
}

function Choice({ year, preview }: { year: number; preview: HolidayPreview }) {
  const { countries, regions, country, region, years } = preview;
  return (
    <Form action="/admin/holidays" className={classes.choice} scroll={false}>
      <input type="hidden" name="year" value={year} />
      <label>
        <span>{t("holidays.country")}</span>
        <select name="country" defaultValue={country ?? ""} key={country}>
          <option value="">{t("holidays.chooseCountry")}</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {regions.length === 0 ? null : (
        <label>
          <span>{t("holidays.region")}</span>
          <select name="region" defaultValue={region ?? ""} key={`${country}-${region}`}>
            <option value="">{t("holidays.wholeCountry")}</option>
            {regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>{t("holidays.span")}</span>
        <select name="span" defaultValue={years.length} key={years.length}>
          {[1, 2, 3, 4, 5].map((span) => (
            <option key={span} value={span}>
              {span === 1 ? year : `${year}–${year + span - 1}`}
            </option>
          ))}
        </select>
      </label>
      <SubmitButton>{t("holidays.show")}</SubmitButton>
    </Form>
  );
}

/** The days on which nobody can be booked: a year's list, one by hand, and a country's. */
export function HolidayScreen({
  year,
  holidays,
  preview,
  locale,
}: {
  year: number;
  holidays: readonly Holiday[];
  preview: HolidayPreview;
  locale: string;
}) {
  const { country, found } = preview;
  return (
    <div className={classes.screen}>
      <PageHead title={t("holidays.title")} context={t("holidays.context")}>
        <Years year={year} />
      </PageHead>
      <section aria-label={t("holidays.list", { year: String(year) })}>
        {holidays.length === 0 ? (
          <Blank
            icon={<IconCalendarOff size={20} stroke={1.6} />}
            title={t("holidays.none", { year: String(year) })}
          >
            {t("holidays.noneWords")}
          </Blank>
        ) : (
          <ul className={classes.rows}>
            {holidays.map((holiday) => (
              <HolidayRow key={holiday.id} holiday={holiday} day={dayWords(holiday.date, locale)} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="h-add">
        <SectionHead id="h-add" title={t("holidays.addTitle")} />
        <AddHoliday year={year} key={year} />
      </section>
      <section aria-labelledby="h-import">
        <SectionHead id="h-import" title={t("holidays.importTitle")} />
        <p className={classes.words}>{t("holidays.importWords")}</p>
        <Choice year={year} preview={preview} />
        {country === undefined ? null : (
          <>
            <p className={classes.words} role="status">
              {t("holidays.preview", { count: found.length })}
            </p>
            <ImportHolidays
              key={found.map(({ date, known }) => `${date}${known}`).join()}
              country={country}
              offered={found.map(({ date, name, known }) => ({
                value: `${date} ${name}`,
                day: dayWords(date, locale),
                name,
                known,
              }))}
            />
          </>
        )}
      </section>
    </div>
  );
}
