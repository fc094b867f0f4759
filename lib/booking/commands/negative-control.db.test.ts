import { expect } from "vitest";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { cloneDatabase } from "@/lib/testing/database";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { bookingInput } from "../schema";
import { bookMeeting } from "./book-meeting";

/** Guests go for overlapping times of one host at once; the answer is how many pairs of claims overlap. */
async function overlapsAfterRace(house: House, guests = 40): Promise<number> {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId);
  const links = [
    await makeLink(house.db, [host], { duration_minutes: 30, interval_minutes: 15 }),
    await makeLink(house.db, [host], { duration_minutes: 60, interval_minutes: 15 }),
  ];
  await Promise.all(
    Array.from({ length: guests }, (_, index) =>
      bookMeeting(
        {
          linkToken: links[index % 2]?.token ?? "",
          input: bookingInput.parse({
            start: `2026-11-24T10:${["00", "15", "30", "45"][index % 4]}:00Z`,
            zone: "UTC",
            name: "Racer",
            email: `racer-${index}@kaminari.example`,
          }),
        },
        house,
      ),
    ),
  );
  const [row] = await house.db.$queryRaw<{ pairs: bigint }[]>`
    SELECT count(*) AS pairs FROM meeting_claim a
    JOIN meeting_claim b ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
    WHERE a.workspace_id = ${workspaceId}::uuid`;
  return Number(row?.pairs ?? -1n);
}

/** The same database client, whose locking statement locks nothing. */
const withoutLock = (db: Database): Database =>
  db.$extends({
    query: {
      $queryRaw: ({ args, query }) =>
        args.sql.includes("FOR NO KEY UPDATE") ? Promise.resolve([]) : query(args),
    },
  }) as unknown as Database;

test("with the lock and the constraint the race leaves no overlap", async ({ house }) => {
  expect(await overlapsAfterRace(house)).toBe(0);
});

test("with the lock taken away the constraint alone still lets no overlap through", async ({
  house,
}) => {
  // Few, because the constraint alone lets writers deadlock, and each deadlock takes the database a second to see.
  expect(await overlapsAfterRace({ ...house, db: withoutLock(house.db) }, 5)).toBe(0);
});

test("with both taken away overlaps appear: the check above can see them", async ({ house }) => {
  const clone = await cloneDatabase();
  const db = openDatabase(clone.url);
  try {
    await db.$executeRaw`ALTER TABLE meeting_claim DROP CONSTRAINT resource_is_claimed_once_at_a_time`;
    let overlaps = 0;
    // A race is a chance: what is to be shown is that one of a few goes wrong.
    for (let race = 0; race < 8 && overlaps === 0; race += 1) {
      overlaps = await overlapsAfterRace({ ...house, db: withoutLock(db) });
    }
    expect(overlaps).toBeGreaterThan(0);
  } finally {
    await db.$disconnect();
    await clone.drop();
  }
});
