"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconTarget } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import type { Measure, TargetRow } from "@/lib/crm/core/target";
import { elapsedShare } from "@/lib/crm/core/target";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatMonth } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { utcMidnight } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import { CopyMenu, copied } from "./copy-menu";
import { TargetGrid } from "./target-grid";
import { shareTold } from "./target-words";
import classes from "./targets.module.css";
import { t } from "./targets-text";
import { useTargets } from "./use-targets";

export type TargetsProps = {
  readonly year: number;
  readonly months: readonly CalendarDate[];
  readonly currency: string;
  readonly today: CalendarDate;
  readonly rows: readonly TargetRow[];
  readonly mayChange: boolean;
  readonly scope: "own" | "team" | "all";
  readonly measure: Measure;
  readonly locale: string;
};

const addressOf = (year: number, measure: Measure): string =>
  measure === "amount" ? `/targets?year=${year}` : `/targets?year=${year}&measure=deals`;

const nameOf = (month: CalendarDate, locale: string): string =>
  formatMonth(instantOf(utcMidnight(month)), { zone: UTC, locale });

/** The year stands above the table; only months of the next calendar year name theirs. */
const inYear = (name: string, year: number): string => name.replace(` ${year}`, "");

function Years({ year, measure }: { year: number; measure: Measure }) {
  const step = (to: number, words: "before" | "after") => (
    <Link href={addressOf(to, measure)} aria-label={t(words, { year: String(to) })}>
      {words === "before" ? (
        <IconChevronLeft size={16} stroke={1.6} aria-hidden="true" />
      ) : (
        <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
      )}
    </Link>
  );
  return (
    <nav className={classes.years} aria-label={t("years")}>
      {step(year - 1, "before")}
      <b aria-current="page">{year}</b>
      {step(year + 1, "after")}
    </nav>
  );
}

/** What was promised for each month of a business year, what was won towards it, and the grid to set it. */
export function TargetsScreen(props: TargetsProps) {
  const { year, months, currency, today, rows, mayChange, scope, measure, locale } = props;
  const router = useRouter();
  const { cells, said, save, say } = useTargets(rows);
  const teller = { measure, currency, locale };
  const now = months.find(
    (month) => elapsedShare(month, today) > 0 && month.slice(0, 7) === today.slice(0, 7),
  );
  const about = { currency, scope: t(`scopes.${scope}`) };
  const context =
    now === undefined
      ? t("contextPlain", about)
      : t("context", { ...about, share: shareTold(elapsedShare(now, today), locale) });
  return (
    <div className={classes.screen}>
      <PageHead title={t("title")} context={context}>
        <Years year={year} measure={measure} />
      </PageHead>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t("measure")}
          value={measure}
          data={[
            { value: "amount", label: t("amount") },
            { value: "deals", label: t("deals") },
          ]}
          onChange={(value) => router.replace(addressOf(year, value as Measure), { scroll: false })}
        />
        <span className={classes.acts}>
          {mayChange && rows.length > 0 ? (
            <CopyMenu
              months={months}
              nameOf={(month) => nameOf(month, locale)}
              onCopy={(of, back) => {
                const changes = copied(rows, of, cells, { back, measure });
                if (changes.length === 0) say({ tone: "ok", words: t("nothingToCopy") });
                else save(changes, (count) => t("copied", { count }));
              }}
            />
          ) : null}
          <ButtonLink href={`/api/v1/targets?year=${year}&format=csv`} external>
            {t("export")}
          </ButtonLink>
        </span>
      </div>
      <div className={classes.said} role="status" data-tone={said?.tone}>
        {said === undefined ? null : (
          <>
            <span>{said.words}</span>
            {said.undo === undefined ? null : (
              <Button size="xs" variant="subtle" onClick={said.undo}>
                {t("undo")}
              </Button>
            )}
          </>
        )}
      </div>
      {rows.length === 0 ? (
        <Blank icon={<IconTarget size={20} stroke={1.6} />} title={t("none")}>
          {t(mayChange ? "noneWords" : "noneReader")}
        </Blank>
      ) : (
        <TargetGrid
          rows={rows}
          months={months}
          monthNames={months.map((month) => inYear(nameOf(month, locale), year))}
          year={year}
          today={today}
          cells={cells}
          teller={teller}
          onChange={
            mayChange ? (changes) => save(changes, (count) => t("saved", { count })) : undefined
          }
          onSay={say}
        />
      )}
      {mayChange && rows.length > 0 ? <p className={classes.keys}>{t("keys")}</p> : null}
    </div>
  );
}
