import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { AccessDenied, NotHere } from "@/lib/access/policy";
import { setEnvironment } from "@/lib/env";
import { currentRequestId } from "@/lib/log";
import type { ErrorBody } from "./answer";
import { jsonAnswer, tooManyRequests } from "./answer";
import { memberRoute, publicRoute } from "./route";

setEnvironment({ LOG_LEVEL: "silent", APP_URL: "http://localhost:3000" });
afterEach(() => setEnvironment({ APP_URL: "http://localhost:3000" }));

const context = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });

const post = (body: string | null, headers: Record<string, string> = {}) =>
  new Request("http://localhost:3000/api/x", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", host: "localhost:3000", ...headers },
  });

async function refusedWith(answer: Response): Promise<ErrorBody["error"] & { status: number }> {
  const { error } = (await answer.json()) as ErrorBody;
  return { ...error, status: answer.status };
}

const echo = publicRoute(
  {
    route: "/api/x",
    body: z.strictObject({ name: z.string().min(2), age: z.int().optional() }),
    query: z.strictObject({ page: z.coerce.number().int().optional() }),
  },
  ({ body, query, idempotencyKey, requestId }) =>
    jsonAnswer(201, { body, query, idempotencyKey, same: requestId === currentRequestId() }),
);

const throwing = (error: unknown) =>
  publicRoute({ route: "/api/x" }, () => {
    throw error;
  })(post(null), context());

test("a good request reaches its handler parsed, with its id in the log's context", async () => {
  const answer = await echo(post('{"name":"Ada"}', { "idempotency-key": "k-1" }), context());
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({
    body: { name: "Ada" },
    query: {},
    idempotencyKey: "k-1",
    same: true,
  });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{12}$/);
});

test("what may be said several times comes together, and nothing else may", async () => {
  const several = publicRoute(
    {
      route: "/api/x",
      query: z.strictObject({ team: z.string().optional(), page: z.string().optional() }),
      repeatable: ["team"],
    },
    ({ query }) => jsonAnswer(200, query),
  );
  const ask = (query: string) =>
    several(new Request(`http://localhost:3000/api/x?${query}`), context());
  expect(await (await ask("team=West&team=South,%20far&page=1")).json()).toEqual({
    team: "West\nSouth, far",
    page: "1",
  });
  expect(await refusedWith(await ask("page=1&page=2"))).toMatchObject({ status: 400 });
});

describe("a request is refused with words when", () => {
  test("fields are wrong, missing or unknown: each is named", async () => {
    const refused = await refusedWith(await echo(post('{"name":"A","admin":true}'), context()));
    expect(refused).toMatchObject({ status: 422, code: "invalid" });
    expect(Object.keys(refused.fields ?? {}).sort()).toEqual(["admin", "name"]);
  });

  test("there is no body where one is needed", async () => {
    expect(await refusedWith(await echo(post(null), context()))).toMatchObject({ status: 422 });
  });

  test("its query is wrong or says a thing twice", async () => {
    const ask = (query: string) =>
      echo(new Request(`http://localhost:3000/api/x?${query}`, post('{"name":"Ada"}')), context());
    expect(await refusedWith(await ask("page=x"))).toMatchObject({ status: 400, code: "invalid" });
    expect(await refusedWith(await ask("page=1&page=2"))).toMatchObject({ status: 400 });
    expect(await refusedWith(await ask("page=%00"))).toMatchObject({ status: 400 });
    expect((await ask("__proto__=1")).status).toBe(201);
  });

  test.each(["", "with blank", "ü", "x".repeat(256)])("its key is no key: %j", async (key) => {
    const headers = new Headers({ "content-type": "application/json" });
    try {
      headers.set("idempotency-key", key);
    } catch {
      return;
    }
    const request = new Request("http://localhost:3000/api/x", {
      method: "POST",
      body: '{"name":"Ada"}',
      headers,
    });
    expect((await echo(request, context())).status).toBe(400);
  });

  test("its path cannot be the name of anything: as if there were nothing", async () => {
    const one = publicRoute({ route: "/x/[id]", params: z.object({ id: z.uuid() }) }, () =>
      jsonAnswer(200, {}),
    );
    for (const id of ["1", "\0", "../x", ""]) {
      expect(await refusedWith(await one(post(null), context({ id })))).toMatchObject({
        status: 404,
        code: "not-found",
      });
    }
  });

  test("somebody else's page sent it", async () => {
    const foreign = post('{"name":"Ada"}', { origin: "https://evil.test" });
    expect(await refusedWith(await echo(foreign, context()))).toMatchObject({
      status: 403,
      code: "foreign-origin",
    });
  });

  test("nobody is signed in", async () => {
    const own = memberRoute({ route: "/api/x" }, () => jsonAnswer(200, {}));
    const ask = (headers: Record<string, string>) => own(post(null, headers), context());
    const origin = "http://localhost:3000";
    const answer = await ask({ origin });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(await refusedWith(answer)).toMatchObject({ status: 401, code: "not-signed-in" });
    expect((await ask({ authorization: "Bearer nonsense" })).status).toBe(401);
    expect((await ask({ origin, cookie: "meridian=short" })).status).toBe(401);
    expect((await ask({ cookie: "meridian=short" })).status).toBe(403);
  });
});

describe("what a handler throws becomes", () => {
  test("a denial, an absence, a request to wait", async () => {
    expect(await refusedWith(await throwing(new AccessDenied("x")))).toMatchObject({ status: 403 });
    expect(await refusedWith(await throwing(new NotHere()))).toMatchObject({ status: 404 });
    const wait = await throwing(tooManyRequests(17));
    expect(wait.headers.get("retry-after")).toBe("17");
    expect(await refusedWith(wait)).toMatchObject({
      status: 429,
      code: "too-many-requests",
      retryAfterSeconds: 17,
    });
  });

  test("a reference and nothing of the cause, when it is a defect", async () => {
    const cause = new Error("duplicate key value violates unique constraint (guest@example.org)");
    const answer = await throwing(cause);
    const refused = await refusedWith(answer);
    expect(refused).toMatchObject({ status: 500, code: "internal" });
    expect(refused.message).toMatch(
      /^Something went wrong on our side\. Reference [0-9a-f]{12}\.$/,
    );
    expect(refused.reference).toBe(answer.headers.get("x-request-id"));
    expect(JSON.stringify(refused)).not.toMatch(/duplicate|guest@/);
    for (const odd of ["text", undefined, null, { status: 200 }]) {
      expect((await throwing(odd)).status).toBe(500);
    }
  });

  test.each([
    Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" }),
    Object.assign(new Error("terminating connection"), { code: "57P01" }),
    Object.assign(new Error("x"), { code: "P1001" }),
    new Error("outer", { cause: Object.assign(new Error("x"), { code: "53300" }) }),
    Object.assign(new Error("x"), {
      meta: { driverAdapterError: { cause: { originalCode: "08006" } } },
    }),
    new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })]),
  ])("a request to come back soon, when the database is away: %s", async (error) => {
    const answer = await throwing(error);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await refusedWith(answer)).toMatchObject({ status: 503, code: "unavailable" });
  });

  test("no outage, when only a file is missing or a constraint said no", async () => {
    const file = Object.assign(new Error("x"), { code: "ENOENT", syscall: "open" });
    const taken = Object.assign(new Error("x"), { code: "23505" });
    expect((await throwing(file)).status).toBe(500);
    expect((await throwing(taken)).status).toBe(500);
  });
});
