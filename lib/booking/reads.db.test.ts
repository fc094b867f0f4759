import { expect } from "vitest";
import { openDatabase } from "@/lib/db/client";
import type { CountingProxy } from "@/lib/testing/counting-proxy";
import { countStatements } from "@/lib/testing/counting-proxy";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test as inHouse, NOW } from "@/lib/testing/house";
import { bookMeeting } from "./commands/book-meeting";
import { loadBookingPage } from "./loaders";
import { bookingInput } from "./schema";

/** The page's own connections go through a proxy that reads what is sent. */
const test = inHouse.extend<"counted", { readonly db: House["db"]; readonly proxy: CountingProxy }>(
  "counted",
  { scope: "file" },
  async ({ house }, { onCleanup }) => {
    const proxy = await countStatements(house.databaseUrl);
    const db = openDatabase(proxy.url, 4);
    onCleanup(async () => {
      await db.$disconnect();
      await proxy.close();
    });
    return { db, proxy };
  },
);

async function makeHosts(house: House, count: number): Promise<readonly [Person, ...Person[]]> {
  const workspaceId = await makeWorkspace(house.db);
  const first = await makePerson(house.db, workspaceId);
  const others = await Promise.all(
    Array.from({ length: count - 1 }, () => makePerson(house.db, workspaceId)),
  );
  return [first, ...others];
}

test("the page of a link is drawn from one statement, whatever the number of hosts, rooms, days, limits and meetings", async ({
  house,
  counted: { db, proxy },
}) => {
  const ten = await makeHosts(house, 10);
  const rooms = await Promise.all([1, 2, 3].map(() => makeRoom(house.db, ten[0].workspaceId)));
  const links = [
    await makeLink(house.db, await makeHosts(house, 1), { horizon: { kind: "days", days: 1 } }),
    await makeLink(house.db, await makeHosts(house, 1), { horizon: { kind: "days", days: 92 } }),
    await makeLink(house.db, ten),
    await makeLink(house.db, ten, { role: "one_of", rooms }),
    await makeLink(house.db, ten, {
      role: "one_of",
      rooms,
      limits: [{ per: "day", count: 40 }],
      horizon: { kind: "days", days: 92 },
    }),
    await makeLink(house.db, ten, {
      role: "one_of",
      other_durations: [15, 60],
      seats: 5,
      places: [{ kind: "virtual" }, { kind: "phone", asks: "phone" }],
      questions: [{ key: "company", kind: "text", label: "Company" }],
    }),
  ];
  for (const { token } of links) {
    for (const day of ["24", "25", "26"]) {
      const input = bookingInput.parse({
        start: `2026-11-${day}T10:00:00Z`,
        zone: "UTC",
        name: "Mika Tanaka",
        email: `mika-${day}@kaminari.example`,
      });
      await bookMeeting({ linkToken: token, input }, house);
    }
  }
  const seen: number[] = [];
  for (const { token } of links) {
    proxy.reset();
    const answer = await loadBookingPage(token, NOW, db);
    if (answer.kind !== "open") throw new Error("the page is closed");
    seen.push(answer.page.starts.length);
    expect(proxy.statements()).toHaveLength(1);
  }
  // Or nothing was drawn: a day has 48 times, three months 92 times as many.
  expect(seen[0]).toBeGreaterThan(40);
  expect(seen[1]).toBeGreaterThan(4_000);
});

test("a closed link costs one statement, an unknown one too, and what is no token at all none", async ({
  house,
  counted: { db, proxy },
}) => {
  const closed = await makeLink(house.db, await makeHosts(house, 1), { active: false });
  const ask = async (token: string) => {
    proxy.reset();
    const { kind } = await loadBookingPage(token, NOW, db);
    return [kind, proxy.statements().length];
  };
  expect(await ask(closed.token)).toEqual(["closed", 1]);
  expect(await ask("there-is-no-such-link")).toEqual(["absent", 1]);
  expect(await ask("no token'; --")).toEqual(["absent", 0]);
});

test("the proxy sees statements that are sent without preparation, and those of a transaction", async ({
  counted: { db, proxy },
}) => {
  await db.$queryRaw`SELECT 1`;
  proxy.reset();
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1`;
    await tx.$queryRaw`SELECT 2`;
  });
  expect(proxy.statements()).toEqual(["BEGIN", "SELECT 1", "SELECT 2", "COMMIT"]);
});
