import { afterAll, beforeAll, describe, expect } from "vitest";
import { findLinkSnapshot } from "@/lib/booking/reads";
import type { OutboundFetch } from "@/lib/http/outbound";
import { createOutbound } from "@/lib/http/outbound";
import { makeMeeting } from "@/lib/meetings/commands/make-meeting";
import { meetingInput } from "@/lib/meetings/schema";
import { makeStaffMeeting, memberOf } from "@/lib/testing/factories/staff-meeting";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { FeedServer } from "@/lib/testing/feed-server";
import { startFeedServer } from "@/lib/testing/feed-server";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import { addCalendars } from "../commands/add-calendars";
import { changeCalendar, removeCalendar } from "../commands/change-calendar";
import { calendarsPolicy } from "../policy";
import { listBusy, listCalendars } from "../reads/calendars";
import { handleReadCalendar } from "./read-calendar";
import { handleReadCalendars } from "./read-calendars";

let server: FeedServer;
let fetch: OutboundFetch;
let close: () => Promise<void>;

beforeAll(async () => {
  server = await startFeedServer();
  ({ fetch, close } = createOutbound({ trustedOrigins: [server.url], timeoutMs: 2000 }));
});
afterAll(async () => {
  await close();
  await server.close();
});

const file = (...events: readonly (readonly string[])[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//x//y//EN",
    ...events.flatMap((lines) => [
      "BEGIN:VEVENT",
      "DTSTAMP:20261101T000000Z",
      ...lines,
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");

const DENTIST = ["UID:dentist", "DTSTART:20261124T090000Z", "DTEND:20261124T100000Z"];
const CAKE = ["UID:cake", "DTSTART:20261125T130000Z", "DTEND:20261125T140000Z"];

/** What the server answers: this file under this tag, and 304 to whoever has it. */
const serve = (text: string, etag: string | undefined) => {
  server.answer = ({ headers }) =>
    etag !== undefined && headers["if-none-match"] === etag
      ? { status: 304 }
      : { status: 200, body: text, headers: etag === undefined ? {} : { etag } };
};

async function scene(house: House, text = file(DENTIST), etag: string | undefined = '"1"') {
  serve(text, etag);
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makePerson(house.db, workspaceId, { name: "Ana Lim", zone: "Asia/Singapore" });
  const link = await makeLink(house.db, [ana]);
  const owner = { workspaceId, userId: ana.id };
  const grant = calendarsPolicy.authorize(memberOf(ana), "calendars.own", owner);
  const secret = { kind: "ics", url: `${server.url}/${workspaceId}/private.ics` } as const;
  const added = await addCalendars(
    [{ name: "Private", secret, blocks: true, writes: false }],
    grant,
    house,
  );
  expect(added.ok).toBe(true);
  const [calendar] = await listCalendars(house.db, owner);
  const about = { workspaceId, calendarId: calendar?.id ?? "" };
  const read = (now: Instant = NOW) =>
    handleReadCalendar(about, { ...house, now: () => now, fetch });
  const row = async () => (await listCalendars(house.db, owner))[0];
  const nextAt = async () =>
    (await house.db.externalCalendar.findFirst({ where: { id: about.calendarId } }))?.nextAt;
  const busy = async () =>
    (await listBusy(house.db, { workspaceId, id: about.calendarId })).map(({ from }) =>
      new Date(from).toISOString(),
    );
  return { workspaceId, ana, link, owner, grant, about, read, row, nextAt, busy };
}

describe("a calendar feed", () => {
  test("takes its owner's time away from guests, and only says when", async ({ house }) => {
    const { ana, link, read, row, busy, workspaceId } = await scene(house);
    await read();
    expect(await busy()).toEqual(["2026-11-24T09:00:00.000Z"]);
    expect(await row()).toMatchObject({ readAt: NOW, cause: null, host: new URL(server.url).host });
    const window = { from: NOW, to: instantOf(NOW + 7 * DAY_MS) };
    const snapshot = await findLinkSnapshot(house.db, { by: { token: link.token }, window });
    expect(snapshot?.hosts[0]?.busy).toEqual([
      [at("2026-11-24T09:00:00Z"), at("2026-11-24T10:00:00Z")],
    ]);
    expect(house.withdrawn).toContain(link.token);
    const stored = await house.db.$queryRaw<{ row: string }[]>`
      SELECT t::text AS row FROM external_calendar t WHERE workspace_id = ${workspaceId}::uuid
      UNION ALL SELECT t::text FROM external_busy t WHERE workspace_id = ${workspaceId}::uuid`;
    expect(JSON.stringify(stored)).not.toMatch(/private\.ics|dentist/i);
    const input = meetingInput.parse({
      subject: "Roadmap",
      start: "2026-11-24T09:30:00Z",
      end: "2026-11-24T10:30:00Z",
    });
    const made = await makeMeeting({ actor: memberOf(ana), input, confirm: true }, house);
    expect(made).toMatchObject({
      ok: false,
      refusal: { conflicts: [{ why: "busy-elsewhere", name: "Ana Lim", subject: null }] },
    });
  });

  test("that did not change is asked for cheaply, and its pages stay", async ({ house }) => {
    const { read, row, busy, link } = await scene(house);
    await read();
    const withdrawn = house.withdrawn.filter((token) => token === link.token).length;
    const later = instantOf(NOW + 10 * MINUTE_MS);
    await read(later);
    expect(server.seen.at(-1)?.headers["if-none-match"]).toBe('"1"');
    expect(await row()).toMatchObject({ readAt: later, cause: null });
    expect(await busy()).toHaveLength(1);
    expect(house.withdrawn.filter((token) => token === link.token)).toHaveLength(withdrawn);
  });

  test("is read whole on another day, because the days it tells of are others", async ({
    house,
  }) => {
    const { read } = await scene(house);
    await read();
    await read(instantOf(NOW + DAY_MS));
    expect(server.seen.at(-1)?.headers["if-none-match"]).toBeUndefined();
  });

  test("that changed gives its time back, and takes the new", async ({ house }) => {
    const { read, busy } = await scene(house);
    await read();
    serve(file(CAKE), '"2"');
    await read(instantOf(NOW + 10 * MINUTE_MS));
    expect(await busy()).toEqual(["2026-11-25T13:00:00.000Z"]);
  });

  test("does not count meetings of ours that stand in it, too", async ({ house }) => {
    const { ana, read, busy } = await scene(house);
    const meeting = await makeStaffMeeting(house, ana, { start: "2026-11-26T05:00:00Z" });
    const ours = [`UID:${meeting.uid}`, "DTSTART:20261126T050000Z", "DTEND:20261126T060000Z"];
    serve(file(ours, CAKE), '"3"');
    await read();
    expect(await busy()).toEqual(["2026-11-25T13:00:00.000Z"]);
  });

  const SECONDS = ["UID:x", "DTSTART:20000101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"];
  const AWAY = { location: "http://127.0.0.1:1/x.ics" };

  test.for([
    { what: "refuses us", answer: { status: 401 }, cause: "unauthorized" },
    { what: "is gone", answer: { status: 404 }, cause: "not-found" },
    { what: "has a fault", answer: { status: 500 }, cause: "server-error" },
    { what: "is a page", answer: { status: 200, body: "<html>Sign in" }, cause: "malformed" },
    { what: "leads inwards", answer: { status: 302, headers: AWAY }, cause: "refused" },
    {
      what: "has no end",
      answer: { status: 200, body: file(SECONDS) },
      cause: "too-many-repetitions",
    },
    { what: "is huge", answer: { status: 200, body: "x".repeat(20_000_001) }, cause: "too-large" },
  ])("that $what keeps what was known, and says why", async ({ answer, cause }, { house }) => {
    const { read, row, busy, nextAt } = await scene(house);
    await read();
    server.answer = () => answer;
    const first = instantOf(NOW + 10 * MINUTE_MS);
    await read(first);
    expect(await busy()).toHaveLength(1);
    expect(await row()).toMatchObject({ cause, readAt: NOW, triedAt: first });
    expect((await nextAt())?.getTime()).toBe(first + 10 * MINUTE_MS);
    await read(first);
    expect((await nextAt())?.getTime()).toBe(first + 20 * MINUTE_MS);
  });

  test("that asks for an hour's peace is left alone for an hour", async ({ house }) => {
    const { read, row, nextAt } = await scene(house);
    server.answer = () => ({ status: 429, headers: { "retry-after": "3600" } });
    await read();
    expect((await nextAt())?.getTime()).toBe(NOW + 60 * MINUTE_MS);
    expect((await row())?.cause).toBe("too-often");
  });

  test("whose server says nothing is given up in time", async ({ house }) => {
    const { about, row } = await scene(house);
    server.answer = () => "hang";
    const hasty: OutboundFetch = (address, init) => fetch(address, { ...init, timeoutMs: 300 });
    await handleReadCalendar(about, { ...house, fetch: hasty });
    expect(await row()).toMatchObject({ cause: "no-answer", readAt: null });
  });

  test("with an event nobody understands is read but for that, and says so", async ({ house }) => {
    const { read, row, busy } = await scene(house, file(["UID:broken"], CAKE), undefined);
    await read();
    expect(await busy()).toHaveLength(1);
    expect(await row()).toMatchObject({ readAt: NOW, cause: "some-unread" });
  });

  test("that blocks nothing any more is forgotten at once", async ({ house }) => {
    const { read, busy, grant, about, link } = await scene(house);
    await read();
    const withdrawn = house.withdrawn.filter((token) => token === link.token).length;
    const off = { id: about.calendarId, blocks: false, writes: false, copies: "delete" } as const;
    expect((await changeCalendar(off, grant, house)).ok).toBe(true);
    expect(await busy()).toEqual([]);
    expect(house.withdrawn.filter((token) => token === link.token).length).toBe(withdrawn + 1);
    await read();
    expect(await busy()).toEqual([]);
    const writes = { ...off, writes: true };
    expect(await changeCalendar(writes, grant, house)).toEqual({
      ok: false,
      refusal: "not-writable",
    });
    const on = { ...off, blocks: true };
    expect((await changeCalendar(on, grant, house)).ok).toBe(true);
    await read();
    expect(await busy()).toHaveLength(1);
  });

  test("that is removed is gone with all that was known of it", async ({ house }) => {
    const { read, grant, about, workspaceId } = await scene(house);
    await read();
    expect((await removeCalendar({ id: about.calendarId, copies: "leave" }, grant, house)).ok).toBe(
      true,
    );
    expect(await house.db.externalCalendar.count({ where: { workspaceId } })).toBe(0);
    expect(await house.db.externalBusy.count({ where: { workspaceId } })).toBe(0);
    await read();
  });

  test("is taken once when it is due, whoever looks", async ({ house }) => {
    const { about, read } = await scene(house);
    await read();
    const jobs = async () =>
      house.db.$queryRaw<unknown[]>`
        SELECT 1 FROM pgboss.job WHERE name = 'calendars.read-one' AND data->>'calendarId' = ${about.calendarId}`;
    const before = (await jobs()).length;
    await handleReadCalendars(house);
    expect(await jobs()).toHaveLength(before);
    const due = { ...house, now: () => instantOf(NOW + 11 * MINUTE_MS) };
    await Promise.all([handleReadCalendars(due), handleReadCalendars(due)]);
    expect(await jobs()).toHaveLength(before + 1);
  });
});
