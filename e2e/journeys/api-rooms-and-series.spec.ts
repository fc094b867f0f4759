import { expect, test } from "@playwright/test";
import { apiKeyOf, call } from "../fixtures/api";
import { done, someHour } from "../fixtures/api-requests";

test("a series is made, changed and cancelled from one date on, and the clashing date of another is named", async () => {
  const headers = { authorization: `Bearer ${apiKeyOf("host@meridian.example")}` };
  const recurrence = { rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=4", zone: "UTC" };
  // Days after those on which single hours are taken.
  const [start = "", end = ""] = Object.values(someHour()).map((iso) => later(iso, 4 * 24));
  const input = { subject: "Stand-up", start, end, recurrence };
  const made = await call("POST", "/api/v1/meetings", { body: input, headers });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect(made.body).toMatchObject({ dateCount: 4, status: "confirmed", start: input.start });
  const { id } = made.body.series as { id: string };
  const dates = async () => {
    const { body } = await call("GET", `/api/v1/series/${id}`, { headers });
    return body.dates as { id: string; status: string; subject: string; start: string }[];
  };
  const [, second, third, last] = await dates();
  // A new series of two dates meets the last two of these: both are named, and nothing is made.
  const other = { ...input, subject: "Other", start: third?.start, end: later(third?.start, 1) };
  const body = { ...other, recurrence: { ...recurrence, rule: "FREQ=DAILY;COUNT=3" } };
  const refused = await call("POST", "/api/v1/meetings", { body, headers });
  expect(refused.status).toBe(409);
  const { error } = refused.body as { error: { code: string; dates: { at: string }[] } };
  expect(error.code).toBe("conflict");
  expect(error.dates.map(({ at }) => at)).toEqual([third?.start, last?.start]);

  const changed = await call("PATCH", `/api/v1/meetings/${second?.id}`, {
    body: { subject: "Daily", scope: "following" },
    headers,
  });
  expect(changed.body).toMatchObject({ id: second?.id, subject: "Daily", dateCount: 3 });
  const cancelled = await call("POST", `/api/v1/meetings/${third?.id}/cancel`, {
    body: { reason: "Enough", scope: "following" },
    headers,
  });
  expect(cancelled.body).toMatchObject({ id: third?.id, status: "cancelled", dateCount: 2 });
  const single = await call("PATCH", `/api/v1/meetings/${second?.id}`, {
    body: { subject: "One", recurrence },
    headers,
  });
  expect(single.status).toBe(422);
});

const later = (iso = "", hours = 0): string =>
  new Date(Date.parse(iso) + hours * 3_600_000).toISOString();

test("credentials go in and are told to nobody, and a room says why it cannot be had", async () => {
  const headers = { authorization: `Bearer ${apiKeyOf("manager@meridian.example")}` };
  const asHost = { authorization: `Bearer ${apiKeyOf("host@meridian.example")}` };
  const secret = `secret-${Date.now()}`;
  const credentials = { accountId: "account", clientId: "client", clientSecret: secret };
  const room = { name: `Secret ${Date.now()}`, provider: "zoom", credentials };
  const made = await call("POST", "/api/v1/virtual-rooms", { body: room, headers });
  expect(made.body).toMatchObject({ credentials: { from: "stored" }, seats: 0 });
  const listed = await call("GET", "/api/v1/virtual-rooms", { headers });
  expect(JSON.stringify([made.body, listed.body])).not.toContain(secret);
  const toHost = await call("GET", "/api/v1/virtual-rooms", { headers: asHost });
  for (const one of toHost.body.virtualRooms as object[])
    expect(Object.keys(one).sort()).toEqual(["id", "isDefault", "name"]);
  const foreign = { ...room, name: "Wrong", credentials: { ...credentials, tenantId: "t" } };
  const refused = await call("POST", "/api/v1/virtual-rooms", { body: foreign, headers });
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({
    error: { fields: { "credentials.tenantId": "This provider has no such field." } },
  });

  const name = `Small ${Date.now()}`;
  await call("POST", "/api/v1/rooms/locations", { body: { name, zone: "UTC" }, headers });
  const small = { name, location: name, capacity: 2 };
  const { id } = await done(headers.authorization.slice(7), "/api/v1/rooms", small);
  const { start, end } = someHour();
  const why = async (query: string) => {
    const { body } = await call("GET", `/api/v1/rooms?from=${start}&to=${end}${query}`, {
      headers: asHost,
    });
    const rooms = body.rooms as { id: string; free: boolean; why: object | null }[];
    const found = rooms.find((one) => one.id === id);
    return [found?.free, found?.why];
  };
  expect(await why("")).toEqual([true, null]);
  expect(await why("&people=3")).toEqual([false, { kind: "too-small", capacity: 2 }]);
  const stale = await call("PATCH", `/api/v1/rooms/${id}`, {
    body: { capacity: 3, version: 7 },
    headers,
  });
  expect(stale.status).toBe(409);
});
