import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { bookMeeting } from "@/lib/booking/commands/book-meeting";
import { bookingInput } from "@/lib/booking/schema";
import { insertRows } from "@/lib/db/rows";
import { snapshotOf } from "@/lib/testing/all-columns";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { handleApplyRetention } from "../handlers/apply-retention";
import { houseGrant } from "../policy";
import { applyRetention, planRetention } from "./apply-retention";

const LATER = at("2026-12-30T08:00:00Z");
const later = (house: House) => ({ ...house, now: () => LATER });

async function aPlace(house: House, retentionDays: number | null = 30) {
  const workspaceId = await makeWorkspace(house.db);
  await house.db.workspace.update({ where: { id: workspaceId }, data: { retentionDays } });
  const host = await makePerson(house.db, workspaceId);
  const link = await makeLink(house.db, [host], { horizon: { kind: "days", days: 60 } });
  return { workspaceId, host, link };
}

async function book(house: House, token: string, start: string, guests: readonly string[] = []) {
  const email = `${randomUUID()}@example.com`;
  const input = bookingInput.parse({
    start,
    zone: "UTC",
    name: "Mika Sato",
    email,
    guests,
    note: "n",
  });
  const answer = await bookMeeting({ linkToken: token, input }, house);
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return email;
}

const emailsOf = async (house: House, workspaceId: string) => {
  const rows = await house.db.attendee.findMany({
    where: { workspaceId, kind: { in: ["guest", "extra_guest"] } },
  });
  return rows.map(({ email }) => email).sort();
};

describe("guests' details go with age", () => {
  test("of meetings that ended long enough ago, and of no other", async ({ house }) => {
    const { workspaceId, link } = await aPlace(house);
    const extra = `${randomUUID()}@example.com`;
    const old = await book(house, link.token, "2026-11-24T09:00:00Z", [extra]);
    // 30 days before LATER is 30 November at 08:00; this one ends at that very moment, so it is not older.
    const edge = await book(house, link.token, "2026-11-30T07:30:00Z");
    const recent = await book(house, link.token, "2026-12-29T09:00:00Z");
    const upcoming = await book(house, link.token, "2027-01-10T09:00:00Z");
    const plan = await planRetention(workspaceId, later(house));
    expect(plan).toMatchObject({ days: 30, guests: 2, meetings: 1, waiting: 0 });
    const removed = await applyRetention(houseGrant(workspaceId), later(house));
    expect(removed).toMatchObject({ guests: 2, meetings: 1 });
    const left = await emailsOf(house, workspaceId);
    expect(left).toEqual(expect.arrayContaining([edge, recent, upcoming]));
    expect(left).not.toContain(old);
    expect(left).not.toContain(extra);
    const meeting = await house.db.meeting.findFirstOrThrow({
      where: { workspaceId },
      orderBy: { startsAt: "asc" },
    });
    expect(meeting).toMatchObject({
      subject: "Product conversation",
      note: null,
      state: "confirmed",
    });
    const mails = await house.db.mailMessage.findMany({ where: { meetingId: meeting.id } });
    expect(mails.map(({ facts }) => facts)).toEqual(mails.map(() => ({})));
    expect(await planRetention(workspaceId, later(house))).toMatchObject({
      guests: 0,
      meetings: 0,
    });
  });

  test("and of waiting lists, once they are as old", async ({ house }) => {
    const { workspaceId, link } = await aPlace(house);
    await insertRows(house.db, [
      {
        table: "waiting_guest",
        rows: ["2026-11-24T00:00:00Z", "2026-12-24T00:00:00Z"].map((created_at, index) => ({
          workspace_id: workspaceId,
          id: randomUUID(),
          link_id: link.id,
          name: "Mika",
          email: `mika${index}@example.com`,
          zone: "UTC",
          locale: "en",
          duration_minutes: 30,
          token_hash: "\\x00",
          created_at,
        })),
      },
    ]);
    expect(await planRetention(workspaceId, later(house))).toMatchObject({ waiting: 1 });
    await applyRetention(houseGrant(workspaceId), later(house));
    const left = await house.db.waitingGuest.findMany({ where: { workspaceId } });
    expect(left.map(({ email }) => email)).toEqual(["mika1@example.com"]);
  });
});

test("a dry run changes nothing", async ({ house }) => {
  const { workspaceId, link } = await aPlace(house);
  await book(house, link.token, "2026-11-24T09:00:00Z");
  const before = await snapshotOf(house.db, workspaceId);
  await planRetention(workspaceId, later(house));
  expect(await snapshotOf(house.db, workspaceId)).toEqual(before);
  expect(await house.db.auditEntry.count({ where: { workspaceId } })).toBe(0);
});

test("a workspace that keeps everything keeps everything, and others are not touched by its neighbour", async ({
  house,
}) => {
  const keeping = await aPlace(house, null);
  const removing = await aPlace(house);
  await book(house, keeping.link.token, "2026-11-24T09:00:00Z");
  await book(house, removing.link.token, "2026-11-24T09:00:00Z");
  const before = await snapshotOf(house.db, keeping.workspaceId);
  expect(await planRetention(keeping.workspaceId, later(house))).toBeUndefined();
  await handleApplyRetention({}, later(house));
  expect(await snapshotOf(house.db, keeping.workspaceId)).toEqual(before);
  expect((await emailsOf(house, removing.workspaceId)).join()).toMatch(/^erased-/);
});

test("a run that found something is recorded once and audited, without anybody's name", async ({
  house,
}) => {
  const { workspaceId, link } = await aPlace(house);
  const email = await book(house, link.token, "2026-11-24T09:00:00Z");
  await handleApplyRetention({ workspaceId }, later(house));
  await handleApplyRetention({ workspaceId }, later(house));
  const [entry, ...more] = await house.db.auditEntry.findMany({ where: { workspaceId } });
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    action: "privacy.retention",
    actor: "system",
    details: { guests: 1, meetings: 1, before: "2026-11-30T08:00:00.000Z" },
  });
  expect(JSON.stringify(entry?.details)).not.toContain(email);
  expect(await house.db.erasure.count({ where: { workspaceId, reason: "retention" } })).toBe(1);
});

test("two runs at once remove everything once", async ({ house }) => {
  const { workspaceId, link } = await aPlace(house);
  for (const hour of ["09", "10", "11", "12"])
    await book(house, link.token, `2026-11-24T${hour}:00:00Z`);
  const runs = await Promise.all(
    [1, 2, 3].map(() => applyRetention(houseGrant(workspaceId), later(house))),
  );
  expect(runs.reduce((sum, run) => sum + (run?.guests ?? 0), 0)).toBe(4);
});

test("three thousand guests go a thousand at a time", async ({ house }) => {
  const { workspaceId, host } = await aPlace(house);
  await house.db.$executeRaw`
    WITH made AS (
      INSERT INTO meeting (workspace_id, id, host_id, subject, state, starts_at, ends_at, uid)
      SELECT ${workspaceId}::uuid, gen_random_uuid(), ${host.id}::uuid, 'Talk with Guest ' || n, 'done',
        timestamptz '2026-01-01' + n * interval '10 minutes', timestamptz '2026-01-01' + (n + 1) * interval '10 minutes',
        'u' || n || '@' || ${workspaceId}
        FROM generate_series(1, 3000) n RETURNING id, subject)
    INSERT INTO attendee (workspace_id, id, meeting_id, kind, name, email, zone, locale)
    SELECT ${workspaceId}::uuid, gen_random_uuid(), id, 'guest', replace(subject, 'Talk with ', ''),
      id || '@example.com', 'UTC', 'en' FROM made`;
  // As the server does by itself within a minute.
  await house.db.$executeRaw`ANALYZE meeting, attendee`;
  const batches: number[] = [];
  const removed = await applyRetention(houseGrant(workspaceId), later(house), (guests) => {
    batches.push(guests);
  });
  expect(removed).toMatchObject({ guests: 3_000, meetings: 3_000 });
  expect(batches).toEqual([1_000, 2_000, 3_000]);
  const named = await house.db.meeting.count({
    where: { workspaceId, subject: { contains: "Guest " } },
  });
  expect(named).toBe(0);
}, 120_000);

test("the removal is asked for every night, once however many workers there are", async ({
  house,
}) => {
  const schedules = await house.db.$queryRaw<{ name: string; cron: string; timezone: string }[]>`
    SELECT name, cron, timezone FROM pgboss.schedule WHERE name = 'privacy.retention'`;
  expect(schedules).toEqual([{ name: "privacy.retention", cron: "17 2 * * *", timezone: "UTC" }]);
});
