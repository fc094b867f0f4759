import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { OutboundFetch } from "@/lib/http/outbound";
import { createOutbound } from "@/lib/http/outbound";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import type { MeetingChange } from "@/lib/meetings/jobs";
import { getMeeting, makeStaffMeeting, memberOf } from "@/lib/testing/factories/staff-meeting";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { FeedServer, SeenRequest } from "@/lib/testing/feed-server";
import { startFeedServer } from "@/lib/testing/feed-server";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, HOUR_MS, instantOf } from "@/lib/time/instant";
import {
  createEndpoint,
  deleteEndpoint,
  redeliver,
  rotateSecret,
  sendTest,
  switchEndpoint,
} from "../commands/endpoints";
import { webhooksPolicy } from "../policy";
import { listDeliveries, listEndpoints } from "../reads";
import { handleDeliverWebhook } from "./deliver-webhook";
import { followWithWebhooks } from "./follow-meeting";
import { forgetDeliveries } from "./forget-deliveries";

let server: FeedServer;
let fetch: OutboundFetch;
let close: () => Promise<void>;

beforeAll(async () => {
  server = await startFeedServer();
  const outbound = createOutbound({ trustedOrigins: [server.url] });
  ({ close } = outbound);
  fetch = (address, init) => outbound.fetch(address, { ...init, timeoutMs: 500 });
});
afterAll(async () => {
  await close();
  await server.close();
});

const START = "2026-11-25T05:00:00Z";

async function scene(
  house: House,
  events: readonly string[] = ["meeting.booked", "meeting.cancelled"],
) {
  server.answer = undefined;
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makePerson(house.db, workspaceId, { name: "Ana Lim", groups: ["admin"] });
  const admin = memberOf(ana, ["admin"]);
  const grant = webhooksPolicy.authorize(admin, "webhooks.manage", { workspaceId });
  let clock: Instant = NOW;
  const deps = { ...house, now: () => clock, fetch, trustedOrigins: [server.url] };
  const path = `/hooks/${workspaceId}`;
  const made = await createEndpoint(
    { url: server.url + path, events: events as never },
    grant,
    deps,
  );
  if (!made.ok) throw new Error(made.refusal);
  const { id, secret } = made.value;
  /** What the worker is asked to do by now, done: changes of meetings first, then deliveries that are due. */
  const work = async (): Promise<void> => {
    const changes = await house.db.$queryRaw<{ data: MeetingChange }[]>`
      DELETE FROM pgboss.job WHERE name = 'meetings.changed' AND data->>'workspaceId' = ${workspaceId} RETURNING data`;
    for (const { data } of changes) await followWithWebhooks(data, deps);
    const orders = await house.db.$queryRaw<{ data: never }[]>`
      DELETE FROM pgboss.job WHERE name = 'webhooks.deliver' AND data->>'workspaceId' = ${workspaceId}
        AND (data->>'attempt' = '0' OR start_after <= ${new Date(clock)}::timestamptz) RETURNING data`;
    for (const { data } of orders) await handleDeliverWebhook(data, deps);
  };
  const got = (): SeenRequest[] => server.seen.filter((request) => request.path === path);
  const log = () => listDeliveries(house.db, { workspaceId, endpointId: id });
  const endpoint = async () => (await listEndpoints(house.db, workspaceId))[0];
  const at = (ms: number) => {
    clock = instantOf(NOW + ms);
  };
  return { workspaceId, ana, admin, grant, deps, id, secret, work, got, log, endpoint, at };
}

const signedBy = (secret: string, { headers, body }: SeenRequest): boolean => {
  const [time = "", ...macs] = String(headers["meridian-signature"]).split(",");
  const mac = createHmac("sha256", secret)
    .update(`${time.slice(2)}.${body}`)
    .digest("hex");
  return macs.includes(`v1=${mac}`);
};

describe("an endpoint", () => {
  test("is told of what it asked for, signed, once", async ({ house }) => {
    const { ana, admin, deps, secret, work, got, log } = await scene(house);
    const meeting = await makeStaffMeeting(deps, ana, { start: START });
    await work();
    expect(got()).toHaveLength(1);
    const [first] = got() as [SeenRequest];
    expect(signedBy(secret, first)).toBe(true);
    expect(signedBy("whsec_other", first)).toBe(false);
    expect(first.method).toBe("POST");
    expect(first.headers["meridian-event"]).toBe("meeting.booked");
    expect(JSON.parse(first.body)).toMatchObject({
      type: "meeting.booked",
      actor: { name: "Ana Lim" },
      meeting: { id: meeting.id, subject: "Roadmap", start: "2026-11-25T05:00:00.000Z" },
    });
    const [row] = await log();
    expect(row).toMatchObject({ state: "delivered", attempts: 1, status: 200, cause: null });
    expect(first.headers["meridian-delivery"]).toBe(row?.id);
    const stands = await getMeeting(house, meeting);
    const { version } = stands;
    await cancelMeeting({ actor: admin, meeting: stands, version, reason: "Ill" }, deps);
    await work();
    expect(got().map(({ headers }) => headers["meridian-event"])).toEqual([
      "meeting.booked",
      "meeting.cancelled",
    ]);
  });

  test("gets one delivery of a change that is told several times", async ({ house }) => {
    const { ana, deps, work, got, log, workspaceId } = await scene(house);
    await makeStaffMeeting(deps, ana, { start: START });
    const [change] = await house.db.$queryRaw<{ data: MeetingChange }[]>`
      SELECT data FROM pgboss.job WHERE name = 'meetings.changed' AND data->>'workspaceId' = ${workspaceId}`;
    if (change === undefined) throw new Error("no change");
    await Promise.all([1, 2, 3].map(() => followWithWebhooks(change.data, deps)));
    await work();
    expect(await log()).toHaveLength(1);
    expect(got()).toHaveLength(1);
  });

  test("hears nothing it did not ask for, and of a private meeting only when and whose", async ({
    house,
  }) => {
    const { ana, admin, deps, work, got } = await scene(house, ["meeting.cancelled"]);
    const meeting = await makeStaffMeeting(deps, ana, {
      start: START,
      subject: "Salaries",
      visibility: "private",
    });
    await work();
    expect(got()).toEqual([]);
    const stands = await getMeeting(house, meeting);
    const { version } = stands;
    await cancelMeeting({ actor: admin, meeting: stands, version, reason: "Ill" }, deps);
    await work();
    expect(got()).toHaveLength(1);
    expect(got()[0]?.body).not.toContain("Salaries");
  });

  test("of plain http is refused unless the operator named its origin", async ({ house }) => {
    const { grant, deps } = await scene(house);
    const input = { url: "http://hooks.example/x", events: ["meeting.moved" as const] };
    expect(await createEndpoint(input, grant, deps)).toEqual({ ok: false, refusal: "not-https" });
  });

  test("keeps its secret sealed, and signs with a new one beside the old for a day", async ({
    house,
  }) => {
    const { grant, deps, id, secret, work, got, at, workspaceId } = await scene(house);
    const rows = await house.db.$queryRaw<{ row: string }[]>`
      SELECT t::text || encode(sealed, 'escape') AS row FROM webhook_endpoint t WHERE workspace_id = ${workspaceId}::uuid`;
    expect(JSON.stringify(rows)).not.toContain(secret);
    const rotation = await rotateSecret(id, grant, deps);
    const next = rotation.ok ? rotation.value.secret : "";
    expect(next).not.toBe(secret);
    await sendTest(id, grant, deps);
    await work();
    const both = got().at(-1) as SeenRequest;
    expect([signedBy(secret, both), signedBy(next, both)]).toEqual([true, true]);
    at(DAY_MS + 1000);
    await sendTest(id, grant, deps);
    await work();
    const one = got().at(-1) as SeenRequest;
    expect([signedBy(secret, one), signedBy(next, one)]).toEqual([false, true]);
  });
});

describe("a delivery that fails", () => {
  test.for([
    { what: "an error", answer: { status: 500 }, status: 500, cause: "status" },
    { what: "a refusal", answer: { status: 404 }, status: 404, cause: "status" },
    {
      what: "a redirect, which is not followed",
      answer: { status: 302, headers: { location: "/elsewhere" } },
      status: 302,
      cause: "redirect",
    },
    { what: "silence", answer: "hang" as const, status: null, cause: "no-answer" },
  ])("is tried again after $what", async ({ answer, status, cause }, { house }) => {
    const { ana, deps, work, got, log, endpoint, at } = await scene(house);
    server.answer = () => answer;
    await makeStaffMeeting(deps, ana, { start: START });
    await work();
    expect((await log())[0]).toMatchObject({ state: "queued", attempts: 1, status, cause });
    expect((await endpoint())?.failingSince).toBe(NOW);
    await work();
    expect(got()).toHaveLength(1);
    at(11_000);
    server.answer = undefined;
    await work();
    expect((await log())[0]).toMatchObject({ state: "delivered", attempts: 2, status: 200 });
    expect((await endpoint())?.failingSince).toBeNull();
    const [first, second] = got();
    expect(second?.headers["meridian-delivery"]).toBe(first?.headers["meridian-delivery"]);
    expect(second?.body).toBe(first?.body);
    expect(server.seen.some(({ path }) => path === "/elsewhere")).toBe(false);
  });

  test("is given up after a day, and sent again by hand under the same id", async ({ house }) => {
    const { ana, grant, deps, work, got, log, at } = await scene(house);
    server.answer = () => ({ status: 503 });
    await makeStaffMeeting(deps, ana, { start: START });
    for (let hour = 0; hour <= 26; hour += 1) {
      at(hour * HOUR_MS);
      await work();
    }
    const [row] = await log();
    expect(row).toMatchObject({ state: "failed", status: 503 });
    expect(row?.attempts).toBeGreaterThan(5);
    server.answer = undefined;
    expect((await redeliver(row?.id ?? "", grant, deps)).ok).toBe(true);
    expect(await redeliver(row?.id ?? "", grant, deps)).toEqual({
      ok: false,
      refusal: "not-again",
    });
    await work();
    expect((await log())[0]).toMatchObject({ id: row?.id, state: "delivered" });
    expect(new Set(got().map(({ headers }) => headers["meridian-delivery"])).size).toBe(1);
  });

  test("to an inner address nobody named is not even begun", async ({ house }) => {
    const { ana, deps, work, got, log } = await scene(house);
    const plain = createOutbound({ timeoutMs: 500 });
    await makeStaffMeeting(deps, ana, { start: START });
    const before = got().length;
    deps.fetch = plain.fetch;
    await work();
    expect((await log())[0]).toMatchObject({ status: null, cause: "refused" });
    expect(got()).toHaveLength(before);
    await plain.close();
  });

  test("for three days stops its endpoint, and tells the admins once", async ({ house }) => {
    const { ana, deps, work, endpoint, at, workspaceId, got, grant, id } = await scene(house);
    server.answer = () => ({ status: 500 });
    for (const day of [0, 1, 2, 3]) {
      at(day * DAY_MS);
      await makeStaffMeeting(deps, ana, { start: `2026-12-0${day + 1}T05:00:00Z` });
      await work();
    }
    expect(await endpoint()).toMatchObject({ active: false, failingSince: NOW });
    const notices = await house.db.notification.findMany({
      where: { workspaceId, kind: "webhook-stopped" },
    });
    expect(notices.map(({ userId }) => userId)).toEqual([ana.id]);
    const sent = got().length;
    at(3 * DAY_MS + HOUR_MS);
    await work();
    expect(got()).toHaveLength(sent);
    expect((await switchEndpoint({ id, active: true }, grant, deps)).ok).toBe(true);
    expect(await endpoint()).toMatchObject({ active: true, failingSince: null });
  });

  test("is not what a test of the endpoint is: it is tried once, and stops nobody", async ({
    house,
  }) => {
    const { grant, deps, id, work, log, endpoint } = await scene(house);
    server.answer = () => ({ status: 500 });
    await sendTest(id, grant, deps);
    await work();
    expect((await log())[0]).toMatchObject({ event: "webhook.test", state: "failed", status: 500 });
    expect((await endpoint())?.failingSince).toBeNull();
  });
});

test("while an endpoint is paused nothing is kept for it, and what waited is given up", async ({
  house,
}) => {
  const { ana, grant, deps, id, work, got, log, at } = await scene(house);
  server.answer = () => ({ status: 500 });
  await makeStaffMeeting(deps, ana, { start: START });
  await work();
  await switchEndpoint({ id, active: false }, grant, deps);
  at(HOUR_MS);
  await makeStaffMeeting(deps, ana, { start: "2026-11-26T05:00:00Z" });
  await work();
  expect(got()).toHaveLength(1);
  expect((await log()).map(({ state, cause }) => [state, cause])).toEqual([["failed", "paused"]]);
});

test("deliveries of a month ago are forgotten, and all of them with their endpoint", async ({
  house,
}) => {
  const { grant, deps, id, work, log, at, workspaceId } = await scene(house);
  await sendTest(id, grant, deps);
  await work();
  at(31 * DAY_MS);
  await sendTest(id, grant, deps);
  expect((await forgetDeliveries(deps)).counts.removed).toBeGreaterThanOrEqual(1);
  expect(await log()).toHaveLength(1);
  expect((await deleteEndpoint(id, grant, deps)).ok).toBe(true);
  expect(await house.db.webhookDelivery.count({ where: { workspaceId } })).toBe(0);
  const actions = await house.db.auditEntry.findMany({
    where: { workspaceId },
    orderBy: { sequence: "asc" },
  });
  expect(actions.map(({ action }) => action)).toEqual([
    "webhook.create",
    "webhook.test",
    "webhook.test",
    "webhook.delete",
  ]);
});

test("endpoints are an admin's of their own workspace", async ({ house }) => {
  const { workspaceId, ana, admin } = await scene(house);
  const here = { workspaceId };
  expect(webhooksPolicy.can(admin, "webhooks.manage", here)).toBe(true);
  const manager = memberOf(ana, ["meeting_manager"]);
  expect(webhooksPolicy.can(manager, "webhooks.manage", here)).toBe(false);
  const elsewhere = { workspaceId: "00000000-0000-0000-0000-000000000000" };
  expect(webhooksPolicy.can(admin, "webhooks.manage", elsewhere)).toBe(false);
});
