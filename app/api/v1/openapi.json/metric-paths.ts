import { metricQuery, recordsQuery } from "@/lib/metrics/core/wire";
import {
  answer,
  list,
  moment,
  nullableText,
  object,
  pathParameter,
  problems,
  queryParameters,
  signedIn,
  text,
} from "./shapes";

const number = { type: "number" } as const;
const whole = { type: "integer" } as const;
const numberOrNone = { type: ["number", "null"] } as const;
const scope = { enum: ["own", "team", "all"] } as const;

const figure = {
  value: numberOrNone,
  n: whole,
  reason: text,
  interval: object({ low: number, high: number }),
  withoutAmount: whole,
  withoutRate: whole,
};

const record = object({
  id: text,
  leadId: text,
  label: text,
  kind: { enum: ["lead", "opportunity"] },
  status: { enum: ["open", "won", "lost", "junked"] },
  name: text,
  contactName: nullableText,
  companyName: nullableText,
  ownerId: nullableText,
  owner: nullableText,
  teamId: nullableText,
  team: nullableText,
  source: nullableText,
  product: nullableText,
  stageId: nullableText,
  stage: nullableText,
  amount: numberOrNone,
  currency: text,
  rate: numberOrNone,
  baseAmount: numberOrNone,
  baseCurrency: text,
  expectedClose: nullableText,
  at: nullableText,
  hit: { type: ["boolean", "null"] },
});

/** Figures, their definitions and the rows behind them. */
export const metricPaths = {
  "/api/v1/metrics": {
    get: {
      summary: "Every figure there is: what it says, its formula, unit and what it is split by",
      security: signedIn,
      responses: {
        200: answer(
          "The dictionary",
          object({
            metrics: list(
              object({
                id: text,
                name: text,
                definition: text,
                formula: text,
                kind: { enum: ["state", "period", "cohort"] },
                unit: text,
                better: { enum: ["higher", "lower", "neither"] },
                nulls: text,
                currency: nullableText,
                attribution: text,
                maturityDays: { type: ["integer", "null"] },
                by: list(text),
              }),
            ),
          }),
        ),
        ...problems(401, 403, 429),
      },
    },
  },
  "/api/v1/metrics/{id}": {
    get: {
      summary:
        "One figure in the caller's scope. Both days are inside; team, owner, source and product are ids, names or none, several " +
        "separated by commas or repeated. Money is in major units, ratios 0…1; null says its reason. Groups of time are named " +
        "2017-03-05, 2017-W10, 2017-03, 2017-Q1 or 2017",
      security: signedIn,
      parameters: [pathParameter("id"), ...queryParameters(metricQuery)],
      responses: {
        200: answer(
          "The figure",
          object({
            id: text,
            name: text,
            definition: text,
            unit: text,
            currency: text,
            ...figure,
            from: nullableText,
            to: nullableText,
            scope,
            zone: text,
            asOf: moment,
            groups: list(object({ key: nullableText, label: text, ...figure })),
          }),
        ),
        304: { description: "Nothing has changed since the answer whose ETag was sent" },
        ...problems(400, 401, 403, 404, 429),
      },
    },
  },
  "/api/v1/metrics/{id}/records": {
    get: {
      summary:
        "The rows a figure counts, as many as its n; by and key are one group of an answer, key none is the group without a key",
      security: signedIn,
      parameters: [pathParameter("id"), ...queryParameters(recordsQuery)],
      responses: {
        200: answer(
          "The rows",
          object({
            id: text,
            n: whole,
            scope,
            zone: text,
            records: list(record),
            nextCursor: nullableText,
          }),
        ),
        304: { description: "Nothing has changed since the answer whose ETag was sent" },
        ...problems(400, 401, 403, 404, 429),
      },
    },
  },
};
