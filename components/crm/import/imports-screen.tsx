import { IconFileImport } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import wide from "@/components/ui/wide-table.module.css";
import type { RunAnswer } from "@/lib/crm/core/import-answer";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { parseInstant } from "@/lib/time/instant";
import classes from "./import.module.css";
import { t } from "./import-text";
import { Upload } from "./upload";

const TONES: Readonly<Partial<Record<RunAnswer["state"], Tone>>> = {
  done: "ok",
  failed: "danger",
  running: "info",
  queued: "info",
  uploaded: "warn",
};

export function ImportState({ run: { state, dryRun } }: { run: RunAnswer }) {
  const word = state === "done" && dryRun ? "checked" : state;
  return <Tag tone={TONES[state] ?? "neutral"}>{t(`states.${word}`)}</Tag>;
}

function whenOf(iso: string, reader: ScreenReader): string {
  const moment = parseInstant(iso);
  if (moment === undefined) return "";
  return `${formatDateShort(moment, reader)} ${formatTime(moment, reader)}`;
}

function Run({ run, reader }: { run: RunAnswer; reader: ScreenReader }) {
  return (
    <tr>
      <th scope="row">
        <Link href={`/leads/import/${run.id}`}>{run.file}</Link>
      </th>
      <td>
        <ImportState run={run} />
      </td>
      <td data-unit="text">{whenOf(run.askedAt, reader)}</td>
      {[run.rows, run.created, run.updated, run.unchanged, run.failed].map((count, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: five columns that never move
        <td key={at} data-unit="count">
          {count.toLocaleString("en")}
        </td>
      ))}
    </tr>
  );
}

/** Files that were sent, and a place to send one. */
export function ImportsScreen({
  runs,
  reader,
}: {
  runs: readonly RunAnswer[];
  reader: ScreenReader;
}) {
  const heads = ["rows", "created", "updated", "unchanged", "failed"] as const;
  return (
    <div className={classes.screen}>
      <PageHead title={t("title")} context={t("context")} />
      <Upload />
      <div className={classes.part}>
        <SectionHead id="h-imports" title={t("list")} count={runs.length} />
        {runs.length === 0 ? (
          <Blank icon={<IconFileImport size={20} stroke={1.6} />} title={t("none")}>
            {t("noneWords")}
          </Blank>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          <section className={wide.wide} aria-labelledby="h-imports" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("columnsOf.file")}</th>
                  <th scope="col">{t("columnsOf.state")}</th>
                  <th scope="col">{t("columnsOf.when")}</th>
                  {heads.map((head) => (
                    <th key={head} scope="col" data-unit="count">
                      {t(`columnsOf.${head}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {runs.map((run) => (
                  <Run key={run.id} run={run} reader={reader} />
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </div>
  );
}
