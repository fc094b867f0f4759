import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import table from "@/components/ui/wide-table.module.css";
import type { ClockReader } from "@/lib/time/format";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { JobLine, JobRun, JobsView, QueueLine } from "@/lib/workspace/core/job-line";
import { t } from "./admin-text";
import { JobControls } from "./job-controls";
import classes from "./jobs.module.css";

const nameOf = (job: string): string => t(`jobs.names.${job}` as "jobs.names.privacy.retention");

const whenOf = (moment: Instant, reader: ClockReader): string =>
  `${formatDateShort(moment, reader)}, ${formatTime(moment, reader)}`;

function stateOf(job: JobLine): { readonly tone: Tone; readonly words: string } {
  const [last] = job.runs;
  if (last !== undefined && last.finishedAt === null) {
    return { tone: "info", words: t("jobs.running") };
  }
  if (job.pausedAt !== null) return { tone: "warn", words: t("jobs.paused") };
  if (last === undefined) return { tone: "neutral", words: t("jobs.never") };
  return last.outcome === "failed"
    ? { tone: "danger", words: t("jobs.failed") }
    : { tone: "ok", words: t("jobs.done") };
}

const tookOf = ({ startedAt, finishedAt }: JobRun): string =>
  finishedAt === null
    ? t("jobs.running")
    : t("jobs.seconds", { seconds: ((finishedAt - startedAt) / 1_000).toFixed(1) });

function Runs({ job, reader }: { job: JobLine; reader: ClockReader }) {
  if (job.runs.length === 0) return null;
  return (
    <details className={classes.runs}>
      <summary>{t("jobs.lastRuns")}</summary>
      <section
        className={table.wide}
        aria-label={`${nameOf(job.name)}: ${t("jobs.lastRuns")}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{t("jobs.when")}</th>
              <th scope="col">{t("jobs.took")}</th>
              <th scope="col">{t("jobs.what")}</th>
              <th scope="col">{t("jobs.who")}</th>
            </tr>
          </thead>
          <tbody>
            {job.runs.map((run) => (
              <tr key={run.id}>
                <td>
                  <time dateTime={toIso(run.startedAt)}>{whenOf(run.startedAt, reader)}</time>
                </td>
                <td>{tookOf(run)}</td>
                <td data-outcome={run.outcome}>
                  {run.outcome === "failed" ? `${t("jobs.failed")}: ` : null}
                  {run.summary}
                </td>
                <td>{run.askedBy ?? t("jobs.clock")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function Job({ job, reader }: { job: JobLine; reader: ClockReader }) {
  const [last] = job.runs;
  const { tone, words } = stateOf(job);
  const name = nameOf(job.name);
  return (
    <li className={classes.job}>
      <div className={classes.what}>
        <h3>
          {name} <Tag tone={tone}>{words}</Tag>
        </h3>
        <p className={classes.quiet}>
          <code>{job.cron}</code>
          {job.pausedAt !== null && job.pausedBy !== null
            ? ` · ${t("jobs.pausedBy", { name: job.pausedBy, when: whenOf(job.pausedAt, reader) })}`
            : null}
        </p>
        {last?.summary ? (
          <p>
            {last.summary}
            <span className={classes.quiet}>
              {" · "}
              <time dateTime={toIso(last.startedAt)}>{whenOf(last.startedAt, reader)}</time>
            </span>
          </p>
        ) : null}
      </div>
      <JobControls
        job={job.name}
        name={name}
        paused={job.pausedAt !== null}
        running={last !== undefined && last.finishedAt === null}
      />
      <Runs job={job} reader={reader} />
    </li>
  );
}

function Queues({ queues }: { queues: readonly QueueLine[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard
    <section className={table.wide} aria-labelledby="queues" tabIndex={0}>
      <SectionHead id="queues" title={t("jobs.queues")} />
      <p className={classes.quiet}>{t("jobs.queuesWords")}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("jobs.queue")}</th>
            <th scope="col">{t("jobs.waiting")}</th>
            <th scope="col">{t("jobs.later")}</th>
            <th scope="col">{t("jobs.active")}</th>
            <th scope="col">{t("jobs.queueFailed")}</th>
          </tr>
        </thead>
        <tbody>
          {queues.map(({ name, waiting, later, active, failed }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{waiting}</td>
              <td>{later}</td>
              <td>{active}</td>
              <td data-outcome={failed > 0 ? "failed" : undefined}>{failed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What the house does by the clock: when, what it did lately, and how to run or stop it. */
export function JobsScreen({ view, reader }: { view: JobsView; reader: ClockReader }) {
  return (
    <>
      <PageHead title={t("jobs.title")} context={t("jobs.context")} />
      <div className={classes.screen}>
        <section aria-labelledby="schedule">
          <SectionHead id="schedule" title={t("jobs.schedule")} count={view.jobs.length} />
          <ul className={classes.jobs}>
            {view.jobs.map((job) => (
              <Job key={job.name} job={job} reader={reader} />
            ))}
          </ul>
        </section>
        <Queues queues={view.queues} />
      </div>
    </>
  );
}
