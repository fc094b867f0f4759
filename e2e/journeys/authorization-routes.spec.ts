import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import type { RunningServer } from "../fixtures/run-server";
import { askRoute, pathFor } from "../matrix/ask";
import { databaseState } from "../matrix/database-state";
import { AUDITED, CHANGE_NOTHING, ROUTES, WITHOUT_CODE } from "../matrix/expected";
import { builtRoutes } from "../matrix/manifests";
import type { Role } from "../matrix/roles";
import { ROLES } from "../matrix/roles";
import type { Booking, World } from "../matrix/world";
import { makeWorld, quietServer } from "../matrix/world";

test.describe.configure({ mode: "default", timeout: 120_000 });

let server: RunningServer;
let world: World;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await quietServer();
  world = await makeWorld(server);
});
test.afterAll(async () => {
  await world?.close();
  await server?.dispose();
});

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const isDenied = (status: number): boolean => status >= 300;

test("every built route is in the table, and every line of the table is built", () => {
  const built = builtRoutes().map(({ path }) => path);
  const listed = Object.keys(ROUTES).map((line) => line.split(" ")[1] ?? "");
  expect(built.filter((path) => !listed.includes(path) && !WITHOUT_CODE.includes(path))).toEqual(
    [],
  );
  expect(listed.filter((path) => !built.includes(path))).toEqual([]);
});

/** A page that streams has said 200 before it knows better; it then leads away, or says that nothing is here. */
function statusSeen(status: number, text: string): number {
  if (status !== 200) return status;
  if (text.includes("__next-page-redirect")) return 307;
  return /NEXT_HTTP_ERROR_FALLBACK;404/.test(text) ? 404 : status;
}

for (const [line, row] of Object.entries(ROUTES)) {
  test(`${line} is for whom the table says, and a denial changes nothing`, async () => {
    const [method = "", pattern = ""] = line.split(" ");
    const shared = await world.book();
    // Only what is agreed has a calendar file.
    if (pattern.includes("calendar-files")) await world.confirm(shared);
    if (pattern === "/api/ready") await world.showWorker();
    const found: Partial<Record<Role, number>> = {};
    for (const role of ROLES) {
      // What is changed is used up, so each role that may change something gets its own.
      const isRead = method === "GET" && !AUDITED.includes(line);
      const mayNot = isRead || isDenied(row[role]);
      const about = mayNot ? shared : await world.book();
      // What the path names is there before anybody asks.
      await pathFor(world, pattern, role, about);
      const before = await databaseState(world.db);
      const answer = await askRoute(world, { method, pattern, role }, about);
      found[role] = statusSeen(answer.status, await answer.text());
      const after = await databaseState(world.db);
      if (mayNot) expect(after, `${role} changed something`).toEqual(before);
      else if (!CHANGE_NOTHING.includes(line))
        expect(after, `${role} changed nothing`).not.toEqual(before);
    }
    expect(found).toEqual(row);
  });
}

test("methods nobody wrote are refused to everybody and change nothing", async () => {
  const about = await world.book();
  for (const { path } of builtRoutes()) await pathFor(world, path, "admin", about);
  const before = await databaseState(world.db);
  for (const { path, isPage } of builtRoutes()) {
    if (WITHOUT_CODE.includes(path)) continue;
    for (const method of METHODS) {
      if (ROUTES[`${method} ${path}`] !== undefined) continue;
      const answer = await askRoute(world, { method, pattern: path, role: "admin" }, about);
      await answer.arrayBuffer();
      if (isPage) expect(answer.status, `${method} ${path}`).toBeLessThan(500);
      else expect(answer.status, `${method} ${path}`).toBe(405);
    }
  }
  expect(await databaseState(world.db)).toEqual(before);
});

test("what is foreign looks exactly like what does not exist", async () => {
  const foreign = await world.book();
  const absent: Booking = { ...foreign, id: randomUUID() };
  const roles: readonly Role[] = ["otherHost", "crmUser", "stranger"];
  for (const line of Object.keys(ROUTES).filter((one) => one.includes("/api/v1/meetings/[id]"))) {
    const [method = "", pattern = ""] = line.split(" ");
    for (const role of roles) {
      const answers = await Promise.all(
        [foreign, absent].map(async (about) => {
          const answer = await askRoute(world, { method, pattern, role }, about);
          return [answer.status, await answer.text()];
        }),
      );
      expect(answers[0], `${line} for ${role}`).toEqual(answers[1]);
    }
  }
});

for (const [page, knowing] of [
  ["/meetings/[id]", ["host", "manager", "admin"]],
  ["/m/[token]", ["guest"]],
] as const) {
  test(`a reader who may not know it learns nothing of the booking from ${page}`, async () => {
    const about = await world.book();
    const { rows } = await world.db.query<{ subject: string }>(
      "SELECT subject FROM meeting WHERE id = $1",
      [about.id],
    );
    const words = rows[0]?.subject ?? "";
    expect(words).toContain("About ");
    const seen: Role[] = [];
    for (const role of ROLES) {
      const path = await pathFor(world, page, role, about);
      const headers = { cookie: world.cookieOf(role, about) };
      const text = await (await fetch(`${world.url}${path}`, { headers })).text();
      if (text.includes(words)) seen.push(role);
    }
    expect(seen).toEqual(knowing);
  });
}

test("a change over the interface from somebody else's page does nothing", async () => {
  const about = await world.book();
  const before = await databaseState(world.db);
  const target = `${world.url}/api/v1/meetings/${about.id}/confirm`;
  const cookie = world.cookieOf("host", about);
  const claims: readonly Record<string, string>[] = [
    { origin: "https://evil.test" },
    { origin: "null" },
    { origin: "https://evil.test", "x-forwarded-host": "evil.test", host: "evil.test" },
    { origin: world.url, "sec-fetch-site": "cross-site" },
    {},
    { origin: world.url, "content-type": "text/plain" },
    { origin: world.url, "content-type": "application/x-www-form-urlencoded" },
  ];
  for (const claim of claims) {
    const headers = { "content-type": "application/json", cookie, ...claim };
    const answer = await fetch(target, { method: "POST", headers, body: "{}" });
    expect([403, 415], JSON.stringify(claim)).toContain(answer.status);
  }
  expect(await databaseState(world.db)).toEqual(before);
});
