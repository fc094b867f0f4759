import { targetQuestion } from "@/lib/crm/core/target";
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

const whole = { type: "integer" } as const;
const wholeOrNone = { type: ["integer", "null"] } as const;

/** What was promised for months, and what was won towards it. */
export const targetPaths = {
  "/api/v1/targets": {
    get: {
      summary:
        "Targets of a business year and what was won, in the caller's scope, as JSON or CSV; amounts in minor units",
      security: signedIn,
      parameters: queryParameters(targetQuestion),
      responses: {
        200: answer(
          "The targets",
          object({
            year: whole,
            months: list(text),
            currency: text,
            today: text,
            scope: { enum: ["own", "team", "all"] },
            rows: list(
              object({
                holder: object({ kind: { enum: ["team", "person"] }, id: text }),
                name: text,
                teamId: nullableText,
                targets: list(
                  object({
                    month: text,
                    amountMinor: wholeOrNone,
                    deals: wholeOrNone,
                    version: whole,
                  }),
                ),
                won: list(
                  object({ month: text, baseMinor: whole, deals: whole, withoutRate: whole }),
                ),
              }),
            ),
          }),
        ),
        ...problems(400, 401, 403, 429),
      },
    },
  },
};
