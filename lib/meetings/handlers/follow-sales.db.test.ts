import { expect } from "vitest";
import { bookMeeting } from "@/lib/booking/commands/book-meeting";
import { bookingInput } from "@/lib/booking/schema";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { meetingChanged } from "../jobs";
import { followInSales } from "./follow-sales";

async function scene(house: House, given: Parameters<typeof makeLink>[2] = {}) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId, { groups: ["meeting_user", "crm_user"] });
  return { workspaceId, host, link: await makeLink(house.db, [host], given) };
}

const book = (house: House, token: string, start: string, more: Record<string, unknown> = {}) =>
  bookMeeting(
    {
      linkToken: token,
      input: bookingInput.parse({
        start,
        zone: "Asia/Tokyo",
        name: "Mika Tanaka",
        email: "mika@kaminari.example",
        source: {
          utm_medium: "newsletter",
          utm_campaign: "autumn",
          referrer: "https://kaminari.example/",
        },
        ...more,
      }),
    },
    house,
  );

/** Tells sales everything the queue has for this workspace; twice, as a retried job does. */
async function tell(house: House, workspaceId: string) {
  const jobs = await house.queue.findJobs<unknown>(meetingChanged.name);
  const changes = jobs
    .map(({ data }) => meetingChanged.payload.parse(data))
    .filter((change) => change.workspaceId === workspaceId);
  for (const change of [...changes, ...changes]) await followInSales(change, house);
  return changes;
}

const leadsOf = (house: House, workspaceId: string) =>
  house.db.lead.findMany({ where: { workspaceId }, orderBy: { number: "asc" } });

test("a guest who books becomes a contact and a lead with the visit's source, and the meeting stands on it", async ({
  house,
}) => {
  const { workspaceId, host, link } = await scene(house);
  await book(house, link.token, "2026-11-24T10:00:00Z");
  await tell(house, workspaceId);
  await book(house, link.token, "2026-11-24T11:00:00Z", { name: "M. Tanaka" });
  expect(await tell(house, workspaceId)).toHaveLength(2);
  const [lead, ...others] = await leadsOf(house, workspaceId);
  expect(others).toEqual([]);
  expect(lead).toMatchObject({
    kind: "lead",
    status: "open",
    name: "Mika Tanaka",
    email: "mika@kaminari.example",
    ownerId: host.id,
    medium: "newsletter",
    campaign: "autumn",
  });
  expect(lead?.firstTouch).toMatchObject({ utm_campaign: "autumn", link: "Product conversation" });
  const source = await house.db.leadSource.findFirst({ where: { id: lead?.sourceId ?? "" } });
  expect(source?.name).toBe("Booking page");
  expect(await house.db.contact.findMany({ where: { workspaceId } })).toMatchObject([
    { name: "Mika Tanaka" },
  ]);
  const activities = await house.db.activity.findMany({ where: { workspaceId } });
  expect(activities.map(({ kind, leadId }) => [kind, leadId])).toEqual([
    ["meeting", lead?.id],
    ["meeting", lead?.id],
  ]);
  expect(lead?.nextActivityAt?.toISOString()).toBe("2026-11-24T10:00:00.000Z");
});

test("twenty bookings of one guest that are told at once make one lead", async ({ house }) => {
  const { workspaceId, link } = await scene(house);
  for (let hour = 0; hour < 20; hour += 1) {
    await book(house, link.token, `2026-11-25T${String(hour).padStart(2, "0")}:00:00Z`);
  }
  const jobs = await house.queue.findJobs<unknown>(meetingChanged.name);
  const changes = jobs
    .map(({ data }) => meetingChanged.payload.parse(data))
    .filter((change) => change.workspaceId === workspaceId);
  await Promise.all(changes.map((change) => followInSales(change, house)));
  expect(await leadsOf(house, workspaceId)).toHaveLength(1);
  expect(await house.db.leadMeeting.count({ where: { workspaceId } })).toBe(20);
});

test("an open deal of the guest takes the meeting, and nothing on it is overwritten", async ({
  house,
}) => {
  const { workspaceId, link } = await scene(house);
  await book(house, link.token, "2026-11-24T12:00:00Z");
  await tell(house, workspaceId);
  const [lead] = await leadsOf(house, workspaceId);
  await house.db
    .$executeRaw`UPDATE lead SET name = 'Kaminari KK', updated_at = now() WHERE id = ${lead?.id}::uuid`;
  await book(house, link.token, "2026-11-24T13:00:00Z", {
    name: "Somebody else",
    source: { utm_campaign: "winter" },
  });
  await tell(house, workspaceId);
  expect(await leadsOf(house, workspaceId)).toMatchObject([
    { name: "Kaminari KK", campaign: "autumn", contactName: "Mika Tanaka" },
  ]);
});

test("a link that makes no leads makes none, and a meeting of a stranger is nobody's deal", async ({
  house,
}) => {
  const { workspaceId, link } = await scene(house, { makes_leads: false });
  await book(house, link.token, "2026-11-24T14:00:00Z");
  await tell(house, workspaceId);
  expect(await leadsOf(house, workspaceId)).toEqual([]);
  expect(await house.db.contact.count({ where: { workspaceId } })).toBe(0);
});
