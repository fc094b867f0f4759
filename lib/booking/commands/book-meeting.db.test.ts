import { expect } from "vitest";
import { makeRoom } from "@/lib/testing/factories/rooms";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { bookingInput } from "../schema";
import { bookMeeting } from "./book-meeting";

const inputAt = (start: string, more: Record<string, unknown> = {}) =>
  bookingInput.parse({
    start,
    zone: "Asia/Tokyo",
    name: "Mika Tanaka",
    email: `mika+${Math.random().toString(36).slice(2)}@kaminari.example`,
    ...more,
  });

async function aLink(house: House, given: Parameters<typeof makeLink>[2] = {}) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId);
  const link = await makeLink(house.db, [host], given);
  return { workspaceId, host, link };
}

const claimsOf = (house: House, workspaceId: string) =>
  house.db.meetingClaim.count({ where: { workspaceId, live: true } });

test("forty guests racing for one slot: one gets it, thirty-nine are told and shown what is free", async ({
  house,
}) => {
  const { workspaceId, link } = await aLink(house);
  const results = await Promise.all(
    Array.from({ length: 40 }, () =>
      bookMeeting({ linkToken: link.token, input: inputAt("2026-11-24T10:00:00Z") }, house),
    ),
  );
  const losers = results.flatMap((result) => (result.ok ? [] : [result.refusal]));
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(new Set(losers.map(({ reason }) => reason))).toEqual(new Set(["slot-taken"]));
  expect(losers[0]?.nextStarts[0]).toBe(at("2026-11-24T10:30:00Z"));
  expect(await claimsOf(house, workspaceId)).toBe(1);
});

test("overlapping meetings of different links on one host never both exist", async ({ house }) => {
  const { workspaceId, host, link } = await aLink(house);
  const quarter = await makeLink(house.db, [host], { duration_minutes: 15 });
  const hour = await makeLink(house.db, [host], { duration_minutes: 60, interval_minutes: 15 });
  const tries = [link, quarter, hour].flatMap(({ token }) =>
    ["10:00", "10:15", "10:30", "10:45"].map((time) => ({ token, time })),
  );
  await Promise.all(
    [...tries, ...tries, ...tries].map(({ token, time }) =>
      bookMeeting({ linkToken: token, input: inputAt(`2026-11-24T${time}:00Z`) }, house),
    ),
  );
  const [{ overlaps } = { overlaps: -1n }] = await house.db.$queryRaw<{ overlaps: bigint }[]>`
    SELECT count(*) AS overlaps FROM meeting_claim a JOIN meeting_claim b
    ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during AND a.live AND b.live
    WHERE a.workspace_id = ${workspaceId}::uuid`;
  expect(overlaps).toBe(0n);
  expect(await claimsOf(house, workspaceId)).toBeGreaterThan(0);
});

test("a booking leaves a meeting, its people, a claim, mails with their jobs, a notice and its history", async ({
  house,
}) => {
  const { workspaceId, link } = await aLink(house, { needs_approval: true });
  const booked = await bookMeeting(
    {
      linkToken: link.token,
      input: inputAt("2026-11-24T11:00:00Z", { guests: ["jun@kaminari.example"], note: "Hi" }),
    },
    house,
  );
  expect(booked.ok && booked.value.status).toBe("pending");
  const where = { workspaceId };
  const mails = await house.db.mailMessage.findMany({ where });
  expect(mails.map(({ event }) => event).sort()).toEqual(["new-request", "requested"]);
  const jobs = await house.queue.findJobs<{ mailId: string }>("mail.send");
  const queued = new Set(jobs.map(({ data }) => data.mailId));
  expect(mails.every(({ id }) => queued.has(id))).toBe(true);
  expect(await house.db.attendee.count({ where })).toBe(3);
  expect(await house.db.notification.count({ where })).toBe(1);
  expect(await house.db.meetingEvent.count({ where })).toBe(1);
  expect(house.withdrawn).toContain(link.token);
});

test("fifty posts with one key make one booking and fifty equal answers", async ({ house }) => {
  const { workspaceId, link } = await aLink(house);
  const input = inputAt("2026-11-24T12:00:00Z");
  const asked = { linkToken: link.token, input, idempotencyKey: "k-1" };
  const results = await Promise.all(Array.from({ length: 50 }, () => bookMeeting(asked, house)));
  const tokens = new Set(results.map((result) => (result.ok ? result.value.manageToken : "no")));
  expect(tokens.size).toBe(1);
  expect(tokens.has("no")).toBe(false);
  expect(await house.db.meeting.count({ where: { workspaceId } })).toBe(1);
  const other = await bookMeeting({ ...asked, input: { ...input, name: "Other" } }, house);
  expect(!other.ok && other.refusal.reason).toBe("key-reused");
});

test("a link that may be used three times takes three of twenty guests", async ({ house }) => {
  const { workspaceId, link } = await aLink(house, { max_uses: 3 });
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, hour) =>
      bookMeeting(
        {
          linkToken: link.token,
          input: inputAt(`2026-11-25T${String(hour).padStart(2, "0")}:00:00Z`),
        },
        house,
      ),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(3);
  expect(await house.db.meeting.count({ where: { workspaceId } })).toBe(3);
});

test("round robin spreads evenly and never twice over one host", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const hosts = [
    await makePerson(house.db, workspaceId),
    await makePerson(house.db, workspaceId),
    await makePerson(house.db, workspaceId),
  ] as const;
  const link = await makeLink(house.db, hosts, { role: "one_of" });
  for (let hour = 0; hour < 12; hour += 1) {
    const start = `2026-11-26T${String(hour).padStart(2, "0")}:00:00Z`;
    await bookMeeting({ linkToken: link.token, input: inputAt(start) }, house);
  }
  const counts = await house.db.meeting.groupBy({
    by: ["hostId"],
    where: { workspaceId },
    _count: true,
  });
  expect(counts.map(({ _count }) => _count)).toEqual([4, 4, 4]);
});

test("of two rooms both are given out, and then there is none", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const hosts = [1, 2, 3].map(() => makePerson(house.db, workspaceId));
  const [one, two, three] = await Promise.all(hosts);
  if (!one || !two || !three) throw new Error("no hosts");
  const rooms = [await makeRoom(house.db, workspaceId), await makeRoom(house.db, workspaceId)];
  const link = await makeLink(house.db, [one, two, three], { role: "one_of", rooms });
  const results = await Promise.all(
    [1, 2, 3].map(() =>
      bookMeeting({ linkToken: link.token, input: inputAt("2026-11-24T10:00:00Z") }, house),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(2);
});

test("a refused booking leaves the database as it was", async ({ house }) => {
  const { workspaceId, link } = await aLink(house, { notice_minutes: 120 });
  const before = await house.db.mailMessage.count();
  for (const [start, reason] of [
    ["2026-11-23T09:00:00Z", "too-soon"],
    ["2026-11-23T07:00:00Z", "slot-passed"],
    ["2027-11-23T09:00:00Z", "too-far"],
    ["2026-11-24T09:07:00Z", "slot-closed"],
  ] as const) {
    const refused = await bookMeeting({ linkToken: link.token, input: inputAt(start) }, house);
    expect(!refused.ok && refused.refusal.reason).toBe(reason);
  }
  expect(await house.db.meeting.count({ where: { workspaceId } })).toBe(0);
  expect(await house.db.mailMessage.count()).toBe(before);
});
