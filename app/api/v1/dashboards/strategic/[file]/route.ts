import { z } from "zod";
import { exportDashboard } from "@/lib/dashboards/commands/export-dashboard";
import { FILE_FORMATS } from "@/lib/dashboards/core/file-about";
import { dashboardQuestion } from "@/lib/dashboards/schema";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

const formats = z.templateLiteral(["export.", z.enum(FILE_FORMATS)]);

/** The strategic dashboard as export.xlsx, export.csv or export.pdf; that it was taken is written down. */
export const GET = memberRoute(
  {
    route: "GET /api/v1/dashboards/strategic/{file}",
    params: z.object({ file: formats }),
    query: dashboardQuestion("strategic"),
  },
  async ({ actor, params, query: state }) => {
    const format = FILE_FORMATS.find((known) => params.file === `export.${known}`) ?? "csv";
    const file = await exportDashboard({ actor, dashboard: "strategic", state, format }, runtime());
    return new Response(file.body, {
      headers: {
        "content-type": file.type,
        "content-disposition": `attachment; filename="${file.name}"`,
      },
    });
  },
);
