import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaldavServer } from "@/lib/testing/caldav-server";
import { startCaldavServer } from "@/lib/testing/caldav-server";
import { instantOf } from "@/lib/time/instant";
import {
  deleteDavEvent,
  findDavCalendars,
  getDavEvent,
  listDavEvents,
  putDavEvent,
  readDavState,
} from "./caldav";
import type { OutboundFetch } from "./outbound";
import { createOutbound } from "./outbound";

let server: CaldavServer;
let work: string;
let fetch: OutboundFetch;
let close: () => Promise<void>;

beforeAll(async () => {
  server = await startCaldavServer();
  work = await server.makeCalendar("Work");
  ({ fetch, close } = createOutbound({ trustedOrigins: [server.url], timeoutMs: 3000 }));
});
afterAll(async () => {
  await close();
  await server.close();
});

const login = () => ({ user: server.user, password: server.password });
const at = (iso: string) => instantOf(Date.parse(iso));
const window = { from: at("2026-11-01T00:00Z"), to: at("2027-12-01T00:00Z") };
const file = (uid: string, ...lines: readonly string[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//x//y//EN",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20261101T000000Z",
    ...lines,
    "SUMMARY:Dentist",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
const cause = (why: string) => expect.objectContaining({ why });

describe("an account", () => {
  test("shows its calendars, from the server's address alone", async () => {
    expect(await findDavCalendars(server.url, login(), fetch)).toEqual([
      { name: "Work", url: work },
    ]);
  });

  test("with a wrong password says so", async () => {
    const finding = findDavCalendars(server.url, { ...login(), password: "x" }, fetch);
    await expect(finding).rejects.toEqual(cause("unauthorized"));
  });

  test("inside our own network is refused unless the operator named it", async () => {
    const plain = createOutbound({ timeoutMs: 1000 });
    const finding = findDavCalendars(server.url, login(), plain.fetch);
    await expect(finding).rejects.toEqual(cause("refused"));
    await plain.close();
  });

  test("cannot send us to another inner address", async () => {
    const away = { location: "http://127.0.0.1:1/" };
    const before = server.asked.length;
    server.misbehave(
      ...Array.from({ length: 8 }, () => ({ kind: "status" as const, status: 302, headers: away })),
    );
    await expect(findDavCalendars(server.url, login(), fetch)).rejects.toEqual(cause("refused"));
    expect(server.asked.length).toBeGreaterThan(before);
    // What is left of the faults is used up here.
    for (let index = 0; index < 8; index += 1) await fetch(server.url, { redirects: "return" });
  });
});

describe("a calendar", () => {
  test("has a state that changes with its events, and gives those of a span", async () => {
    const empty = await readDavState(work, login(), fetch);
    expect(empty).toBeTruthy();
    await server.put(`${work}in.ics`, file("in", "DTSTART:20261124T090000Z", "DURATION:PT1H"));
    await server.put(`${work}out.ics`, file("out", "DTSTART:20290101T090000Z", "DURATION:PT1H"));
    const weekly = ["DTSTART:20200106T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"];
    await server.put(`${work}weekly.ics`, file("weekly", ...weekly));
    const full = await readDavState(work, login(), fetch);
    expect(full).not.toBe(empty);
    expect(await readDavState(work, login(), fetch)).toBe(full);
    const texts = await listDavEvents(work, window, login(), fetch);
    expect(texts.map((text) => /UID:(\w+)/.exec(text)?.[1]).sort()).toEqual(["in", "weekly"]);
  });

  test("that is not there says so", async () => {
    const reading = readDavState(`${work}nothing/`, login(), fetch);
    await expect(reading).rejects.toEqual(cause("not-found"));
  });

  test.each([
    [{ status: 503, headers: { "retry-after": "120" } }, "server-error", 120],
    [{ status: 429, headers: { "retry-after": "7" } }, "too-often", 7],
    [{ status: 401 }, "unauthorized", undefined],
  ])("whose server answers %o is trouble by name", async (fault, why, retryAfterSeconds) => {
    server.misbehave({ kind: "status", ...fault });
    const reading = listDavEvents(work, window, login(), fetch);
    await expect(reading).rejects.toEqual(expect.objectContaining({ why, retryAfterSeconds }));
  });
});

describe("one event", () => {
  const first = file("own", "DTSTART:20261125T090000Z", "DURATION:PT1H");
  const second = file("own", "DTSTART:20261125T110000Z", "DURATION:PT1H");

  test("is written once, changed over what is known, and removed", async () => {
    const href = `${work}own.ics`;
    const made = await putDavEvent({ href, file: first, etag: null }, login(), fetch);
    expect(made.status).toBe(201);
    expect(made.etag).toBeTruthy();
    expect((await putDavEvent({ href, file: first, etag: null }, login(), fetch)).status).toBe(412);
    const stale = { href, file: second, etag: '"stale"' };
    expect((await putDavEvent(stale, login(), fetch)).status).toBe(412);
    const moved = await putDavEvent({ href, file: second, etag: made.etag }, login(), fetch);
    expect(moved.status).toBeLessThan(300);
    const stands = await getDavEvent(href, login(), fetch);
    expect(stands.text).toContain("20261125T110000Z");
    expect(stands.etag).toBe(moved.etag);
    expect((await deleteDavEvent(href, login(), fetch)).status).toBeLessThan(300);
    expect((await deleteDavEvent(href, login(), fetch)).status).toBe(404);
  });

  test("is not written where nobody answers", async () => {
    await server.sleep();
    const writing = putDavEvent(
      { href: `${work}own.ics`, file: first, etag: null },
      login(),
      fetch,
    );
    await expect(writing).rejects.toEqual(cause("no-answer"));
    await server.wake();
  });
});
