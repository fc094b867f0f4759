import { z } from "zod";

const json = (schema: z.ZodType) => {
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  });
  return shape;
};

export const text = { type: "string" } as const;
export const moment = { type: "string", format: "date-time" } as const;
export const object = (properties: object) => ({ type: "object", properties }) as const;
export const list = (items: object) => ({ type: "array", items }) as const;

const content = (schema: object) => ({ "application/json": { schema } });
export const answer = (description: string, schema: object) => ({
  description,
  content: content(schema),
});
const problem = { $ref: "#/components/schemas/Error" };
export const problems = (...statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [String(status), answer(PROBLEMS[status] ?? "Refused", problem)]),
  );

const PROBLEMS: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "Nobody is signed in",
  403: "The caller may not do this",
  404: "There is nothing here for this caller",
  409: "Refused: the code says why, nextSlots what is free",
  410: "The link is closed",
  415: "The body is not JSON",
  422: "A field is not valid; fields says which",
  429: "Too many requests; Retry-After says how long to wait",
};

export const pathParameter = (name: string) => ({ name, in: "path", required: true, schema: text });
export const queryParameters = (schema: z.ZodType) =>
  Object.entries((json(schema) as { properties?: Record<string, object> }).properties ?? {}).map(
    ([name, shape]) => ({ name, in: "query", required: false, schema: shape }),
  );
export const body = (schema: z.ZodType, required = true) => ({
  required,
  content: content(json(schema)),
});

export const signedIn = [{ apiKey: [] }, { session: [] }];

export const nullableText = { type: ["string", "null"] } as const;
export const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
