import { IconChecklist } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { ActivityRow } from "@/lib/crm/core/activity";
import { t } from "@/lib/crm/core/activity-text";
import type { MyDay } from "@/lib/crm/core/my-day";
import { DAY_PARTS } from "@/lib/crm/core/my-day";
import { DayKeys } from "./day-keys";
import { DayRow } from "./day-row";
import classes from "./day-screen.module.css";

function titleOf({ whose, personName }: MyDay): string {
  if (personName !== null) return t("page.titleOf", { name: personName });
  return whose.kind === "everybody" ? t("page.titleAll") : t("page.title");
}

function Whose({ whose }: Pick<MyDay, "whose">) {
  const current = (kind: MyDay["whose"]["kind"]) => (whose.kind === kind ? "page" : undefined);
  return (
    <nav className={classes.whose} aria-label={t("page.whose")}>
      <Link href="/activities" aria-current={current("mine")}>
        {t("page.mine")}
      </Link>
      <Link href="/activities?who=all" aria-current={current("everybody")}>
        {t("page.everybody")}
      </Link>
    </nav>
  );
}

/** What is overdue, due today and in the days after, and what was done: each ticked off or put to another time here. */
export function DayScreen({ day, reader }: { day: MyDay; reader: ScreenReader }) {
  const { parts, done, now, whose } = day;
  const own = whose.kind !== "everybody";
  const list = (rows: readonly ActivityRow[]) => (
    <ul className={classes.list}>
      {rows.map((activity) => (
        // A version is part of it, so that what is typed into another time begins anew.
        <DayRow
          key={`${activity.id}/${activity.version}`}
          activity={activity}
          reader={reader}
          now={now}
          own={own}
        />
      ))}
    </ul>
  );
  const nothing = DAY_PARTS.every((part) => parts[part].length === 0) && done.length === 0;
  const context = t("page.context", {
    overdue: parts.overdue.length,
    today: parts.today.length,
    scope: day.scope,
  });
  return (
    <div className={classes.day}>
      <PageHead title={titleOf(day)} context={context}>
        {day.mayLookAround ? <Whose whose={whose} /> : null}
      </PageHead>
      {nothing ? (
        <Blank
          icon={<IconChecklist size={20} stroke={1.6} />}
          title={t("page.none")}
          action={<ButtonLink href="/pipeline">{t("page.pipeline")}</ButtonLink>}
        >
          {t("page.noneWhy")}
        </Blank>
      ) : (
        DAY_PARTS.filter((part) => part === "today" || parts[part].length > 0).map((part) => (
          <section key={part} aria-labelledby={`h-${part}`}>
            <SectionHead id={`h-${part}`} title={t(`page.${part}`)} count={parts[part].length} />
            {parts[part].length === 0 ? (
              <p className={classes.none}>{t("page.noneToday")}</p>
            ) : (
              list(parts[part])
            )}
          </section>
        ))
      )}
      {day.more ? <p className={classes.none}>{t("page.more", { count: 300 })}</p> : null}
      {done.length === 0 ? null : (
        <section aria-labelledby="h-done">
          <SectionHead id="h-done" title={t("page.done")} count={done.length} />
          {list(done)}
        </section>
      )}
      <p className={classes.keys}>{t("page.keys")}</p>
      <DayKeys />
    </div>
  );
}
