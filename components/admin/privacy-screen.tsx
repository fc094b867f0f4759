import type { ScreenReader } from "@/components/shell/viewer";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { ErasureEntry } from "@/lib/privacy/core/erasure-entry";
import type { RetentionPlan } from "@/lib/privacy/core/retention-plan";
import { formatDateLong, formatTime } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { t } from "./admin-text";
import { GuestSearch } from "./guest-search";
import classes from "./privacy.module.css";
import { RetentionPart } from "./retention-part";

function Done({ entry, reader }: { entry: ErasureEntry; reader: ScreenReader }) {
  const { guests = 0, meetings = 0, mails = 0 } = entry.counts;
  return (
    <li>
      <time dateTime={toIso(entry.at)}>
        {formatDateLong(entry.at, reader)}, {formatTime(entry.at, reader)}
      </time>
      <b>{t(entry.reason === "request" ? "privacy.doneRequest" : "privacy.doneRetention")}</b>
      <span>
        {t("privacy.doneCounts", { guests, meetings, mails })}
        {entry.byName === null ? "" : ` · ${t("privacy.doneBy", { name: entry.byName })}`}
      </span>
    </li>
  );
}

/** A guest's data looked up, given out and erased; what age removes; what was removed. */
export function PrivacyScreen({
  erasures,
  plan,
  reader,
}: {
  erasures: readonly ErasureEntry[];
  plan: RetentionPlan | undefined;
  reader: ScreenReader;
}) {
  return (
    <div className={classes.screen}>
      <PageHead title={t("privacy.title")} context={t("privacy.context")} />
      <GuestSearch reader={reader} />
      <RetentionPart plan={plan} reader={reader} />
      <section className={classes.part} aria-labelledby="h-done">
        <SectionHead id="h-done" title={t("privacy.doneTitle")} />
        {erasures.length === 0 ? (
          <p className={classes.words}>{t("privacy.doneNone")}</p>
        ) : (
          <ul className={classes.done}>
            {erasures.map((entry) => (
              <Done key={entry.id} entry={entry} reader={reader} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
