import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { SectionHead } from "@/components/ui/page-head";
import { formatMonth, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import classes from "./my-numbers.module.css";

/** Counts of the reader's meetings in the month so far. */
export type NumbersView = {
  readonly meetingsHeld: number;
  readonly bookedThroughLinks: number;
  readonly noShows: number;
};

function Figure({ label, value, hint }: { label: string; value: number; hint?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b>
        {hint === undefined ? null : <span>{hint}</span>}
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
  numbers: NumbersView;
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
        <Figure label={t("numbers.held")} value={numbers.meetingsHeld} />
        <Figure label={t("numbers.booked")} value={numbers.bookedThroughLinks} />
        <Figure label={t("numbers.noShows")} value={numbers.noShows} />
      </dl>
    </section>
  );
}
