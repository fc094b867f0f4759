import { expect, test } from "@playwright/test";
import type { RunningServer } from "../fixtures/run-server";
import { callAction, pathFor } from "../matrix/ask";
import { databaseState } from "../matrix/database-state";
import { ACTIONS } from "../matrix/expected";
import { formFor, prepareFor } from "../matrix/forms";
import { builtActions } from "../matrix/manifests";
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

test("every built action is in the table, and every line of the table is built", () => {
  const actions = builtActions().map(({ name }) => name);
  expect(actions.filter((name) => ACTIONS[name] === undefined)).toEqual([]);
  expect(Object.keys(ACTIONS).filter((name) => !actions.includes(name))).toEqual([]);
});

/** The tables that an action of this role changed. */
async function changedBy(name: string, role: Role, about: Booking): Promise<readonly string[]> {
  const action = builtActions().find((one) => one.name === name);
  if (!action) throw new Error(`${name} is not built`);
  const fields = await formFor(world, name, about);
  // What the path of its page names is there before anybody asks.
  await pathFor(world, action.page, role, about);
  const before = await databaseState(world.db);
  const answer = await callAction(world, { ...action, role, about, fields });
  const text = await answer.text();
  expect(answer.status, `${name} for ${role}: ${text.slice(0, 300)}`).toBeLessThan(500);
  const after = await databaseState(world.db);
  return Object.keys(after).filter((table) => after[table] !== before[table]);
}

for (const [name, allowed] of Object.entries(ACTIONS)) {
  test(`${name} changes something for ${allowed.length} of ${ROLES.length} roles, and nothing for the rest`, async () => {
    const prepared = async () => {
      const about = await world.book();
      await prepareFor(world, name, about);
      return about;
    };
    // Who may not changes nothing, so all of them get the same one.
    const shared = await prepared();
    const changed: Role[] = [];
    const tables: string[] = [];
    for (const role of ROLES) {
      const about = allowed.includes(role) ? await prepared() : shared;
      const touched = await changedBy(name, role, about);
      if (touched.length > 0) changed.push(role);
      tables.push(`${role}: ${touched.join(", ")}`);
      if (/#sign/.test(name)) await world.renewSession(role);
    }
    expect(changed, tables.join("\n")).toEqual(ROLES.filter((role) => allowed.includes(role)));
  });
}

test("an action sent from somebody else's page does nothing, whatever it claims", async () => {
  const about = await world.book();
  const name = "lib/meetings/actions.ts#confirmMeetingAction";
  const action = builtActions().find((one) => one.name === name);
  if (!action) throw new Error("not built");
  const fields = await formFor(world, name, about);
  const before = await databaseState(world.db);
  const claims: readonly Record<string, string>[] = [
    { origin: "https://evil.test" },
    { origin: "null" },
    { origin: "https://evil.test", "x-forwarded-host": "evil.test" },
    { origin: world.url, "sec-fetch-site": "cross-site" },
    { origin: world.url, "sec-fetch-site": "same-site" },
  ];
  for (const headers of claims) {
    const call = { ...action, role: "host" as const, about, fields, headers };
    await (await callAction(world, call)).text();
    expect(await databaseState(world.db), JSON.stringify(headers)).toEqual(before);
  }
});
