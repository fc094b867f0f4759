import { targetsCsv } from "@/lib/crm/commands/targets-file";
import { targetQuestion } from "@/lib/crm/core/target";
import { crmPolicy } from "@/lib/crm/policy";
import { getScope } from "@/lib/crm/reads/scope";
import { readTargets } from "@/lib/crm/reads/targets";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** The targets of a business year and what was won towards them, as the reader's scope has it: JSON or a file. */
export const GET = memberRoute(
  { route: "GET /api/v1/targets", query: targetQuestion },
  async ({ actor, query: { year: asked, format } }) => {
    crmPolicy.authorize(actor, "crm.use", actor);
    const { db, now } = runtime();
    const scope = await getScope(db, actor);
    const { rows, ...targets } = await readTargets(db, scope, asked, now());
    if (format === "csv") {
      return new Response(targetsCsv({ ...targets, rows }, scope), {
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="targets-${targets.year}.csv"`,
          "cache-control": "no-store",
        },
      });
    }
    const within = (month: string) => targets.months.some((one) => one === month);
    return jsonAnswer(200, {
      ...targets,
      scope: scope.kind,
      // The year before is there to be copied from.
      rows: rows.map((row) => ({
        ...row,
        targets: row.targets.filter(({ month }) => within(month)),
      })),
    });
  },
);
