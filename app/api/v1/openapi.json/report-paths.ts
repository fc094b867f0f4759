import { reportQuestion } from "@/lib/reports/schema";
import {
  answer,
  list,
  nullableText,
  object,
  problems,
  queryParameters,
  signedIn,
  text,
} from "./shapes";

const number = { type: ["number", "null"] } as const;
const period = object({ from: text, to: text });

/** What meetings came to in a period. */
export const reportPaths = {
  "/api/v1/reports/meetings": {
    get: {
      summary: "Figures and tables of a period, as JSON, CSV or XLSX",
      security: signedIn,
      parameters: queryParameters(reportQuestion),
      responses: {
        200: answer(
          "The report",
          object({
            period,
            before: period,
            zone: text,
            workspaceName: text,
            figures: list(
              object({
                key: text,
                unit: { enum: ["count", "hours", "share"] },
                value: number,
                before: number,
                of: number,
                rows: nullableText,
              }),
            ),
            sections: list(
              object({
                key: text,
                columns: list(object({ key: text, unit: text })),
                rows: list(list({ type: ["string", "number", "null"] })),
              }),
            ),
          }),
        ),
        ...problems(400, 401, 403, 429),
      },
    },
  },
};
