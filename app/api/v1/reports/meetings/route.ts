import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { reportCsv, reportXlsx } from "@/lib/reports/commands/report-files";
import { reportPolicy } from "@/lib/reports/policy";
import { readReport } from "@/lib/reports/reads/report";
import { reportQuestion } from "@/lib/reports/schema";
import { runtime } from "@/lib/runtime";

const asFile = (name: string, type: string) => ({
  "content-type": type,
  "content-disposition": `attachment; filename="${name}"`,
  "cache-control": "no-store",
});

/** The report on meetings of a period: figures and tables, or a file of them. */
export const GET = memberRoute(
  { route: "GET /api/v1/reports/meetings", query: reportQuestion },
  async ({ actor, query: { format, section, ...asked } }) => {
    const { workspaceId } = actor;
    reportPolicy.authorize(actor, "report.read", { workspaceId });
    const { db, now } = runtime();
    const report = await readReport(db, workspaceId, asked, now());
    const name = `meetings-${report.period.from}-${report.period.to}`;
    if (format === "csv") {
      const headers = asFile(`${name}-${section ?? "figures"}.csv`, "text/csv; charset=utf-8");
      return new Response(reportCsv(report, section), { headers });
    }
    if (format === "xlsx") {
      const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      const bytes = new Uint8Array(await reportXlsx(report));
      return new Response(bytes, { headers: asFile(`${name}.xlsx`, type) });
    }
    return jsonAnswer(200, report);
  },
);
