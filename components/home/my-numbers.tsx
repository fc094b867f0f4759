import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { SectionHead } from "@/components/ui/page-head";
import type { Numbers } from "@/lib/meetings/core/home-view";
import { formatMonth, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import classes from "./my-numbers.module.css";

function Figure({ label, value, before }: { label: string; value: number; before: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b>
        <span>{t("numbers.before", { count: before })}</span>
      </dd>
    </div>
  );
}

/** The reader's own figures: one sheet with hairlines. */
export function MyNumbers({
  numbers,
  reader,
  now,
}: {
  numbers: Numbers;
  reader: ScreenReader;
  now: Instant;
}) {
  return (
    <section className={classes.numbers} aria-labelledby="h-numbers">
      <SectionHead
        id="h-numbers"
        title={t("numbers.title")}
        hint={t("numbers.asOf", {
          month: formatMonth(now, reader),
          time: formatTime(now, reader),
        })}
      />
      <dl className={classes.sheet}>
        <Figure
          label={t("numbers.held")}
          value={numbers.meetingsHeld}
          before={numbers.meetingsHeldBefore}
        />
        <Figure
          label={t("numbers.booked")}
          value={numbers.bookedThroughLinks}
          before={numbers.bookedThroughLinksBefore}
        />
        <Figure
          label={t("numbers.noShows")}
          value={numbers.noShows}
          before={numbers.noShowsBefore}
        />
      </dl>
    </section>
  );
}
