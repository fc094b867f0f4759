import Link from "next/link";
import { DayRow } from "@/components/crm/activities/day-row";
import day from "@/components/crm/activities/day-screen.module.css";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import type { ActivityRow } from "@/lib/crm/core/activity";
import { t } from "@/lib/crm/core/activity-text";
import type { Instant } from "@/lib/time/instant";

/** Somebody's activities of today and those that are late, beside their meetings. */
export function SalesToday({
  due,
  reader,
  now,
}: {
  due: readonly ActivityRow[];
  reader: ScreenReader;
  now: Instant;
}) {
  return (
    <section aria-labelledby="h-activities">
      <SectionHead id="h-activities" title={t("page.homeTitle")} count={due.length}>
        <Link href="/activities">{t("page.homeAll")}</Link>
      </SectionHead>
      {due.length === 0 ? (
        <p className={day.none}>{t("page.homeNone")}</p>
      ) : (
        <ul className={day.list}>
          {due.map((activity) => (
            <DayRow
              key={`${activity.id}/${activity.version}`}
              activity={activity}
              reader={reader}
              now={now}
              own
            />
          ))}
        </ul>
      )}
    </section>
  );
}
