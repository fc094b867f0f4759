import { expect } from "vitest";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { countVisit, writeVisits } from "./count-visit";

async function aLink(house: House, zone: string) {
  const workspaceId = await makeWorkspace(house.db, { zone });
  return makeLink(house.db, [await makePerson(house.db, workspaceId)]);
}

const daysOf = (house: House, linkId: string) =>
  house.db.$queryRaw`
    SELECT on_date::text AS day, views, starts FROM booking_link_day
    WHERE link_id = ${linkId}::uuid ORDER BY on_date`;

test("visits are written in one go and add up, each on the day its workspace has", async ({
  house,
}) => {
  const tokyo = await aLink(house, "Asia/Tokyo");
  const kathmandu = await aLink(house, "Asia/Kathmandu");
  const seen = (token: string, kind: "view" | "start", moment: string) =>
    countVisit({ token, kind }, { db: house.db, now: () => at(moment) });

  // 15:00 UTC is midnight in Tokyo, and 18:15 UTC in Kathmandu.
  for (let visit = 0; visit < 3; visit += 1) seen(tokyo.token, "view", "2026-11-23T14:59:59.999Z");
  seen(tokyo.token, "start", "2026-11-23T15:00:00.000Z");
  seen(kathmandu.token, "view", "2026-11-23T18:14:59.000Z");
  seen(kathmandu.token, "view", "2026-11-23T18:15:00.000Z");
  seen("nobodys-link", "view", "2026-11-23T15:00:00.000Z");
  await writeVisits(house.db);
  seen(tokyo.token, "view", "2026-11-23T14:00:00.000Z");
  await writeVisits(house.db);

  expect(await daysOf(house, tokyo.id)).toEqual([
    { day: "2026-11-23", views: 4, starts: 0 },
    { day: "2026-11-24", views: 0, starts: 1 },
  ]);
  expect(await daysOf(house, kathmandu.id)).toEqual([
    { day: "2026-11-23", views: 1, starts: 0 },
    { day: "2026-11-24", views: 1, starts: 0 },
  ]);
});

test("visits are written by themselves within two seconds", async ({ house }) => {
  const link = await aLink(house, "UTC");
  countVisit({ token: link.token, kind: "view" }, house);
  await expect
    .poll(() => daysOf(house, link.id), { timeout: 3_000 })
    .toEqual([{ day: "2026-11-23", views: 1, starts: 0 }]);
});

test("what the database did not take is kept and written later", async ({ house }) => {
  const link = await aLink(house, "UTC");
  const away = { $executeRaw: () => Promise.reject(new Error("away")) } as unknown as House["db"];
  countVisit({ token: link.token, kind: "start" }, house);
  await writeVisits(away);
  expect(await daysOf(house, link.id)).toEqual([]);
  await writeVisits(house.db);
  expect(await daysOf(house, link.id)).toEqual([{ day: "2026-11-23", views: 0, starts: 1 }]);
});
