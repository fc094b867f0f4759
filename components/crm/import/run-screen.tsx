"use client";

import { Button, Progress } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import wide from "@/components/ui/wide-table.module.css";
import { beginImportAction, reviseImportAction } from "@/lib/crm/actions/import";
import type { IssueLine, RunAnswer } from "@/lib/crm/core/import-answer";
import type { ImportAnswer } from "@/lib/crm/core/import-input";
import { isImportCode } from "@/lib/crm/core/import-issue";
import type { ImportMapping } from "@/lib/crm/core/import-mapping";
import type { IssueCount } from "@/lib/crm/core/import-run";
import classes from "./import.module.css";
import { t } from "./import-text";

const POLL_MS = 1_000;

const isBusy = ({ state }: RunAnswer): boolean => state === "queued" || state === "running";

/** A run that goes on, asked for until it has ended; then the page is loaded anew, with what there is to say. */
function useRun(given: RunAnswer): RunAnswer {
  const router = useRouter();
  const [run, setRun] = useState(given);
  const busy = isBusy(run);
  useEffect(() => {
    if (!busy) return;
    const gone = new AbortController();
    const timer = setInterval(() => {
      fetch(`/api/v1/leads/import/${given.id}`, { signal: gone.signal })
        .then(async (answer) => {
          if (!answer.ok) return;
          const now = (await answer.json()) as RunAnswer;
          setRun(now);
          if (!isBusy(now)) router.refresh();
        })
        .catch(() => undefined);
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      gone.abort();
    };
  }, [busy, given.id, router]);
  return busy ? run : given;
}

function titleOf({ state, dryRun, file }: RunAnswer): string {
  const name = { name: file };
  if (state === "failed") return t("run.failed", name);
  if (state === "done") return dryRun ? t("run.checked", name) : t("run.imported", name);
  return dryRun ? t("run.checking", name) : t("run.importing", name);
}

const FIGURES = ["rows", "created", "updated", "unchanged", "failed", "corrected"] as const;

function Figures({ run }: { run: RunAnswer }) {
  return (
    <dl className={classes.figures}>
      {FIGURES.map((figure) => (
        <div key={figure}>
          <dt>{t(`columnsOf.${figure}`)}</dt>
          <dd>{run[figure].toLocaleString("en")}</dd>
        </div>
      ))}
    </dl>
  );
}

const TONES: Readonly<Record<IssueLine["severity"], Tone>> = {
  error: "danger",
  corrected: "info",
  warning: "neutral",
};

function Severity({ of }: { of: IssueLine["severity"] }) {
  return <Tag tone={TONES[of]}>{t(`run.severities.${of}`)}</Tag>;
}

function Issues({
  run,
  counts,
  issues,
}: {
  run: RunAnswer;
  counts: readonly IssueCount[];
  issues: readonly IssueLine[];
}) {
  if (counts.length === 0) return <p className={classes.help}>{t("run.noIssues")}</p>;
  const first = t("run.first", { count: issues.length });
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={wide.wide} aria-labelledby="h-issues" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("run.kind")}</th>
              <th scope="col">{t("run.message")}</th>
              <th scope="col" data-unit="count">
                {t("run.count")}
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map(({ severity, code, count }) => (
              <tr key={`${severity}/${code}`}>
                <td>
                  <Severity of={severity} />
                </td>
                <th scope="row">{isImportCode(code) ? t(`codes.${code}`) : code}</th>
                <td data-unit="count">{count.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <h2>{first}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={wide.wide} aria-label={first} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("run.row")}</th>
              <th scope="col">{t("run.kind")}</th>
              <th scope="col">{t("run.column")}</th>
              <th scope="col">{t("run.message")}</th>
              <th scope="col">{t("run.value")}</th>
            </tr>
          </thead>
          <tbody>
            {issues.map((issue) => (
              <tr key={issue.key}>
                <th scope="row">
                  {issue.file === null ? issue.row : `${issue.file}, ${issue.row}`}
                </th>
                <td>
                  <Severity of={issue.severity} />
                </td>
                <td>{issue.column}</td>
                <td className={classes.cell}>{issue.message}</td>
                <td className={classes.cell}>{issue.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={classes.acts}>
        <Button component="a" href={`/api/v1/leads/import/${run.id}/issues`} download>
          {t("run.download")}
        </Button>
      </div>
    </>
  );
}

function Acts({ run, mapping }: { run: RunAnswer; mapping: ImportMapping }) {
  const router = useRouter();
  const [trouble, setTrouble] = useState<string>();
  const [pending, start] = useTransition();
  const ask = (action: (form: FormData) => Promise<ImportAnswer>, payload: object) =>
    start(async () => {
      const form = new FormData();
      form.set("payload", JSON.stringify(payload));
      const answer = await action(form).catch(() => undefined);
      if (answer?.status === "done") router.push(`/leads/import/${answer.id}`);
      else setTrouble(answer?.status === "refused" ? answer.message : t("run.unreached"));
    });
  const isHere = run.dryRun || run.state === "failed";
  const good = run.created + run.updated;
  const name = run.mapping ?? run.file;
  return (
    <>
      <p role="alert" className={classes.trouble}>
        {trouble}
      </p>
      <div className={classes.acts}>
        {run.state === "done" && run.dryRun ? (
          <Button
            variant="filled"
            loading={pending}
            onClick={() => ask(beginImportAction, { id: run.id, mapping, name, dryRun: false })}
          >
            {good === 0 ? t("run.importAnyway") : t("run.importNow", { count: good })}
          </Button>
        ) : null}
        {run.state === "done" && !run.dryRun ? (
          <ButtonLink href="/leads" variant="filled">
            {t("run.open")}
          </ButtonLink>
        ) : null}
        {isHere ? (
          <Button loading={pending} onClick={() => ask(reviseImportAction, { id: run.id })}>
            {t("run.revise")}
          </Button>
        ) : null}
        <ButtonLink href="/leads/import" variant="subtle">
          {t("back")}
        </ButtonLink>
      </div>
    </>
  );
}

/** An import or its check: how far it is, and what it came to. */
export function RunScreen({
  run: given,
  mapping,
  counts,
  issues,
}: {
  run: RunAnswer;
  mapping: ImportMapping;
  counts: readonly IssueCount[];
  issues: readonly IssueLine[];
}) {
  const run = useRun(given);
  if (isBusy(run)) {
    return (
      <div className={classes.screen}>
        <PageHead title={titleOf(run)} context={t("run.leave")} />
        <Progress value={run.progress} aria-label={titleOf(run)} />
        <p className={classes.help} aria-live="polite">
          {t("run.progress", { percent: run.progress, rows: run.rows.toLocaleString("en") })}
        </p>
        <Figures run={run} />
        <div className={classes.acts}>
          <ButtonLink href="/leads/import" variant="subtle">
            {t("back")}
          </ButtonLink>
        </div>
      </div>
    );
  }
  const context = run.dryRun && run.state === "done" ? t("run.nothingKept") : undefined;
  return (
    <div className={classes.screen}>
      <PageHead title={titleOf(run)} context={context ?? run.cause ?? undefined} />
      <Figures run={run} />
      <Acts run={run} mapping={mapping} />
      <div className={classes.part}>
        <h2 id="h-issues">{t("run.issues")}</h2>
        <Issues run={run} counts={counts} issues={issues} />
      </div>
    </div>
  );
}
