import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import type { CalendarRow } from "@/lib/calendars/core/external-calendar";
import type { Instant } from "@/lib/time/instant";
import classes from "./calendars.module.css";
import { t } from "./calendars-text";
import { readWords, whenWords } from "./read-words";

const PAGE = "/settings/calendars";

/** Beside somebody's hours: which other calendars count, and as of when they are known. */
export function ElsewhereNote({
  calendars,
  now,
  reader,
}: {
  calendars: readonly CalendarRow[];
  now: Instant;
  reader: ScreenReader;
}) {
  const rows = calendars
    .filter(({ blocks }) => blocks)
    .map((row) => ({ row, ...readWords(row, now, reader) }));
  return (
    <section className={classes.note} aria-labelledby="h-elsewhere">
      <SectionHead id="h-elsewhere" title={t("elsewhere.title")}>
        {rows.length === 0 ? null : <Link href={PAGE}>{t("elsewhere.settings")}</Link>}
      </SectionHead>
      {rows.length === 0 ? (
        <p className={classes.words}>
          {t("elsewhere.none")}
          <Link href={PAGE}>{t("elsewhere.add")}</Link>
        </p>
      ) : (
        <ul>
          {rows.map(({ row, words, warn }) => (
            <li key={row.id}>
              <b>{row.name}</b>{" "}
              <span
                data-warn={warn || undefined}
                title={row.readAt === null ? undefined : whenWords(row.readAt, reader)}
              >
                {words}
              </span>
            </li>
          ))}
        </ul>
      )}
      {rows.some(({ warn }) => warn) ? (
        <p className={classes.words}>{t("elsewhere.stale")}</p>
      ) : null}
    </section>
  );
}
