import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import type { RunReport } from "@/lib/jobs/runs";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import { weekBefore } from "../core/period";
import type { Report } from "../core/report";
import type { ReportFacts } from "../core/report-mail";
import { REPORT_MAIL } from "../core/report-mail";
import { figureName, valueText } from "../core/report-text";
import type { ReportReader } from "../reads/readers";
import { listReportReaders } from "../reads/readers";
import { readReport } from "../reads/report";

type ReportDeps = Pick<Deps, "db" | "queue" | "now">;

const factsFor = (report: Report, { locale }: ReportReader, at: Instant): ReportFacts => ({
  occurredAt: toIso(at),
  workspaceName: report.workspaceName,
  locale,
  from: report.period.from,
  to: report.period.to,
  meetings: report.figures.find(({ key }) => key === "meetings")?.value ?? 0,
  lines: report.figures.map((figure) => ({
    name: figureName(figure),
    value: valueText(figure.value, figure.unit, locale),
    before: valueText(figure.before, figure.unit, locale),
  })),
});

/** Mails last week's figures to everybody who manages meetings. Run again in the same week, it mails nobody twice. */
export async function mailWeeklyReport({ db, queue, now }: ReportDeps): Promise<RunReport> {
  const at = now();
  const week = weekBefore(calendarDateAt(UTC, at));
  const readers = await listReportReaders(db);
  const reports = new Map<string, Report>();
  let mailed = 0;
  for (const reader of readers) {
    const { workspaceId, userId } = reader;
    const report = reports.get(workspaceId) ?? (await readReport(db, workspaceId, week, at));
    reports.set(workspaceId, report);
    const key = `${REPORT_MAIL}/weekly/${userId}/${week.from}`;
    const sent = await db.mailMessage.count({ where: { workspaceId, idempotencyKey: key } });
    if (sent > 0) continue;
    const outbox = queueMails(
      [
        {
          workspaceId,
          meetingId: null,
          attendeeId: null,
          event: `${REPORT_MAIL}/weekly`,
          toName: reader.name,
          toEmail: reader.email,
          facts: factsFor(report, reader, at),
          idempotencyKey: key,
        },
      ],
      at,
    );
    await db.$transaction(async (tx) => {
      await insertRows(tx, [outbox.rows]);
      await enqueue(queue, tx, sendMail, outbox.orders);
    });
    mailed += 1;
  }
  return {
    summary: `Mailed the week from ${week.from} to ${mailed} people`,
    counts: { mailed },
  };
}
