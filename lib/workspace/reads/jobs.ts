import type { Db } from "@/lib/db/client";
import { SCHEDULE, SCHEDULED_NAMES } from "@/lib/jobs/schedule";
import { instantOf } from "@/lib/time/instant";
import type { JobLine, JobRun, QueueLine } from "../core/job-line";

type Raw = {
  readonly job: string;
  readonly id: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly outcome: JobRun["outcome"];
  readonly summary: string | null;
  readonly askedBy: string | null;
};

const runOf = ({ job: _job, startedAt, finishedAt, ...run }: Raw): JobRun => ({
  ...run,
  startedAt: instantOf(startedAt),
  finishedAt: finishedAt === null ? null : instantOf(finishedAt),
});

/** Every line of the schedule with its last ten runs. */
export async function listJobs(db: Db): Promise<JobLine[]> {
  const [runs, pauses] = await Promise.all([
    db.$queryRaw<Raw[]>`
      SELECT n.job, r.id, extract(epoch FROM r.started_at)::float8 * 1000 AS "startedAt",
        extract(epoch FROM r.finished_at)::float8 * 1000 AS "finishedAt", r.outcome, r.summary,
        (SELECT u.name FROM app_user u WHERE u.id = r.asked_by LIMIT 1) AS "askedBy"
      FROM unnest(${[...SCHEDULED_NAMES]}::text[]) AS n(job)
      JOIN LATERAL (
        SELECT * FROM job_run j WHERE j.job = n.job ORDER BY j.started_at DESC LIMIT 10
      ) r ON true`,
    db.jobPause.findMany(),
  ]);
  return SCHEDULED_NAMES.map((name) => {
    const pause = pauses.find(({ job }) => job === name);
    return {
      name,
      cron: SCHEDULE[name].cron,
      pausedAt: pause === undefined ? null : instantOf(pause.pausedAt.getTime()),
      pausedBy: pause?.pausedBy ?? null,
      runs: runs.filter(({ job }) => job === name).map(runOf),
    };
  });
}

/** How much work of each kind there is, as the queue counts it. */
export const listQueues = (db: Db): Promise<QueueLine[]> =>
  db.$queryRaw<QueueLine[]>`
    SELECT q.name,
      count(j.id) FILTER (WHERE j.state IN ('created', 'retry') AND j.start_after <= now())::integer AS waiting,
      count(j.id) FILTER (WHERE j.state IN ('created', 'retry') AND j.start_after > now())::integer AS later,
      count(j.id) FILTER (WHERE j.state = 'active')::integer AS active,
      count(j.id) FILTER (WHERE j.state = 'failed')::integer AS failed
    FROM pgboss.queue q
    LEFT JOIN pgboss.job j ON j.name = q.name
    WHERE q.name NOT LIKE '\\_\\_pgboss%' AND q.name <> ALL (${[...SCHEDULED_NAMES]}::text[])
    GROUP BY q.name ORDER BY q.name`;
