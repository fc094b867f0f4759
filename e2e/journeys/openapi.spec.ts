import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { apiKeyOf, bookThroughApi, call, freeStarts, newGuest } from "../fixtures/api";
import type { Asked, Keys } from "../fixtures/api-requests";
import { done, furtherRequests, someHour } from "../fixtures/api-requests";
import { crmRequests } from "../fixtures/crm-requests";

type Operation = {
  readonly responses: Readonly<
    Record<string, { readonly content?: Record<string, { schema: Schema }> }>
  >;
  readonly security?: readonly object[];
};
type Schema = {
  readonly $ref?: string;
  readonly properties?: Record<string, Schema>;
  readonly enum?: readonly unknown[];
};
type Document = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Record<string, Schema> };
};

const resolve = (document: Document, schema: Schema): Schema =>
  schema.$ref === undefined
    ? schema
    : (document.components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {});

/** What is for those who manage meetings; and what somebody is asked who was invited: of these calls the manager. */
const FOR_MANAGERS = [
  "/api/v1/reports/",
  "/api/v1/leads",
  "/api/v1/metrics",
  "/api/v1/opportunities",
  "/api/v1/activities",
  "/api/v1/targets",
  "/api/v1/rooms",
  "/api/v1/virtual-rooms",
  "/api/v1/meetings/{id}/answer",
  "post /api/v1/meetings/{id}/proposals$",
];
/** And those that are an admin's. */
const FOR_ADMINS = ["/api/v1/webhooks"];

/** Every operation with a request that must succeed, made when it is asked for. */
const requests: Record<string, (key: string, keys: Keys) => Promise<Asked>> = {
  "get /api/v1/booking-links/{token}": async () => ({ path: "/api/v1/booking-links/demo-quick" }),
  "get /api/v1/booking-links/{token}/slots": async () => ({
    path: "/api/v1/booking-links/demo-quick/slots?zone=Europe%2FBerlin",
  }),
  "post /api/v1/booking-links/{token}/bookings": async () => {
    const starts = await freeStarts("demo-team");
    return {
      path: "/api/v1/booking-links/demo-team/bookings",
      body: { start: starts.at(-1), ...newGuest(), subject: "Contract" },
    };
  },
  "get /api/v1/bookings/{manageToken}": async () => ({
    path: `/api/v1/bookings/${(await bookThroughApi("demo-team")).manageToken}`,
  }),
  "patch /api/v1/bookings/{manageToken}": async () => {
    const { manageToken } = await bookThroughApi("demo");
    const [start] = await freeStarts("demo");
    return { path: `/api/v1/bookings/${manageToken}`, body: { start } };
  },
  "delete /api/v1/bookings/{manageToken}": async () => ({
    path: `/api/v1/bookings/${(await bookThroughApi("demo-team")).manageToken}`,
  }),
  "get /api/v1/calendar-files/{signed}": async () => {
    const { manageToken } = await bookThroughApi("demo-team");
    const { body } = await call("GET", `/api/v1/bookings/${manageToken}`);
    return { path: new URL(String(body.calendarFileUrl)).pathname };
  },
  "get /api/v1/meetings": async () => ({ path: "/api/v1/meetings?tab=upcoming" }),
  "get /api/v1/meetings/{id}": async (key) => ({
    path: `/api/v1/meetings/${await waitingId(key)}`,
  }),
  "get /api/v1/reports/meetings": async () => ({ path: "/api/v1/reports/meetings" }),
  "get /api/v1/targets": async () => ({ path: "/api/v1/targets" }),
  "get /api/v1/feeds/{token}/calendar.ics": async () => ({
    path: `/api/v1/feeds/${await feedToken()}/calendar.ics`,
  }),
  "get /api/v1/webhooks": async () => ({ path: "/api/v1/webhooks" }),
  "post /api/v1/webhooks": async () => ({ path: "/api/v1/webhooks", body: ENDPOINT }),
  "delete /api/v1/webhooks/{id}": async (key) => ({
    path: `/api/v1/webhooks/${(await done(key, "/api/v1/webhooks", ENDPOINT)).id}`,
  }),
  "post /api/v1/meetings": async () => ({
    path: "/api/v1/meetings",
    body: { subject: "Contract", ...someHour(), confirm: false },
  }),
  "post /api/v1/meetings/conflicts": async () => ({
    path: "/api/v1/meetings/conflicts",
    body: { events: [{ key: "a", ...someHour() }] },
  }),
  "patch /api/v1/meetings/{id}": async (key) => ({
    path: `/api/v1/meetings/${await draftId(key)}`,
    body: { agenda: "Contract", visibility: "private" },
  }),
  "post /api/v1/meetings/{id}/reopen": async (key) => {
    const id = await draftId(key);
    await done(key, `/api/v1/meetings/${id}/cancel`, { reason: "Contract" });
    return { path: `/api/v1/meetings/${id}/reopen`, body: {} };
  },
  "post /api/v1/meetings/{id}/close": async (key) => {
    const [start, end] = [-120_000, 240_000].map((ms) => new Date(Date.now() + ms).toISOString());
    const made = await done(key, "/api/v1/meetings", { subject: "Contract", start, end });
    return { path: `/api/v1/meetings/${made.id}/close`, body: { outcome: "no-show" } };
  },
  "post /api/v1/meetings/{id}/confirm": async (key) => ({
    path: `/api/v1/meetings/${await waitingId(key)}/confirm`,
    body: {},
  }),
  "post /api/v1/meetings/{id}/decline": async (key) => ({
    path: `/api/v1/meetings/${await waitingId(key)}/decline`,
    body: { reason: "Away that day" },
  }),
  "post /api/v1/meetings/{id}/cancel": async (key) => ({
    path: `/api/v1/meetings/${await waitingId(key)}/cancel`,
    body: { reason: "Not needed" },
  }),
  "post /api/v1/meetings/{id}/reschedule": async (key) => {
    const id = await waitingId(key);
    const starts = await freeStarts("demo");
    return { path: `/api/v1/meetings/${id}/reschedule`, body: { start: starts[3] } };
  },
  ...furtherRequests,
  ...crmRequests,
};

/** Told of what no journey does. */
const ENDPOINT = { url: "https://hooks.invalid/contract", events: ["meeting.handed-over"] };

/** A feed of the demonstration's admin, made beside the screen: it is shown there once. */
async function feedToken(): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const db = new pg.Client({ connectionString: process.env.MERIDIAN_E2E_DATABASE_URL });
  await db.connect();
  await db.query(
    `INSERT INTO calendar_feed (workspace_id, user_id, token_hash)
     SELECT workspace_id, id, sha256($1::bytea) FROM app_user WHERE email = 'admin@meridian.example'
     ON CONFLICT (workspace_id, user_id) DO UPDATE SET token_hash = EXCLUDED.token_hash`,
    [token],
  );
  await db.end();
  return token;
}

const draftId = async (key: string): Promise<string> =>
  (await done(key, "/api/v1/meetings", { subject: "Contract", ...someHour(), confirm: false })).id;

/** A request of the demonstration host that waits for an answer, made for one call. */
async function waitingId(key: string): Promise<string> {
  const subject = `Contract ${Date.now()} ${Math.random()}`;
  await bookThroughApi("demo", { subject });
  const { body } = await call(
    "GET",
    `/api/v1/meetings?tab=waiting&q=${encodeURIComponent(subject)}`,
    {
      headers: { authorization: `Bearer ${key}` },
    },
  );
  const [meeting] = body.meetings as { id: string }[];
  if (meeting === undefined) throw new Error("the request is not in the list");
  return meeting.id;
}

test("every operation the document describes answers as described", async () => {
  test.setTimeout(90_000);
  const host = apiKeyOf("host@meridian.example");
  const manager = apiKeyOf("manager@meridian.example");
  const admin = apiKeyOf("admin@meridian.example");
  const keyFor = (name: string): string => {
    if (FOR_ADMINS.some((path) => name.includes(path))) return admin;
    return FOR_MANAGERS.some((path) => `${name}$`.includes(path)) ? manager : host;
  };
  const { body } = await call("GET", "/api/v1/openapi.json");
  const document = body as unknown as Document;
  expect(document.openapi).toBe("3.1.0");
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method} ${path}`,
      operation,
    })),
  );
  expect(described.map(({ name }) => name).sort()).toEqual(Object.keys(requests).sort());
  for (const { name, operation } of described) {
    const [method = ""] = name.split(" ");
    // What a host may not do is asked by a manager or an admin.
    const key = keyFor(name);
    const make = requests[name];
    if (make === undefined) throw new Error(`no request for ${name}`);
    const request = await make(key, { host, manager });
    const headers: Record<string, string> = operation.security
      ? { authorization: `Bearer ${key}` }
      : {};
    const answer = await call(method.toUpperCase(), request.path, { body: request.body, headers });
    expect(
      Object.keys(operation.responses),
      `${name} answered ${JSON.stringify(answer.body)}`,
    ).toContain(String(answer.status));
    expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    const schema =
      operation.responses[String(answer.status)]?.content?.["application/json"]?.schema;
    if (schema === undefined) continue;
    const declared = Object.keys(resolve(document, schema).properties ?? {});
    expect(declared, `${name} answers a field it does not declare`).toEqual(
      expect.arrayContaining(Object.keys(answer.body)),
    );
    if (operation.security) {
      const anonymous = await call(method.toUpperCase(), request.path, { body: request.body });
      expect(anonymous.status, `${name} without a key`).toBe(401);
    }
  }
});

test("a guest who books again within a minute is told how long to wait, in the agreed words", async () => {
  const guest = newGuest();
  const starts = await freeStarts("demo-team");
  const path = "/api/v1/booking-links/demo-team/bookings";
  const first = await call("POST", path, { body: { start: starts.at(-2), ...guest } });
  expect(first.status).toBe(201);
  const second = await call("POST", path, { body: { start: starts.at(-5), ...guest } });
  expect(second.status).toBe(429);
  const { error } = second.body as { error: { message: string; retryAfterSeconds: number } };
  expect(error.message).toMatch(/^Too many requests\. Wait \d+ seconds before booking again\.$/);
  expect(Number(second.headers.get("retry-after"))).toBe(error.retryAfterSeconds);
});

test("a taken time is refused with the next free ones, and a key sent twice makes one booking", async () => {
  const starts = await freeStarts("demo-quick");
  const start = starts.at(-3);
  const path = "/api/v1/booking-links/demo-quick/bookings";
  const headers = { "idempotency-key": `key-${Date.now()}` };
  const body = { start, ...newGuest() };
  const [one, two] = await Promise.all([
    call("POST", path, { body, headers }),
    call("POST", path, { body, headers }),
  ]);
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(one.body).toEqual(two.body);
  const late = await call("POST", path, { body: { start, ...newGuest() } });
  expect(late.status).toBe(409);
  const { error } = late.body as { error: { code: string; nextSlots: { start: string }[] } };
  expect(error.code).toBe("slot-taken");
  expect(error.nextSlots.length).toBeGreaterThan(0);
  expect(await freeStarts("demo-quick")).not.toContain(start);
});
